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
    public boolean hasKinks() {
        return function == ElementaryFunction.RELU || function == ElementaryFunction.LEAKY_RELU;
    }

    @Override
    public HiddenUnits.Kind hidden() {
        return HiddenUnits.Kind.ACTIVATIONS;
    }

    @Override
    public LayerPass open(LayerSite site) {
        return new Pass(function);
    }

    private static final class Pass implements LayerPass {
        private final ElementaryFunction function;
        private FunctionPoint point;

        Pass(ElementaryFunction function) {
            this.function = function;
        }

        @Override
        public void forward(Matrix x, Matrix y, Workspace ws) {
            point = new FunctionPoint(function, x, y);
            Elementwise.apply(function, x, y, ws);
        }

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
                    && function == ElementaryFunction.LOGISTIC;
            return Optional.of(new ActivatedUnits(this, point.y().columns(), arguments));
        }

        @Override
        public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
            backward(dy, dx, Sink.NONE, frame.workspace());
            return new Second(dy);
        }

        private final class Second implements SecondOrderPass {
            private final Matrix cotangents;
            private Matrix tangents;

            Second(Matrix cotangents) {
                this.cotangents = cotangents;
            }

            @Override
            public void rForward(Vector v, Matrix rx, Matrix ry, Workspace ws) {
                tangents = rx;
                jvp(v, rx, ry, ws);
            }

            @Override
            public void rBackward(Matrix rdy, Matrix rdx, Sink sink, Workspace ws) {
                if (rdx.isEmpty()) {
                    return;
                }
                Elementwise.chain(point, rdy, rdx, ws);
                if (!tangents.isEmpty()) {
                    Elementwise.addSecond(point, tangents, cotangents, rdx, ws);
                }
            }
        }
    }
}
