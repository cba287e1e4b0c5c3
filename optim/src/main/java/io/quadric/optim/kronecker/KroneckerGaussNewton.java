package io.quadric.optim.kronecker;

import io.quadric.nn.Network;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.curvature.FactorSource;
import io.quadric.optim.internal.Footprint;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.JudgedRun;
import io.quadric.optim.step.RatioRule;
import java.util.OptionalLong;

/// The Kronecker-factored Gauss-Newton steps of Botev et al. (2017, C.1–C.3), without averages: the factors are
/// computed from the minibatch, the length of the step from the full Gauss-Newton matrix. One step:
/// - δ = (G + (√κ/π) I)⁻¹ g (A + π√κ I)⁻¹ for each block, κ = γ + η;
/// - α = −δᵀg / (δᵀBδ + τ‖δ‖²) for all blocks together, with the full Gauss-Newton matrix B, including its ηI; α is
///   negative;
/// - θ ← θ + αδ;
/// - if γ is adapted and T_γ divides k: δ is computed for ω_γγ, γ and γ/ω_γ, and the γ is kept whose step has the
///   lowest value of the full model (C.3.2, where C̄ is meant);
/// - if τ is adapted and T divides k: ρ = (f(θ + αδ) − f(θ)) / (αδᵀg + ½α²(δᵀBδ + τ‖δ‖²)), τ ← ωτ if ρ > ¾ and τ ←
///   τ/ω if ρ < ¼, for the next step. (C.3.1 prints one threshold for both; this is Martens & Grosse's rule.)
///
/// @param source where G comes from: exact is KFLR, recursive KFRA, sampled KFAC
/// @param gammaRule γ and its adaptation
/// @param tauRule τ and its adaptation
public record KroneckerGaussNewton(
        @Tunable("where the output factor comes from") FactorSource source,
        GammaRule gammaRule,
        TauRule tauRule)
        implements Optimizer {
    /// The damping of the blocks, which makes up for what they leave out of the Gauss-Newton matrix.
    ///
    /// @param initial γ before the first step
    /// @param adapted whether it is adapted
    /// @param period T_γ
    /// @param factor ω_γ
    public record GammaRule(
            @Tunable(key = "gamma", value = "damping γ of the blocks") double initial,
            @Tunable(key = "adaptGamma", value = "whether γ is adapted by comparing steps") boolean adapted,
            @Tunable(key = "gammaPeriod", value = "steps T between adaptations of γ") int period,
            @Tunable(key = "gammaFactor", value = "factor ω between the compared γ") double factor) {
        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if one is out of range
        public GammaRule {
            Require.positive("gamma", initial);
            Require.atLeastOne("gammaPeriod", period);
            Require.positive("gammaFactor", factor);
            Require.unitInterval("gammaFactor", factor);
        }

        boolean isDue(long step) {
            return adapted && step % period == 0;
        }
    }

    /// The damping of the model that sets the length of a step.
    ///
    /// @param initial τ before the first step
    /// @param adapted whether it is adapted
    /// @param period T
    /// @param factor ω
    public record TauRule(
            @Tunable(key = "tau", value = "damping τ of the step length") double initial,
            @Tunable(key = "adaptTau", value = "whether τ is adapted by the reduction ratio") boolean adapted,
            @Tunable(key = "tauPeriod", value = "steps T between adaptations of τ") int period,
            @Tunable(key = "tauFactor", value = "factor ω on τ after a good step") double factor) {
        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if one is out of range
        public TauRule {
            Require.notNegative("tau", initial);
            Require.atLeastOne("tauPeriod", period);
            Require.positive("tauFactor", factor);
            Require.unitInterval("tauFactor", factor);
        }

        boolean isDue(long step) {
            return adapted && step % period == 0;
        }

        double next(double current, double reductionRatio) {
            return RatioRule.QUARTERS.select(reductionRatio, current * factor, current, current / factor);
        }
    }

    /// The factors and their inverses.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        return OptionalLong.of(2 * Footprint.factors(layout));
    }

    @Override
    public long scratch(Network network, int cases) {
        return Footprint.scratch(network.layout());
    }

    @Override
    public Run start(Start start) {
        source.requireFor(start.model());
        return new JudgedRun("kronecker-gauss-newton", start, new KroneckerGaussNewtonProposer(this, start));
    }
}
