package io.quadric.linalg.operator;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// A B
///
/// @param outer A, applied last
/// @param inner B, applied first
public record Composed(LinearOperator outer, LinearOperator inner) implements LinearOperator {
    /// Checks that the product exists.
    ///
    /// @throws IllegalArgumentException if the inner sizes or the precisions differ
    public Composed {
        if (outer.columns() != inner.rows() || outer.precision() != inner.precision()) {
            throw new IllegalArgumentException("a product of " + outer.rows() + " × " + outer.columns() + " ("
                    + outer.precision() + ") and " + inner.rows() + " × " + inner.columns() + " (" + inner.precision()
                    + ")");
        }
    }

    @Override
    public int rows() {
        return outer.rows();
    }

    @Override
    public int columns() {
        return inner.columns();
    }

    @Override
    public Precision precision() {
        return outer.precision();
    }

    @Override
    public void apply(Vector x, Vector y, Workspace ws) {
        check(x, y);
        try (var frame = ws.open()) {
            Vector middle = frame.vector(precision(), inner.rows());
            inner.apply(x, middle, ws);
            outer.apply(middle, y, ws);
        }
    }
}
