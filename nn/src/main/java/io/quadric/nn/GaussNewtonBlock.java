package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;

/// A diagonal block of the Gauss-Newton matrix.
///
/// @param at the linearization
/// @param walk the block and the layers that its products go through
record GaussNewtonBlock(Linearization at, BlockWalk walk) implements SelfAdjointOperator {
    @Override
    public int size() {
        return walk.block().size();
    }

    @Override
    public Precision precision() {
        return at.parameters().values().precision();
    }

    @Override
    public void apply(Vector v, Vector product, Workspace ws) {
        check(v, product);
        at.requireCurrent();
        try (var frame = ws.open()) {
            Vector flat = frame.vector(precision(), at.parameters().values().size());
            Matrix rz = at.outputsLike(frame);
            Matrix hrz = at.outputsLike(frame);
            walk.scatter(v, flat);
            walk.forward(flat, rz, ws);
            at.batchLoss().curvatureProduct(rz, hrz, ws);
            walk.backward(hrz, flat, ws);
            walk.block().gather(flat, product);
        }
        at.addPenalty(v, product);
    }
}
