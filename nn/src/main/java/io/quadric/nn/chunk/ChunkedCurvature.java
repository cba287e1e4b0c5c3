package io.quadric.nn.chunk;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.CurvatureOperator;
import io.quadric.nn.ParameterBlock;
import io.quadric.nn.layer.ParameterSlice;

/// A curvature matrix of an objective in chunks.
///
/// @param at the objective
/// @param hessian whether it is the Hessian rather than the Gauss-Newton matrix
record ChunkedCurvature(ChunkedObjective at, boolean hessian) implements CurvatureOperator {
    @Override
    public int size() {
        return at.parameters().values().size();
    }

    @Override
    public Precision precision() {
        return at.parameters().values().precision();
    }

    @Override
    public void apply(Vector v, Vector product, Workspace ws) {
        check(v, product);
        at.product(hessian ? Quantity.HESSIAN_PRODUCT : Quantity.GAUSS_NEWTON_PRODUCT, v, product);
    }

    @Override
    public double quadraticForm(Vector v, Workspace ws) {
        return hessian
                ? CurvatureOperator.super.quadraticForm(v, ws)
                : at.product(Quantity.GAUSS_NEWTON_FORM, v, v.slice(0, 0));
    }

    @Override
    public SelfAdjointOperator restrictedTo(ParameterBlock block) {
        var names = block.slices().stream().map(ParameterSlice::name).toList();
        return new MeanOperator(at, new BlockProduct(hessian, names), block.size());
    }
}
