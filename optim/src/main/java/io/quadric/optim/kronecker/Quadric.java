package io.quadric.optim.kronecker;

import io.quadric.nn.Network;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.internal.Footprint;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.JudgedRun;
import java.util.OptionalLong;

/// Kronecker-factored steps that find their own length, momentum and damping: what Martens & Grosse (2015, §6–§7) do
/// with large batches, made to hold under the noise of small ones. Step k = 1, 2, …:
/// - every T₁ steps, and in the first fifty, A ← βₙA + (1−βₙ)A of the minibatch, with βₙ = min(1 − 1/n, β), and G
///   likewise; in batches of n < m cases 1 − β is min(m/n, 5) times as large; parameters outside weight-and-bias blocks
///   have the diagonal of the empirical Fisher matrix, averaged in the same way;
/// - Δ = (G + √λ D_G)⁻¹ g (A + √λ D_A)⁻¹, with D_A made of the diagonal of A, so that λ has no unit; the inverses are
///   computed when they are older than k/20 or T₂ steps, and as soon as λ has moved by a factor 2;
/// - δ = −αΔ + μδ₀ with the previous step δ₀, where α and μ minimise gᵀδ + ½δᵀ(B + λD)δ with the full Gauss-Newton
///   matrix B of the minibatch (their §7), from one R-forward pass for both directions, with |μ| up to a limit;
/// - θ ← θ + sδ, with s = 2s₀ between 1/256 and 1 and s₀ that of the last step, or where f of the minibatch would be
///   higher a quarter of it, and again; if none of C such cuts is enough, the step is undone, δ₀ forgotten and λ
///   multiplied by 4. In batches of n < m cases a cut multiplies λ by 4^(1−n/m): it may say little about other cases;
/// - q = gᵀδ₀ / |gᵀδ of the step before|, both means over some steps: λ ← λ exp(κ clip(q − q*)). Where the mean of
///   ln α is low, ln(τ/α) takes the place of a q − q* below it. Where B has less than a hundredth of the curvature of
///   B + λD along Δ, λ falls by exp(−κ): steps so short leave no slope that could be told from noise.
///
/// **The damping under noise.** The reduction ratio of a minibatch cannot tell whether its step fits the data or the
/// minibatch. The slope gᵀδ₀ at the end of a step can, since g is of cases that δ₀ has not seen: it is negative if the
/// step was too short, and positive if it was too long, for want of accuracy of the model or because of noise. In a
/// direction of curvature h where the gradient is h(e + ν), ν the noise, a step that is the share s = h/(h + λ) of
/// Newton's gives q = s − e²/(e² + ν²): q* = 0 is the best single step, and a larger q* the better run, since noise is
/// averaged over steps while the way is not. With q* = s/2 noise alone holds s where it is, however large it is: in
/// batches of few cases, n < m, λ would fall until the run diverges. There q* is multiplied by n/m, and the first λ by
/// (m/n)², since factors of few cases say little about others.
///
/// **The damping where the factors are wrong.** α is the curvature along Δ that the factors expect, as a share of that
/// of B + λD. A small α means that Δ consists of directions that the factors take for flat and that are not; its steps
/// are short, q is low, and λ would fall and make Δ worse. So λ rises where α is below τ.
///
/// **The length where the model is wrong.** Far from a minimum f can rise where its quadratic model falls by hundreds.
/// A larger λ shortens the step, but makes a direction of it that ignores how parameters belong together; a part of
/// the same step keeps the direction.
///
/// @param factors A, G and their inverses
/// @param damping λ and how it is adapted
/// @param steps α, μ and s
public record Quadric(Factors factors, Damping damping, Steps steps) implements Optimizer {
    /// How long a step is.
    public enum Length {
        /// α = 1, μ = 0.
        WHOLE,
        /// α from the Gauss-Newton matrix, μ = 0.
        EXACT,
        /// α and μ from the Gauss-Newton matrix.
        EXACT_WITH_MOMENTUM
    }

    /// The length of steps.
    ///
    /// @param length α and μ
    /// @param momentumLimit largest |μ|: along a short δ₀, noise can have any length
    /// @param undo whether steps are undone after which f of the minibatch is higher
    /// @param cuts C, how often such a step is cut to a quarter first
    public record Steps(
            @Tunable("what the length of a step is") Length length,
            @Tunable("largest momentum |μ|") double momentumLimit,
            @Tunable("whether steps after which the loss of their batch is higher are undone") boolean undo,
            @Tunable("how often such a step is cut to a quarter before it is undone") int cuts) {
        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if one is out of range
        public Steps {
            Require.notNegative("momentumLimit", momentumLimit);
            Require.from(0, 50, "cuts", cuts);
        }
    }

    /// The averages.
    ///
    /// @param source where G comes from
    /// @param decay β
    /// @param period T₁
    /// @param inversePeriod T₂
    /// @param exponent ξ of the diagonal that the damping is relative to: 0 for its mean, 1 for the diagonal itself
    public record Factors(
            @Tunable("where the output factor comes from") GradientSource source,
            @Tunable(key = "statisticsDecay", value = "decay β of the factors") double decay,
            @Tunable(key = "statisticsPeriod", value = "steps T₁ between observations of the factors") int period,
            @Tunable("steps T₂ between inversions of the factors") int inversePeriod,
            @Tunable(key = "dampingExponent", value = "exponent ξ of the diagonal in the damping") double exponent) {
        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if one is out of range
        public Factors {
            Require.fraction("statisticsDecay", decay);
            Require.atLeastOne("statisticsPeriod", period);
            Require.atLeastOne("inversePeriod", inversePeriod);
            Require.unitInterval("dampingExponent", exponent);
        }
    }

    /// The damping.
    ///
    /// @param lambda λ before the first step, as a share of the diagonal
    /// @param gain κ, 0 for a λ that stays
    /// @param target q*
    /// @param fullBatch m: cases of a batch, a case of weight w counted as w, from which on q* and the first λ are as
    ///     given
    /// @param leastLength τ, 0 to leave α out of account
    public record Damping(
            @Tunable(key = "damping", value = "damping λ as a share of the curvature's diagonal") double lambda,
            @Tunable(key = "dampingGain", value = "largest change κ of log λ in a step; 0 for none") double gain,
            @Tunable(key = "slopeTarget", value = "slope q* at the end of a step, as a share of that at its beginning")
            double target,
            @Tunable("cases m of a batch below which slopeTarget is less and the first damping more") int fullBatch,
            @Tunable("mean length α of the direction below which the damping rises; 0 for none") double leastLength) {
        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if one is out of range
        public Damping {
            Require.positive("damping", lambda);
            Require.unitInterval("dampingGain", gain);
            Require.fraction("slopeTarget", target);
            Require.atLeastOne("fullBatch", fullBatch);
            Require.unitInterval("leastLength", leastLength);
        }
    }

    /// The previous step, the diagonal D, the factors and their inverses.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        long diagonal = layout.directSlices().isEmpty() ? 0 : layout.size();
        return OptionalLong.of(2L * layout.size() + diagonal + 2 * Footprint.factors(layout));
    }

    @Override
    public long scratch(Network network, int cases) {
        return 4L * network.layout().size() + Footprint.scratch(network.layout());
    }

    @Override
    public Run start(Start start) {
        factors.source().requireFor(start.model());
        return new JudgedRun("quadric", start, new QuadricProposer(this, start));
    }
}
