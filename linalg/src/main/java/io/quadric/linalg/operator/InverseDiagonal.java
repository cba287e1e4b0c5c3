package io.quadric.linalg.operator;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.kernel.Sharing;

/// diag(d)⁻¹, the way in which the preconditioner diag(d) is applied.
///
/// @param diagonal d, with no zero element
public record InverseDiagonal(Vector diagonal) implements SelfAdjointOperator {
    @Override
    public int size() {
        return diagonal.size();
    }

    @Override
    public Precision precision() {
        return diagonal.precision();
    }

    @Override
    public void apply(Vector x, Vector y, Workspace ws) {
        check(x, y);
        Sharing.requireDisjoint("apply", diagonal.asRow(), y.asRow());
        ws.ranges(size(), (range, from, to) -> Elementwise.divide(x.slice(from, to).asRow(),
                diagonal.slice(from, to).asRow(), y.slice(from, to).asRow()));
    }
}
