package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Matrix;

/// Loops over the elements of a small triangle.
public interface TriangularBlocks {
    /// The columns of a block of the inverse are a multiple of this: the most lanes that a vector has.
    int COLUMNS = 16;

    /// Overwrites the lower triangle of A with L, A = L Lᵀ, and the inverse with L⁻¹, zeros above the diagonal.
    ///
    /// @param a order × order
    /// @param inverse order × a multiple of [#COLUMNS] that is not less than order
    /// @return −1, or the index of a pivot that was not positive or not finite; its value is left on the diagonal, and
    ///     the other elements and the inverse are meaningless
    int factor(Matrix a, Matrix inverse);
}
