package io.quadric.linalg.internal;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;

/// Loops over the elements of a small triangle, for one precision. Too short for vectors of columns to pay.
interface TriangularBlocks {
    static TriangularBlocks of(Precision precision) {
        return precision == Precision.FLOAT64 ? new DoubleTriangularBlocks() : new FloatTriangularBlocks();
    }

    /// Overwrites the lower triangle of A with L, A = L Lᵀ. Returns −1, or the pivot that was not positive or not
    /// finite; its value is left on the diagonal.
    int factor(Matrix a);

    /// inverse ← L⁻¹, zeros above the diagonal.
    void invert(Matrix lower, Matrix inverse);
}
