package io.quadric.optim.hessianfree;

import io.quadric.nn.ParameterLayout;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Footprint;
import io.quadric.optim.internal.Require;
import java.util.Optional;
import java.util.OptionalLong;

/// The preconditioner P of conjugate gradients: a diagonal P = (d + κ)^ξ (Martens & Sutskever 2012, §11.2), where d
/// includes the L2 penalty and the damping, or any other operator.
///
/// @param source what P is made of
/// @param xi ξ
/// @param kappa κ
public record Preconditioner(
        @Tunable(key = "preconditioner", value = "what the preconditioner is made of") Source source,
        @Tunable("exponent ξ of the preconditioner") double xi,
        @Tunable("shift κ of the preconditioner") double kappa) {
    /// What P is made of: nothing, any [CurvatureDiagonal] of the gradient batch, or any [KeptPreconditioner].
    public sealed interface Source permits None, CurvatureDiagonal, Kept {}

    /// No preconditioning.
    public enum None implements Source {
        /// P = I.
        NONE
    }

    /// An operator that is kept up to date from step to step. Implement it for a preconditioner of your own.
    @FunctionalInterface
    public non-sealed interface Kept extends Source {
        /// {@return the preconditioner of a run}
        ///
        /// @param start what the run starts from
        KeptPreconditioner start(Start start);

        /// The built-in ones.
        enum Usual implements Kept {
            /// The damped Kronecker blocks of the Fisher matrix, with factors that are averaged over the steps: κ is
            /// added to λ, D is taken to be I, structural damping is not seen, and ξ is not used. Parameters outside
            /// weight-and-bias blocks are not preconditioned. This goes beyond the papers on Hessian-free optimisation.
            KRONECKER;

            @Override
            public KeptPreconditioner start(Start start) {
                return new KfacPreconditioner(start);
            }
        }
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public Preconditioner {
        Require.unitInterval("xi", xi);
        Require.notNegative("kappa", kappa);
    }

    /// How many numbers a run keeps of P from step to step; empty for preconditioners of one's own.
    OptionalLong memory(ParameterLayout layout) {
        if (source instanceof Kept && source != Kept.Usual.KRONECKER) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(source instanceof Kept ? 2 * Footprint.factors(layout) : 0);
    }

    /// What a run keeps of P from step to step, if anything.
    Optional<KeptPreconditioner> start(Start start) {
        return source instanceof Kept kept ? Optional.of(kept.start(start)) : Optional.empty();
    }
}
