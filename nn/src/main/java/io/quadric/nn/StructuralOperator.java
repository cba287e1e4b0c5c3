package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.layer.GradientSink;

/// The Gauss-Newton matrix with structural damping: the walk of the one is the walk of the other.
///
/// @param term the damping
record StructuralOperator(StructuralTerm term) implements SelfAdjointOperator {
    @Override
    public int size() {
        return term.size();
    }

    @Override
    public Precision precision() {
        return term.precision();
    }

    @Override
    public void apply(Vector v, Vector gv, Workspace ws) {
        check(v, gv);
        Linearization at = term.at();
        at.requireCurrent();
        gv.fill(0);
        try (var frame = ws.open()) {
            Matrix rz = at.outputsLike(frame);
            Matrix dz = at.outputsLike(frame);
            Matrix[] curved = term.room(frame);
            int all = at.model().network().layers().size();
            term.forward(all, v, rz, curved, ws);
            at.batchLoss().curvatureProduct(rz, dz, ws);
            term.backward(all, dz, curved, new GradientSink(gv, 1.0 / at.cases()), ws);
        }
        at.addPenalty(v, gv);
    }
}
