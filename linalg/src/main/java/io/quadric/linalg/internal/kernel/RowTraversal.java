package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Matrix;

/// How a pass goes over operands of one shape: row by row, or as a single long row if none of them has gaps.
///
/// Every traversal is created by the same `new`, never in one of two branches: C2 of JDK 25 merges the allocations of
/// branches, and has been seen to leave null in place of the object (a fault like JDK-8347718).
///
/// @param gapless whether no operand has a gap between rows
/// @param rows rows of the pass
/// @param length elements of a row
public record RowTraversal(boolean gapless, int rows, int length) {
    public static RowTraversal over(Matrix x) {
        return of(x.isContiguous(), x);
    }

    public RowTraversal and(Matrix x) {
        return of(gapless & x.isContiguous(), x);
    }

    private static RowTraversal of(boolean gapless, Matrix x) {
        int rows = gapless ? 1 : x.rows();
        int length = gapless ? x.rows() * x.columns() : x.columns();
        return new RowTraversal(gapless, rows, length);
    }
}
