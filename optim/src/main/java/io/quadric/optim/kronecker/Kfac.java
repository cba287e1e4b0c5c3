package io.quadric.optim.kronecker;

import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.curvature.FactorSource;
import io.quadric.optim.internal.Footprint;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Momentum;
import io.quadric.optim.step.RatioRule;
import java.util.OptionalLong;

/// KFAC with moving averages (Ren 2022, Algorithm 12). Step k = 1, 2, …:
/// - ĝ ← μĝ + g, for the gradient g of the minibatch;
/// - p = (G + (√κ/π) I)⁻¹ ĝ (A + π√κ I)⁻¹ for each weight-and-bias block, with ĝ as an outputs × (inputs + 1) matrix,
///   the current inverses, the shift κ = λ + η and π = √((tr A / dim A) / (tr G / dim G));
/// - if T₁ divides k: A ← βA + (1−β)A of the minibatch, and G likewise, at the parameters before the move;
/// - W ← W − α(p + γW);
/// - if T₂ divides k: the inverses are recomputed.
///
/// Before the first step, A, G and the inverses are computed from the warm-up data. A [FactorSchedule] may change this
/// order. Parameters outside such blocks move along ĝ. [io.quadric.optim.recipe.Optimizers#kfacAveraged()] is the
/// variant of Ren (2022, Algorithm 7).
///
/// @param step α and γ
/// @param source where G comes from
/// @param momentum μ and how it enters
/// @param statistics averages and their periods
/// @param damping λ and how it is split between the factors
public record Kfac(
        DirectStep step,
        @Tunable("where the output factor comes from") FactorSource source,
        Momentum momentum,
        Statistics statistics,
        Damping damping)
        implements Optimizer {
    /// The averages of the factors.
    ///
    /// @param decay β
    /// @param period T₁
    /// @param inversePeriod T₂
    /// @param schedule when factors and inverses are updated
    public record Statistics(
            @Tunable(key = "statisticsDecay", value = "decay β of the factors") double decay,
            @Tunable(key = "statisticsPeriod", value = "steps T₁ between observations of the factors") int period,
            @Tunable("steps T₂ between inversions of the factors") int inversePeriod,
            @Tunable("when factors and inverses are updated") FactorSchedule schedule) {
        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if one is out of range
        public Statistics {
            Require.fraction("statisticsDecay", decay);
            Require.atLeastOne("statisticsPeriod", period);
            Require.atLeastOne("inversePeriod", inversePeriod);
        }
    }

    /// The damping of the Kronecker products.
    ///
    /// @param lambda λ, or λ_LM before the first step
    /// @param balanced whether λ is split by the factors' traces; otherwise π = 1
    /// @param adaptation of λ
    public record Damping(
            @Tunable(key = "damping", value = "damping λ of the block", searchFrom = 0.01, searchTo = 10) double lambda,
            @Tunable(key = "piDamping",
                    value = "whether the damping is split by the factors' traces") boolean balanced,
            Adaptation adaptation) {
        /// A λ that stays.
        ///
        /// @param lambda λ
        /// @param balanced whether λ is split by the factors' traces; otherwise π = 1
        public Damping(double lambda, boolean balanced) {
            this(lambda, balanced, new Adaptation(0, 0.001, 1.01, 0.99, 0.25));
        }

        /// Checks the value.
        ///
        /// @throws IllegalArgumentException if λ is not positive
        public Damping {
            Require.positive("damping", lambda);
        }
    }

    /// The adaptation of λ = λ_LM + τ by a Levenberg–Marquardt rule, as Ren (2022, §5.2.3 and §5.8) compares KFAC with
    /// the SMW methods: with ρ = (f(θ−p) − f(θ)) / (−gᵀp + ½pᵀBp) on the minibatch, B the Gauss-Newton matrix, λ_LM is
    /// multiplied by `boost` if ρ < ε and by `drop` if ρ > 1 − ε. The inverses follow when they are due.
    ///
    /// @param period the steps between adaptations, 0 for a λ that stays
    /// @param tau τ, the part of an adapted λ that stays
    /// @param boost the factor if ρ < ε
    /// @param drop the factor if ρ > 1 − ε
    /// @param epsilon ε, below ½
    public record Adaptation(
            @Tunable(key = "dampingPeriod",
                    value = "steps between adaptations of λ by ρ; 0 for a fixed one") int period,
            @Tunable("fixed part τ of an adapted λ") double tau,
            @Tunable("factor on λ after a bad step") double boost,
            @Tunable("factor on λ after a good step") double drop,
            @Tunable("bound ε: a step is bad if ρ < ε and good if ρ > 1 − ε") double epsilon) {
        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if one is out of range
        public Adaptation {
            Require.notNegative("dampingPeriod", period);
            Require.notNegative("tau", tau);
            Require.positive("boost", boost);
            Require.positive("drop", drop);
            Require.ratioBound("epsilon", epsilon);
        }

        boolean isDue(long step) {
            return period > 0 && step % period == 0;
        }

        double next(double current, double reductionRatio) {
            return current * new RatioRule(epsilon, 1 - epsilon).select(reductionRatio, drop, 1, boost);
        }
    }

    /// The momentum, the factors and their inverses.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        return OptionalLong.of(layout.size() + 2 * Footprint.factors(layout));
    }

    @Override
    public long scratch(Network network, int cases) {
        return Footprint.scratch(network.layout());
    }

    /// Not with KFRA's factors.
    @Override
    public void requireDivisible(Model model) {
        source.divisible();
    }

    @Override
    public Run start(Start start) {
        source.requireFor(start.model());
        return step.run("kfac", start, new KfacDirection(this, start));
    }
}
