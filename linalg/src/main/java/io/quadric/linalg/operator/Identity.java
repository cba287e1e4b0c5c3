package io.quadric.linalg.operator;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// I
///
/// @param precision the element type
/// @param size the order
public record Identity(Precision precision, int size) implements SelfAdjointOperator {
    @Override
    public void apply(Vector x, Vector y, Workspace ws) {
        check(x, y);
        y.copyFrom(x);
    }
}
