package io.quadric.optim.hessianfree;

import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;
import java.util.Optional;

/// The D of the damping λD, which is added to the curvature matrix B (Martens & Sutskever 2012, §8.1 to §8.3).
///
/// @param dampingMatrix what D is
/// @param dampingXi the exponent ξ of a scale-sensitive D = (d + κ)^ξ, 0 to 1: from Tikhonov's to Marquardt's
/// @param dampingKappa its shift κ
public record DampingMatrix(
        @Tunable("matrix D of the damping λD") Kind dampingMatrix,
        @Tunable("exponent ξ of a scale-sensitive D = (d + κ)^ξ") double dampingXi,
        @Tunable("shift κ of a scale-sensitive D = (d + κ)^ξ") double dampingKappa) {
    /// What D is. The diagonals d are those of [Preconditioner.Source], on the gradient batch.
    public enum Kind {
        /// D = I: Tikhonov.
        IDENTITY,
        /// D = (d + κ)^ξ, d the diagonal of the empirical Fisher matrix.
        EMPIRICAL_FISHER,
        /// The same with the Gauss-Newton diagonal estimated by random signs.
        RADEMACHER,
        /// The same with the exact Gauss-Newton diagonal.
        EXACT,
        /// D = B, which shortens the step to δ/(1 + λ) and keeps its direction.
        CURVATURE;

        Optional<CurvatureDiagonal> diagonal() {
            return switch (this) {
                case IDENTITY, CURVATURE -> Optional.empty();
                case EMPIRICAL_FISHER -> Optional.of(CurvatureDiagonal.EMPIRICAL_FISHER);
                case RADEMACHER -> Optional.of(CurvatureDiagonal.RADEMACHER);
                case EXACT -> Optional.of(CurvatureDiagonal.EXACT);
            };
        }
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public DampingMatrix {
        Require.unitInterval("dampingXi", dampingXi);
        Require.notNegative("dampingKappa", dampingKappa);
    }

    /// {@return D = I; ξ = 0.75 and κ = 0, the paper's values for preconditioners, are there for other kinds}
    public static DampingMatrix identity() {
        return new DampingMatrix(Kind.IDENTITY, 0.75, 0);
    }
}
