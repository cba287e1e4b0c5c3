package io.quadric.linalg.internal;

import io.quadric.linalg.Matrix;

/// How a pass goes over operands of one shape: row by row, or as a single long row if none of them has gaps.
///
/// @param gapless whether the elements of all operands lie close together
/// @param rows rows of the pass
/// @param length elements of a row
record Sweep(boolean gapless, int rows, int length) {
    static Sweep over(Matrix x) {
        return x.isContiguous() ? new Sweep(true, 1, x.rows() * x.columns()) : new Sweep(false, x.rows(), x.columns());
    }

    Sweep and(Matrix x) {
        return gapless && !x.isContiguous() ? new Sweep(false, x.rows(), x.columns()) : this;
    }
}
