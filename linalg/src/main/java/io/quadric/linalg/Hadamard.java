package io.quadric.linalg;

import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.Kernels;
import io.quadric.linalg.internal.product.RowRanges;

/// The elementwise product Z ← α X ∘ Y + β Z of matrices of equal shape and precision. With β = 0 the old Z is not
/// read, so it may hold anything, NaN included. With another β between −1 and 1, results that are no normal numbers
/// become 0. Z may be X or Y.
///
/// ```java
/// Hadamard.SET.multiply(x, y, z, ws);                // Z = X ∘ Y
/// new Hadamard(-1, 1).multiply(x, x, z, ws);         // Z −= X ∘ X
/// ```
///
/// @param alpha the factor of the product
/// @param beta the factor of the old Z
public record Hadamard(double alpha, double beta) {
    /// Z ← X ∘ Y
    public static final Hadamard SET = new Hadamard(1, 0);

    /// Z ← X ∘ Y + Z
    public static final Hadamard ADD = new Hadamard(1, 1);

    /// Z ← α X ∘ Y + β Z
    ///
    /// @param x the first factor
    /// @param y the second factor
    /// @param z overwritten, of the same shape
    /// @param ws threads
    /// @throws IllegalArgumentException if shapes or precisions disagree, or Z shares elements with X or Y in other
    ///     places
    public void multiply(Matrix x, Matrix y, Matrix z, Workspace ws) {
        Shapes.requireElementwise("multiply", x, z);
        Shapes.requireElementwise("multiply", y, z);
        Kernels k = KernelProvider.kernels(z.precision());
        RowRanges.share(z, ws,
                (from, to) -> k.multiply(alpha, x.rows(from, to), y.rows(from, to), beta, z.rows(from, to)));
    }
}
