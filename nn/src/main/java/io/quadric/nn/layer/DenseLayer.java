package io.quadric.nn.layer;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.registry.Argument;
import java.util.List;
import java.util.OptionalInt;

/// h = W a + b on features, or on every time step of a sequence. Parameters: `weight`, units × inputs, and `bias`,
/// units.
///
/// @param units outputs per case or time step
/// @param bias whether there is a b
public record DenseLayer(int units, @Argument(otherwise = "true") boolean bias) implements Layer {
    /// Checks the size.
    ///
    /// @throws IllegalArgumentException if `units` is below 1
    public DenseLayer {
        if (units < 1) {
            throw new IllegalArgumentException("a dense layer needs at least 1 unit, got " + units);
        }
    }

    @Override
    public Shape output(Shape input) {
        return switch (input) {
            case Shape.Features f -> new Shape.Features(units);
            case Shape.Sequence s -> new Shape.Sequence(s.length(), units);
            case Shape.Image i -> throw new IllegalArgumentException(
                    "a dense layer takes features or a sequence, got " + i + "; put a flatten layer before it");
        };
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        ParameterSpec weight = ParameterSpec.weight("weight", units, input.size() / positions(input));
        return bias ? List.of(weight, ParameterSpec.bias("bias", units, weight.fanIn())) : List.of(weight);
    }

    @Override
    public List<BlockSpec> blocks(Shape input) {
        return List.of(new BlockSpec(0, bias ? OptionalInt.of(1) : OptionalInt.empty()));
    }

    @Override
    public Form form() {
        return Form.AFFINE;
    }

    @Override
    public LayerPass open(LayerSite site, Matrix x, Matrix y) {
        return new Pass(site, x, y);
    }

    private static int positions(Shape input) {
        return input instanceof Shape.Sequence s ? s.length() : 1;
    }

    private static final class Pass implements LayerPass {
        private final AffineBlock block;
        private final Matrix weight;
        private final int rows;
        private final int positions;
        private final CaseRows reported;
        private final Matrix inputs;

        Pass(LayerSite site, Matrix x, Matrix y) {
            block = site.blocks().getFirst();
            weight = block.weight().matrixOf(site.parameters());
            positions = positions(site.input());
            rows = site.cases().count() * positions;
            reported = site.cases().rows(positions, site.input());
            inputs = inputRows(x);
            Gemm.SET.multiply(inputs, weight.t(), outputRows(y), site.workspace());
            addBias(site.parameters(), y, site.workspace());
        }

        @Override
        public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
            Gemm.SET.multiply(inputs, block.weight().matrixOf(v).t(), outputRows(ry), ws);
            if (!rx.isEmpty()) {
                Gemm.ADD.multiply(inputRows(rx), weight.t(), outputRows(ry), ws);
            }
            addBias(v, ry, ws);
        }

        @Override
        public void jvpOfInputs(Vector v, Matrix rx, Matrix ry, Workspace ws) {
            Gemm.SET.multiply(inputRows(rx), weight.t(), outputRows(ry), ws);
        }

        @Override
        public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
            reported.report(block, inputs, outputRows(dy), sink, ws);
            backwardInputs(dy, dx, ws);
        }

        private void backwardInputs(Matrix dy, Matrix dx, Workspace ws) {
            if (!dx.isEmpty()) {
                Gemm.SET.multiply(outputRows(dy), weight, inputRows(dx), ws);
            }
        }

        @Override
        public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
            backwardInputs(dy, dx, frame.workspace());
            return (v, rx, ry, scratch) -> {
                jvp(v, rx, ry, scratch.workspace());
                return (rdy, rdx, sink, ws) -> {
                    reported.report(block, inputs, outputRows(rdy), sink, ws);
                    if (!rx.isEmpty()) {
                        reported.report(block.weightOnly(), inputRows(rx), outputRows(dy), sink, ws);
                    }
                    if (!rdx.isEmpty()) {
                        backwardInputs(rdy, rdx, ws);
                        Gemm.ADD.multiply(outputRows(dy), block.weight().matrixOf(v), inputRows(rdx), ws);
                    }
                };
            };
        }

        @Override
        public void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
            int k = v.rows();
            Matrix all = ry.reshape(rows * k, block.outputs());
            try (var frame = ws.open()) {
                Matrix bySteps = positions == 1
                        ? ry
                        : frame.matrix(ry.precision(), rows, k * block.outputs());
                new TangentStacks.Known(inputs, block.weight()).multiply(Gemm.SET, v, bySteps, ws);
                TangentStacks.addBias(block, v, bySteps, ws);
                if (positions > 1) {
                    TangentStacks.toDirections(k, bySteps, TangentStacks.cases(k, ry));
                }
            }
            if (!rx.isEmpty()) {
                Gemm.ADD.multiply(rx.reshape(rows * k, block.inputs()), weight.t(), all, ws);
            }
        }

        @Override
        public void backward(Matrix dy, Matrix dx, StackedGradients gradients, Workspace ws) {
            int k = gradients.directions();
            try (var frame = ws.open()) {
                Matrix bySteps = dy;
                if (positions > 1) {
                    bySteps = frame.matrix(dy.precision(), rows, k * block.outputs());
                    TangentStacks.toSteps(k, TangentStacks.cases(k, dy), bySteps);
                }
                gradients.affine(block, Sink.Rows.of(inputs, bySteps, positions), ws);
            }
            if (!dx.isEmpty()) {
                Matrix all = dx.reshape(rows * k, block.inputs());
                Gemm.SET.multiply(dy.reshape(rows * k, block.outputs()), weight, all, ws);
            }
        }

        private void addBias(Vector flat, Matrix y, Workspace ws) {
            if (block.bias().isPresent()) {
                Elementwise.addRow(block.bias().get().of(flat), outputRows(y), ws);
            }
        }

        private Matrix inputRows(Matrix x) {
            return x.reshape(rows, block.inputs());
        }

        private Matrix outputRows(Matrix y) {
            return y.reshape(rows, block.outputs());
        }
    }
}
