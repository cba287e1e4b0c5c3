package io.quadric.nn.layer;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.function.DoubleUnaryOperator;

/// An elementwise function of your own, given with its first two derivatives. It has no parameters, takes every shape,
/// and calls each of the three functions for every element in the forward pass; [Activation] has the common functions
/// as kernels.
///
/// ```java
/// Layer sine = new ElementwiseLayer("sine", Math::sin, Math::cos, x -> -Math.sin(x));
/// LawReport report = Laws.check(Subject.ofLayer(sine, new Shape.Features(4), 1), 1);
/// ```
///
/// Two layers are equal if they have the same function objects, which is seldom true of lambdas.
///
/// @param name for reports
/// @param value φ; called from several threads at once
/// @param first φ'; at a kink the derivative from one side
/// @param second φ''
public record ElementwiseLayer(
        String name, DoubleUnaryOperator value, DoubleUnaryOperator first, DoubleUnaryOperator second)
        implements Layer {
    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public Form form() {
        return Form.ELEMENTWISE;
    }

    @Override
    public LayerPass open(LayerSite site, Matrix x, Matrix y) {
        Matrix slopes = site.memory(site.input().size());
        Matrix bends = site.memory(site.input().size());
        Elementwise.map(value, x, y, site.workspace());
        Elementwise.map(first, x, slopes, site.workspace());
        Elementwise.map(second, x, bends, site.workspace());
        return new Pass(slopes, bends);
    }

    @Override
    public String toString() {
        return "ElementwiseLayer[" + name + "]";
    }

    /// At inputs whose slopes φ' and bends φ'' are known.
    private record Pass(Matrix slopes, Matrix bends) implements LayerPass {
        @Override
        public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
            if (rx.isEmpty()) {
                ry.fill(0);
            } else {
                Hadamard.SET.multiply(slopes, rx, ry, ws);
            }
        }

        @Override
        public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
            if (!dx.isEmpty()) {
                Hadamard.SET.multiply(slopes, dy, dx, ws);
            }
        }

        @Override
        public void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
            if (rx.isEmpty()) {
                ry.fill(0);
            } else {
                multiply(v.rows(), rx, ry, ws);
            }
        }

        @Override
        public void backward(Matrix dy, Matrix dx, StackedGradients gradients, Workspace ws) {
            if (!dx.isEmpty()) {
                multiply(gradients.directions(), dy, dx, ws);
            }
        }

        private void multiply(int k, Matrix from, Matrix to, Workspace ws) {
            for (int d = 0; d < k; d++) {
                Hadamard.SET.multiply(slopes, TangentStacks.of(d, k, from), TangentStacks.of(d, k, to), ws);
            }
        }

        /// With φ'' ∘ dy, which every product needs.
        @Override
        public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
            backward(dy, dx, Sink.NONE, frame.workspace());
            Matrix bent = frame.matrix(dy.precision(), dy.rows(), dy.columns());
            Hadamard.SET.multiply(bends, dy, bent, frame.workspace());
            return (v, rx, ry, scratch) -> {
                jvp(v, rx, ry, scratch.workspace());
                return (rdy, rdx, sink, ws) -> {
                    backward(rdy, rdx, sink, ws);
                    if (!rdx.isEmpty() && !rx.isEmpty()) {
                        Hadamard.ADD.multiply(bent, rx, rdx, ws);
                    }
                };
            };
        }
    }
}
