package io.quadric.optim.kronecker;

import io.quadric.linalg.analysis.FactorNorm;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.curvature.FactorSource;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.internal.Footprint;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.JudgedRun;
import io.quadric.optim.step.RatioRule;
import java.util.OptionalLong;

/// The Kronecker-factored Gauss-Newton steps of Botev et al. (2017, C.1–C.3): a direction from the factors, and the
/// length of the step from the full Gauss-Newton matrix. Step k = 1, 2, …:
/// - A ← rA + (1−r)A of the minibatch, and G likewise; in the first step, or without averages (r = 0), those of the
///   minibatch alone. A comes from the backward pass of the gradient;
/// - δ = (G + (√κ/π) I)⁻¹ g (A + π√κ I)⁻¹ for each block, κ = γ + η;
/// - α = −δᵀg / (δᵀBδ + τ‖δ‖²) for all blocks together, with the full Gauss-Newton matrix B, including its ηI, by one
///   R-forward pass; α is negative;
/// - θ ← θ + αδ;
/// - if γ is adapted and T_γ divides k: δ is computed for ω_γγ, γ and γ/ω_γ, and the γ is kept whose step has the
///   lowest value of the full model (C.3.2, where C̄ is meant);
/// - if τ is adapted and T divides k: ρ = (f(θ + αδ) − f(θ)) / (αδᵀg + ½α²(δᵀBδ + τ‖δ‖²)), τ ← ωτ if ρ > ¾ and τ ←
///   τ/ω if ρ < ¼, for the next step. (C.3.1 prints ¾ for both; this is Martens & Grosse's rule.) In other steps
///   f(θ + αδ) is not computed, unless steps of small ρ are refused.
///
/// @param source where G comes from: exact is KFLR, recursive KFRA, sampled KFAC
/// @param blocks how the blocks are estimated and inverted
/// @param gammaRule γ and its adaptation
/// @param tauRule τ and its adaptation
/// @param smallestRatio the ρ below which a step is not taken, and τ rises at once: 0 to refuse steps after which f is
///     higher; −∞, as published, to take all
public record KroneckerGaussNewton(
        @Tunable("where the output factor comes from") FactorSource source,
        Blocks blocks,
        GammaRule gammaRule,
        TauRule tauRule,
        @Tunable("reduction ratio ρ below which a step is not taken; -Infinity to take all") double smallestRatio)
        implements Optimizer {
    private static final int MOST_SAMPLES = 10_000;

    /// How the sum of a block's Kronecker product and κI is inverted.
    public enum BlockInverse {
        /// κ is split between the factors (36), which are then inverted one by one.
        SPLIT,
        /// Exactly (35), by the eigendecompositions of both factors.
        EXACT
    }

    /// The blocks A ⊗ G + κI.
    ///
    /// @param decay r (Botev et al. 2017, §5, compare 0.9 with none)
    /// @param samples S, the targets drawn for each case where G is sampled (D.4), at most 10,000
    /// @param inverse how they are inverted
    /// @param norm the norm of (38), by which κ is split
    public record Blocks(
            @Tunable(key = "factorDecay", value = "decay of the averaged factors; 0 for those of the minibatch alone")
            double decay,
            @Tunable("targets S drawn for each case, if the source is sampled") int samples,
            @Tunable(key = "blockInverse", value = "how the damped blocks are inverted") BlockInverse inverse,
            @Tunable(key = "factorNorm", value = "norm of the factors by which the damping is split")
            FactorNorm norm) {
        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if one is out of range
        public Blocks {
            Require.fraction("factorDecay", decay);
            Require.from(1, MOST_SAMPLES, "samples", samples);
        }
    }

    /// The damping of the blocks, which makes up for what they leave out of the Gauss-Newton matrix.
    ///
    /// @param initial γ before the first step
    /// @param adapted whether it is adapted
    /// @param period T_γ
    /// @param factor ω_γ
    public record GammaRule(
            @Tunable(key = "gamma", value = "damping γ of the blocks", searchFrom = 0.01, searchTo = 10) double initial,
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
    /// @param thresholds the ρ above which τ falls and below which it rises; both are ¾ in the rule as printed (C.3.1)
    public record TauRule(
            @Tunable(key = "tau",
                    value = "damping τ of the step length", searchFrom = 0.01, searchTo = 10) double initial,
            @Tunable(key = "adaptTau", value = "whether τ is adapted by the reduction ratio") boolean adapted,
            @Tunable(key = "tauPeriod", value = "steps T between adaptations of τ") int period,
            @Tunable(key = "tauFactor", value = "factor ω on τ after a good step") double factor,
            RatioRule thresholds) {
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
            return thresholds.select(reductionRatio, current * factor, current, current / factor);
        }
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if several targets are to be drawn from a source that draws none
    public KroneckerGaussNewton {
        if (blocks.samples() > 1 && source != GradientSource.SAMPLED) {
            throw new IllegalArgumentException(
                    "samples is " + blocks.samples() + ", expected 1 unless the source is sampled");
        }
        if (!(smallestRatio < tauRule.thresholds().upper())) {
            throw new IllegalArgumentException("smallestRatio is " + smallestRatio + ", expected below "
                    + tauRule.thresholds().upper());
        }
    }

    /// Whether ρ is wanted.
    boolean compares(long step) {
        return tauRule.isDue(step) || smallestRatio > Double.NEGATIVE_INFINITY;
    }

    /// The factors and their inverses, or their eigendecompositions with two diagonals.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        long diagonals = blocks.inverse() == BlockInverse.SPLIT
                ? 0
                : Footprint.blocks(layout, block -> 2L * block.outputs() * block.augmentedInputs());
        return OptionalLong.of(2 * Footprint.factors(layout) + diagonals);
    }

    @Override
    public long scratch(Network network, int cases) {
        return Footprint.scratch(network.layout());
    }

    /// Not KFRA.
    @Override
    public void requireDivisible(Model model) {
        source.divisible();
    }

    @Override
    public Run start(Start start) {
        source.requireFor(start.model());
        return new JudgedRun("kronecker-gauss-newton", start, new KroneckerGaussNewtonProposer(this, start));
    }
}
