package io.quadric.optim.hessianfree;

import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;
import java.util.Optional;

/// The preconditioner P of conjugate gradients: diagonal, P = (d + κ)^ξ (Martens & Sutskever 2012, §11.2), where d
/// contains the L2 penalty and the damping, or made of KFAC's Kronecker factors.
///
/// @param preconditioner where d comes from
/// @param xi ξ
/// @param kappa κ
public record Preconditioner(
        @Tunable("where the diagonal of the preconditioner comes from") Source preconditioner,
        @Tunable("exponent ξ of the preconditioner") double xi,
        @Tunable("shift κ of the preconditioner") double kappa) {
    /// Where the diagonal comes from.
    public enum Source {
        /// No preconditioning: P = I.
        NONE,
        /// d = (1/N) Σ (∇Lᵢ)² on the gradient batch + η + λ (Algorithm 6).
        EMPIRICAL_FISHER,
        /// d = an unbiased estimate of the Gauss-Newton diagonal by random signs, for one backward pass (Algorithm 7).
        RADEMACHER,
        /// d = the exact Gauss-Newton diagonal, for one backward pass for each output.
        EXACT,
        /// P = the damped Kronecker blocks of the Fisher matrix, with factors that are averaged over the steps; ξ is
        /// not used, κ adds to λ, and D is taken to be I. Beyond the papers on Hessian-free optimisation. Parameters
        /// outside weight-and-bias blocks are not preconditioned.
        KRONECKER;

        Optional<CurvatureDiagonal> diagonal() {
            return switch (this) {
                case NONE, KRONECKER -> Optional.empty();
                case EMPIRICAL_FISHER -> Optional.of(CurvatureDiagonal.EMPIRICAL_FISHER);
                case RADEMACHER -> Optional.of(CurvatureDiagonal.RADEMACHER);
                case EXACT -> Optional.of(CurvatureDiagonal.EXACT);
            };
        }
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public Preconditioner {
        Require.unitInterval("xi", xi);
        Require.notNegative("kappa", kappa);
    }
}
