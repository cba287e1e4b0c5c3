package io.quadric.engine.model;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Model;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// One row through a network of dense layers, functions and residual blocks. All operands are kept from row to row: for
/// a small network, making views of them again would take longer than the arithmetic.
///
/// W x + b is a product of matrix and vector, which reads W where it lies. It sums in double precision, so that a
/// prediction differs by rounding from that of the same row in a batch.
final class RowPass {
    private final Step[] steps;

    private RowPass(List<Step> steps) {
        this.steps = steps.toArray(Step[]::new);
    }

    /// {@return the pass, if it can be made for the network}
    ///
    /// @param model network and loss
    /// @param parameters θ, which do not change
    /// @param input a row that is read
    /// @param mean a row that is overwritten by the prediction
    static Optional<RowPass> of(Model model, Parameters parameters, Matrix input, Matrix mean) {
        Shape shape = model.network().input();
        if (shape instanceof Shape.Sequence || !isKnown(model.network().layers())) {
            return Optional.empty();
        }
        Maker maker = new Maker(parameters);
        Matrix outputs = maker.append(model.network().layers(), shape, new Row(input)).matrix();
        maker.steps.add(ws -> model.loss().mean(outputs, mean, ws));
        return Optional.of(new RowPass(maker.steps));
    }

    private static boolean isKnown(List<Layer> layers) {
        return layers.stream().allMatch(layer -> switch (layer) {
            case DenseLayer dense -> true;
            case Activation activation -> true;
            case FlattenLayer flatten -> true;
            case ResidualLayer residual -> isKnown(residual.body()) && isKnown(residual.shortcut());
            default -> false;
        });
    }

    void run(Workspace ws) {
        for (Step step : steps) {
            step.take(ws);
        }
    }

    @FunctionalInterface
    private interface Step {
        void take(Workspace ws);
    }

    /// A row in both views.
    private record Row(Matrix matrix, Vector vector) {
        Row(Matrix matrix) {
            this(matrix, matrix.row(0));
        }
    }

    /// Walks over the layers and their parameters, in the order of both.
    private static final class Maker {
        private final List<Step> steps = new ArrayList<>();
        private final Vector theta;
        private final Iterator<ParameterSlice> slices;

        Maker(Parameters parameters) {
            theta = parameters.values();
            slices = parameters.layout().slices().iterator();
        }

        /// Says where the output is.
        Row append(List<Layer> layers, Shape input, Row from) {
            Shape shape = input;
            Row x = from;
            for (Layer layer : layers) {
                x = append(layer, shape, x);
                shape = layer.output(shape);
            }
            return x;
        }

        private Row append(Layer layer, Shape input, Row x) {
            return switch (layer) {
                case FlattenLayer flatten -> x;
                case ResidualLayer residual -> sum(
                        append(residual.body(), input, x), append(residual.shortcut(), input, x));
                case DenseLayer dense -> dense(dense, x);
                case Activation activation -> {
                    Row y = row(x.vector().size());
                    steps.add(ws -> Elementwise.apply(activation.function(), x.matrix(), y.matrix(), ws));
                    yield y;
                }
                default -> throw new IllegalStateException("the layer " + layer);
            };
        }

        private Row row(int columns) {
            return new Row(Matrix.zeros(theta.precision(), 1, columns));
        }

        private Row dense(DenseLayer dense, Row x) {
            Row y = row(dense.units());
            Matrix weight = slices.next().matrixOf(theta);
            if (dense.bias()) {
                Vector bias = slices.next().of(theta);
                steps.add(ws -> Gemm.ADD.multiply(weight, x.vector(), y.vector().copyFrom(bias), ws));
            } else {
                steps.add(ws -> Gemm.SET.multiply(weight, x.vector(), y.vector(), ws));
            }
            return y;
        }

        private Row sum(Row body, Row beside) {
            Row y = row(body.vector().size());
            steps.add(ws -> y.vector().copyFrom(body.vector()).axpy(1, beside.vector()));
            return y;
        }
    }
}
