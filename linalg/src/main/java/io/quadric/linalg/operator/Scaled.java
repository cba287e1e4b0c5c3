package io.quadric.linalg.operator;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// c A
///
/// @param factor c
/// @param operator A
public record Scaled(double factor, SelfAdjointOperator operator) implements SelfAdjointOperator {
    @Override
    public int size() {
        return operator.size();
    }

    @Override
    public Precision precision() {
        return operator.precision();
    }

    @Override
    public void apply(Vector x, Vector y, Workspace ws) {
        operator.apply(x, y, ws);
        y.scale(factor);
    }

    @Override
    public void applyRows(Matrix x, Matrix y, Workspace ws) {
        operator.applyRows(x, y, ws);
        y.scale(factor);
    }
}
