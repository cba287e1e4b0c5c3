package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// The passes of a layer without parameters that is linear in its inputs, at least near the point: tangents pass
/// through the map, cotangents through its transpose, and no second derivative is left.
///
/// @param map the map
record LinearPass(Linear map) implements LayerPass, SecondOrderPass {
    /// A linear map of the rows of a matrix, and its transpose.
    interface Linear {
        /// y ← A x
        void apply(Matrix x, Matrix y, Workspace ws);

        /// dx ← Aᵀ dy
        void transpose(Matrix dy, Matrix dx, Workspace ws);

        /// Whether A depends on the inputs of the forward pass, so that row i can only pass through it as the row of
        /// case i.
        default boolean dependsOnInputs() {
            return false;
        }
    }

    /// The pass of a map that does not depend on the inputs, after y ← A x.
    static LinearPass at(Linear map, Matrix x, Matrix y, Workspace ws) {
        map.apply(x, y, ws);
        return new LinearPass(map);
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
    public RBackward rForward(Vector v, Matrix rx, Matrix ry, Workspace.Frame frame) {
        jvp(v, rx, ry, frame.workspace());
        return this::backward;
    }
}
