package io.quadric.optim.kronecker;

import io.quadric.nn.Network;
import io.quadric.nn.ParameterLayout;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Footprint;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Momentum;
import java.util.OptionalLong;

/// K-BFGS and K-BFGS(L) (Ren 2022, chapters 2 and 3): Kronecker factors whose inverses H_A and H_G are not computed but
/// approximated by quasi-Newton updates. Step k = 1, 2, …:
/// - ĝ from g by the momentum; p = H_G ĝ H_A for each weight-and-bias block;
/// - W ← W − α(p + γW);
/// - if T divides k: H_A is updated by BFGS with s = H_A ā, y = (A + λ_A I) s, where ā is the mean of the inputs in the
///   first pass; a second pass over the same minibatch, at the new parameters, gives s_G ← βs_G + (1−β)(h̄⁺ − h̄), and
///   y_G likewise from the mean per-case gradients; the damped pair (s̃, ỹ) updates H_G.
///
/// Before the first step, A is computed from the warm-up data and H_A = (A + λ_A I)⁻¹. Parameters outside
/// weight-and-bias blocks move along ĝ/λ: with the rate α/λ, which is about that of the others (§3.4.3).
///
/// @param step α and γ
/// @param momentum μ and how it enters
/// @param curvature β, λ, μ₁ and T
/// @param memory p, the number of pairs that represent H_G; 0 if H_G is a full matrix
/// @param variant in what the two published variants differ
/// @param options how pairs are damped and used, where H_A comes from, which cases make up the gradient
public record KBfgs(
        DirectStep step,
        Momentum momentum,
        Curvature curvature,
        @Tunable("pairs p that represent H_G; 0 if it is a full matrix") int memory,
        Variant variant,
        Options options)
        implements Optimizer {
    /// The minibatches whose A is used after the warm start.
    public enum InputFactor {
        /// The step's: "minibatched" Hessian action (§3.3.2).
        MINIBATCH,
        /// All, in a moving average (Algorithm 4).
        AVERAGED
    }

    /// The first H_G, and the initial matrix of its limited memory.
    public enum OutputStart {
        /// λ_G⁻¹I (Algorithm 9).
        INVERSE_DAMPING,
        /// I (Algorithm 4).
        IDENTITY
    }

    /// How λ is split into λ_A λ_G.
    public enum DampingSplit {
        /// λ_A = √(|T|λ), λ_G = √(λ/|T|) with |T| positions per case (Algorithm 9).
        BY_POSITIONS,
        /// λ_A = λ_G = √λ (Algorithm 4), which is the same in dense layers.
        EVEN
    }

    /// In what the published variants differ, beside momentum and damping of pairs.
    ///
    /// @param inputFactor whose A
    /// @param outputStart the first H_G
    /// @param dampingSplit λ_A and λ_G
    public record Variant(
            @Tunable("minibatches whose A is used") InputFactor inputFactor,
            @Tunable("first inverse of the output factor") OutputStart outputStart,
            @Tunable("how λ is split between the factors") DampingSplit dampingSplit) {
        /// Algorithm 9.
        public static final Variant MINIBATCH =
                new Variant(InputFactor.MINIBATCH, OutputStart.INVERSE_DAMPING, DampingSplit.BY_POSITIONS);
        /// Algorithm 4.
        public static final Variant AVERAGED =
                new Variant(InputFactor.AVERAGED, OutputStart.IDENTITY, DampingSplit.EVEN);
    }

    /// Where H_A comes from.
    public enum InputInverse {
        /// BFGS from s = H_A ā, y = (A + λ_A I) s, the "Hessian action" (§2.4, §3.3.2); the minibatch's A is not
        /// formed.
        HESSIAN_ACTION,
        /// (A + λ_A I)⁻¹ itself (Algorithms 5 and 10).
        EXACT
    }

    /// What happens to a damped pair with s̃ᵀỹ < μ₁ỹᵀH_Gỹ.
    public enum WeakPairs {
        /// It is used (Algorithms 4, 9 and 10).
        USED,
        /// It is left out (Algorithm 5).
        SKIPPED
    }

    /// The cases over which the gradient is averaged.
    public enum GradientCases {
        /// The step's minibatch.
        ONE_BATCH,
        /// The previous minibatch as well: the second pass of the previous step has computed its gradient at the
        /// current parameters almost for free (§2.8.3, "double-grad").
        TWO_BATCHES
    }

    /// The choices that the thesis discusses. Its variants with a proof of convergence are Algorithm 5, which is
    /// [Variant#AVERAGED] with pairs skipped and an exact inverse, and Algorithm 10, which is [Variant#MINIBATCH] with
    /// [PairDamping#IDENTITY_LM] and an exact inverse, both with limited memory and without momentum.
    ///
    /// @param pairDamping how the pairs of H_G are damped
    /// @param inputInverse where H_A comes from
    /// @param weakPairs what happens to pairs that are too weak for the bounds of §2.7
    /// @param gradientCases the cases over which the gradient is averaged
    public record Options(
            @Tunable("how the pairs of the output factor are damped") PairDamping pairDamping,
            @Tunable("where the inverse of the input factor comes from") InputInverse inputInverse,
            @Tunable("what happens to damped pairs whose product is too small") WeakPairs weakPairs,
            @Tunable("minibatches over which the gradient is averaged") GradientCases gradientCases) {
        /// The choices of Algorithms 4 and 9, except for the damping of pairs.
        ///
        /// @param pairDamping how the pairs of H_G are damped
        public Options(PairDamping pairDamping) {
            this(pairDamping, InputInverse.HESSIAN_ACTION, WeakPairs.USED, GradientCases.ONE_BATCH);
        }
    }

    /// The quasi-Newton updates.
    ///
    /// @param decay β of s_G, y_G and, where A is averaged, of A
    /// @param damping λ
    /// @param mu1 μ₁
    /// @param period T
    public record Curvature(
            @Tunable("decay β of the averaged pairs") double decay,
            @Tunable(value = "damping λ", searchFrom = 0.01, searchTo = 10) double damping,
            @Tunable("bound μ₁ of Powell's damping") double mu1,
            @Tunable(key = "curvaturePeriod", value = "steps T between updates of the inverses") int period) {
        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if one is out of range
        public Curvature {
            Require.fraction("decay", decay);
            Require.positive("damping", damping);
            Require.fraction("mu1", mu1);
            Require.atLeastOne("curvaturePeriod", period);
        }
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if the memory is negative
    public KBfgs {
        Require.notNegative("memory", memory);
    }

    /// Whether A is needed after H_A has been made of it.
    boolean keepsInputFactor() {
        return variant.inputFactor() == InputFactor.AVERAGED || options.inputInverse() == InputInverse.EXACT;
    }

    /// The momentum, H_A, A where it is read again, and H_G or its pairs with two triangles; the second gradient, if
    /// there is one.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        long gradients = options.gradientCases() == GradientCases.TWO_BATCHES ? 2 : 1;
        return OptionalLong.of(gradients * layout.size() + Footprint.blocks(layout, this::memory));
    }

    private long memory(AffineBlock block) {
        long output = memory == 0
                ? Footprint.square(block.outputs())
                : 2L * memory * block.outputs() + 2 * Footprint.square(memory);
        return (keepsInputFactor() ? 2 : 1) * Footprint.square(block.augmentedInputs()) + output;
    }

    @Override
    public long scratch(Network network, int cases) {
        return Footprint.scratch(network.layout());
    }

    @Override
    public Run start(Start start) {
        return start(start, PairObserver.NONE);
    }

    /// {@return a new run whose pairs are observed}
    ///
    /// @param start model, parameters, data for a warm start, seed, workspace
    /// @param observer sees them, without an effect on the steps
    public Run start(Start start, PairObserver observer) {
        return step.run("k-bfgs", start, new KBfgsDirection(this, start, observer));
    }
}
