package io.quadric.linalg.operator;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// A + B
///
/// @param first A
/// @param second B
public record Sum(SelfAdjointOperator first, SelfAdjointOperator second) implements SelfAdjointOperator {
    /// Checks that the sum exists.
    ///
    /// @throws IllegalArgumentException if orders or precisions differ
    public Sum {
        if (first.size() != second.size() || first.precision() != second.precision()) {
            throw new IllegalArgumentException("a sum of operators of order " + first.size() + " (" + first.precision()
                    + ") and " + second.size() + " (" + second.precision() + ")");
        }
    }

    @Override
    public int size() {
        return first.size();
    }

    @Override
    public Precision precision() {
        return first.precision();
    }

    @Override
    public void apply(Vector x, Vector y, Workspace ws) {
        first.apply(x, y, ws);
        if (second instanceof Scaled(double factor, Identity i)) {
            add(factor, x, y, ws);
            return;
        }
        try (var frame = ws.open()) {
            Vector other = frame.vector(precision(), size());
            second.apply(x, other, ws);
            add(1, other, y, ws);
        }
    }

    private static void add(double factor, Vector x, Vector y, Workspace ws) {
        ws.ranges(y.size(), (range, from, to) -> y.slice(from, to).axpy(factor, x.slice(from, to)));
    }

    @Override
    public void applyRows(Matrix x, Matrix y, Workspace ws) {
        first.applyRows(x, y, ws);
        try (var frame = ws.open()) {
            Matrix other = frame.matrix(precision(), x.rows(), size());
            second.applyRows(x, other, ws);
            y.axpby(1, other, 1);
        }
    }
}
