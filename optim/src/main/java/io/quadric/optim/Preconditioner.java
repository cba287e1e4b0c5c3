package io.quadric.optim;

/// The diagonal preconditioner P = (d + κ)^ξ of conjugate gradients (Martens & Sutskever 2012, §11.2), where d contains
/// the L2 penalty and the damping.
///
/// @param preconditioner where d comes from
/// @param xi ξ
/// @param kappa κ
public record Preconditioner(
        @Hyper("where the diagonal of the preconditioner comes from") Source preconditioner,
        @Hyper("exponent ξ of the preconditioner") double xi,
        @Hyper("shift κ of the preconditioner") double kappa) {
    /// Where the diagonal comes from.
    public enum Source {
        /// No preconditioning: P = I.
        NONE,
        /// d = (1/N) Σ (∇Lᵢ)² on the gradient batch + η + λ (Algorithm 6).
        EMPIRICAL_FISHER
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public Preconditioner {
        Ranges.unitInterval("xi", xi);
        Ranges.notNegative("kappa", kappa);
    }
}
