package io.quadric.linalg.operator;

import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.kernel.Sharing;

/// diag(d)
///
/// @param diagonal d
public record Diagonal(Vector diagonal) implements SelfAdjointOperator {
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
        Hadamard.SET.multiply(diagonal.asRow(), x.asRow(), y.asRow(), ws);
    }
}
