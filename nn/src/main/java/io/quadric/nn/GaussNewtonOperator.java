package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;

/// G = (1/N) Σ Jᵢᵀ Hᵢ Jᵢ + ηI at a linearization.
///
/// @param at the linearization
record GaussNewtonOperator(Linearization at) implements SelfAdjointOperator {
    @Override
    public int size() {
        return at.parameters().values().size();
    }

    @Override
    public Precision precision() {
        return at.parameters().values().precision();
    }

    @Override
    public void apply(Vector v, Vector gv, Workspace ws) {
        check(v, gv);
        try (var frame = ws.open()) {
            Matrix rz = at.outputsLike(frame);
            Matrix hrz = at.outputsLike(frame);
            at.jvp(v, rz, ws);
            at.lossPoint().curvatureProduct(at.lossRows(rz), at.lossRows(hrz), ws);
            at.pullInto(hrz, 1.0 / at.cases(), gv, ws);
        }
        at.addPenalty(v, gv);
    }
}
