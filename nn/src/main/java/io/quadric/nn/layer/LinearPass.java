package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// The four passes of a layer without parameters that is linear in its inputs, at least near the point: the tangent
/// goes through the same map as the inputs, the cotangent through its transpose, and no second derivative is left.
///
/// @param map the map
record LinearPass(Linear map) implements LayerPass, SecondOrderPass {
    /// A linear map of the rows of a matrix, and its transpose.
    interface Linear {
        /// y ← A x
        void apply(Matrix x, Matrix y, Workspace ws);

        /// dx ← Aᵀ dy
        void transpose(Matrix dy, Matrix dx, Workspace ws);

        /// y ← f(x), where A = ∂f/∂x is fixed at x.
        default void forward(Matrix x, Matrix y, Workspace ws) {
            apply(x, y, ws);
        }

        /// Whether A depends on x, so that row i can only go through it as the row of case i.
        default boolean dependsOnInputs() {
            return false;
        }
    }

    @Override
    public void forward(Matrix x, Matrix y, Workspace ws) {
        map.forward(x, y, ws);
    }

    @Override
    public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
        if (rx.isEmpty()) {
            ry.fill(0);
        } else {
            map.apply(rx, ry, ws);
        }
    }

    @Override
    public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
        if (!dx.isEmpty()) {
            map.transpose(dy, dx, ws);
        }
    }

    @Override
    public void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
        int k = v.rows();
        if (map.dependsOnInputs()) {
            LayerPass.super.jvp(v, rx, ry, ws);
        } else {
            jvp(v.row(0), TangentStacks.cases(k, rx), TangentStacks.cases(k, ry), ws);
        }
    }

    @Override
    public void backward(Matrix dy, Matrix dx, StackedGradients gradients, Workspace ws) {
        int k = gradients.directions();
        if (map.dependsOnInputs()) {
            LayerPass.super.backward(dy, dx, gradients, ws);
        } else {
            backward(TangentStacks.cases(k, dy), TangentStacks.cases(k, dx), Sink.NONE, ws);
        }
    }

    @Override
    public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
        backward(dy, dx, Sink.NONE, frame.workspace());
        return this;
    }

    @Override
    public void rForward(Vector v, Matrix rx, Matrix ry, Workspace ws) {
        jvp(v, rx, ry, ws);
    }

    @Override
    public void rBackward(Matrix rdy, Matrix rdx, Sink sink, Workspace ws) {
        backward(rdy, rdx, sink, ws);
    }
}
