package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.StackedGradients;

/// J and its transpose at a linearization, for k directions at once. Outputs have one row per case, in which the
/// directions stand one after the other.
///
/// @param at the linearization
/// @param k directions
record StackedJacobian(Linearization at, int k) {
    private Network network() {
        return at.model().network();
    }

    private Matrix behind(int layer, Workspace.Frame frame) {
        int columns = k * network().shape(layer + 1).size();
        return frame.matrix(at.outputs().precision(), at.cases(), columns);
    }

    /// Scratch like the outputs.
    Matrix outputs(Workspace.Frame frame) {
        return behind(network().layers().size() - 1, frame);
    }

    /// rz ← J v for every row v.
    void push(Matrix v, Matrix rz, Workspace ws) {
        int last = network().layers().size() - 1;
        try (var frame = ws.open()) {
            Matrix rx = Matrix.empty(rz.precision());
            for (int i = network().firstParametric(); i <= last; i++) {
                Matrix ry = i == last ? rz : behind(i, frame);
                at.pass(i).jvp(v, rx, ry, ws);
                rx = ry;
            }
        }
    }

    /// Adds Jᵀ dz, times the scale, to every one of the gradients.
    void pull(Matrix dz, StackedGradients gradients, Workspace ws) {
        int first = network().firstParametric();
        try (var frame = ws.open()) {
            Matrix dy = dz;
            for (int i = network().layers().size() - 1; i >= first; i--) {
                Matrix dx = i == first ? Matrix.empty(dz.precision()) : behind(i - 1, frame);
                at.pass(i).backward(dy, dx, gradients, ws);
                dy = dx;
            }
        }
    }
}
