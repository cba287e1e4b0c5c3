package io.quadric.nn.chunk;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.Objective;

/// A matrix whose products are means over cases.
///
/// @param at the objective
/// @param quantity its product with the argument
/// @param size its order
record MeanOperator(ChunkedObjective at, Objective.Mean quantity, int size) implements SelfAdjointOperator {
    @Override
    public Precision precision() {
        return at.parameters().values().precision();
    }

    @Override
    public void apply(Vector v, Vector product, Workspace ws) {
        check(v, product);
        at.product(quantity, v, product);
    }
}
