package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Matrix;

/// Loops over the elements of a small triangle.
public interface TriangularBlocks {
    /// The number of columns of which a block of the inverse must have a multiple: as many as a vector has lanes.
    int COLUMNS = 16;

    /// Overwrites the lower triangle of A with L, A = L Lᵀ, and the inverse with L⁻¹, zeros above the diagonal.
    ///
    /// @param a order × order
    /// @param inverse order × a multiple of [#COLUMNS] that is not less than order
    /// @return −1, or the pivot that was not positive or not finite; its value is left on the diagonal, and the other
    ///     elements and the inverse are of no use
    int factor(Matrix a, Matrix inverse);
}
