package io.quadric.nn.layer;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.FunctionPoint;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.Optional;

/// An elementwise function a = φ(h). It has no parameters and takes every shape.
///
/// @param function φ
public record Activation(ElementaryFunction function) implements Layer {
    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public Form form() {
        return Form.ELEMENTWISE;
    }

    @Override
    public boolean hasKinks() {
        return function == ElementaryFunction.RELU || function == ElementaryFunction.LEAKY_RELU;
    }

    @Override
    public HiddenUnits.Kind hidden() {
        return HiddenUnits.Kind.ACTIVATIONS;
    }

    @Override
    public LayerPass open(LayerSite site, Matrix x, Matrix y) {
        Elementwise.apply(function, x, y, site.workspace());
        return new Pass(new FunctionPoint(function, x, y));
    }

    private record Pass(FunctionPoint point) implements LayerPass {
        @Override
        public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
            if (rx.isEmpty()) {
                ry.fill(0);
            } else {
                Elementwise.chain(point, rx, ry, ws);
            }
        }

        @Override
        public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
            if (!dx.isEmpty()) {
                Elementwise.chain(point, dy, dx, ws);
            }
        }

        @Override
        public void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
            if (rx.isEmpty()) {
                ry.fill(0);
            } else {
                chain(v.rows(), rx, ry, ws);
            }
        }

        @Override
        public void backward(Matrix dy, Matrix dx, StackedGradients gradients, Workspace ws) {
            if (!dx.isEmpty()) {
                chain(gradients.directions(), dy, dx, ws);
            }
        }

        private void chain(int k, Matrix from, Matrix to, Workspace ws) {
            for (int d = 0; d < k; d++) {
                Elementwise.chain(point, TangentStacks.of(d, k, from), TangentStacks.of(d, k, to), ws);
            }
        }

        @Override
        public Optional<HiddenUnits> hiddenUnits(StructuralDamping.Distance distance) {
            boolean arguments = distance == StructuralDamping.Distance.CROSS_ENTROPY
                    && point.function() == ElementaryFunction.LOGISTIC;
            return Optional.of(new ActivatedUnits(this, point.y(), arguments));
        }

        @Override
        public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
            backward(dy, dx, Sink.NONE, frame.workspace());
            return (v, rx, ry, scratch) -> {
                jvp(v, rx, ry, scratch.workspace());
                return (rdy, rdx, sink, ws) -> {
                    backward(rdy, rdx, sink, ws);
                    if (!rdx.isEmpty() && !rx.isEmpty()) {
                        Elementwise.addSecond(point, rx, dy, rdx, ws);
                    }
                };
            };
        }
    }
}
