package io.quadric.optim.hessianfree;

import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// The D of the damping λD, which is added to the curvature matrix B (Martens & Sutskever 2012, §8.1 to §8.3).
///
/// @param kind what D is
/// @param xi the exponent ξ of a scale-sensitive D = (d + κ)^ξ, 0 to 1: from Tikhonov's to Marquardt's
/// @param kappa its shift κ
public record DampingMatrix(
        @Tunable(key = "dampingMatrix", value = "matrix D of the damping λD") Kind kind,
        @Tunable(key = "dampingXi", value = "exponent ξ of a scale-sensitive D = (d + κ)^ξ") double xi,
        @Tunable(key = "dampingKappa", value = "shift κ of a scale-sensitive D = (d + κ)^ξ") double kappa) {
    /// What D is: I, B, or D = (d + κ)^ξ with any [CurvatureDiagonal] d of the gradient batch.
    public sealed interface Kind permits Fixed, CurvatureDiagonal {}

    /// The kinds without a diagonal.
    public enum Fixed implements Kind {
        /// D = I: Tikhonov.
        IDENTITY,
        /// D = B, which shortens the step to δ/(1 + λ) and keeps its direction.
        CURVATURE
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public DampingMatrix {
        Require.unitInterval("dampingXi", xi);
        Require.notNegative("dampingKappa", kappa);
    }

    /// {@return D = I}; ξ = 0.75 and κ = 0, the paper's values for preconditioners, apply if the kind is replaced.
    public static DampingMatrix identity() {
        return new DampingMatrix(Fixed.IDENTITY, 0.75, 0);
    }
}
