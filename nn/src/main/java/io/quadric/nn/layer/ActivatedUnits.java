package io.quadric.nn.layer;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// The outputs of an elementwise activation as hidden units.
///
/// @param pass the activation
/// @param units h, one row per case
/// @param arguments whether d'' R{h} is the tangent of the argument, as it is for logistic units under cross-entropy,
///     where h' = h (1 − h) and d'' = 1 / (h (1 − h))
record ActivatedUnits(LayerPass pass, Matrix units, boolean arguments) implements HiddenUnits {
    @Override
    public int columns() {
        return units.columns();
    }

    @Override
    public void rootCurvature(Matrix s, Workspace ws) {
        var distance = arguments ? StructuralDamping.Distance.CROSS_ENTROPY : StructuralDamping.Distance.SQUARED_ERROR;
        Elementwise.map(distance::rootCurvature, units, s, ws);
    }

    @Override
    public void jvp(Vector v, Matrix rx, Matrix ry, Matrix curved, Workspace ws) {
        pass.jvp(v, rx, ry, ws);
        if (arguments && !rx.isEmpty()) {
            curved.copyFrom(rx);
        } else {
            curved.copyFrom(ry);
        }
    }

    @Override
    public void backward(Arrival at, Matrix dx, Sink sink, Workspace ws) {
        try (var scratch = ws.open()) {
            Matrix sum = scratch.matrix(at.dy().precision(), at.dy().rows(), at.dy().columns());
            sum.copyFrom(at.dy());
            if (!at.dh().isEmpty()) {
                sum.axpby(1, at.dh(), 1);
            }
            pass.backward(sum, dx, sink, ws);
        }
    }
}
