package io.quadric.optim;

/// K-BFGS and K-BFGS(L) (Ren 2022, chapters 2 and 3): Kronecker factors of which the inverses H_A and H_G are
/// approximated by quasi-Newton updates instead of being computed. Step k = 1, 2, …:
/// - ĝ from g by the momentum; p = H_G ĝ H_A for each weight-and-bias block;
/// - W ← W − α(p + γW);
/// - if T divides k: H_A by BFGS from s = H_A ā, y = (A + λ_A I) s with the mean ā of the inputs of the first pass;
///   and a second pass over the same minibatch at the new parameters: s_G ← βs_G + (1−β)(h̄⁺ − h̄) and y_G likewise
///   from the mean per-case gradients; the damped pair (s̃, ỹ) updates H_G.
///
/// Before the first step A is that of the warm-up data and H_A = (A + λ_A I)⁻¹. Parameters outside weight-and-bias
/// blocks move along ĝ.
///
/// @param step α and γ
/// @param momentum μ and how it enters
/// @param curvature β, λ, μ₁ and T
/// @param memory p, the pairs of H_G; 0 keeps H_G whole
/// @param chapter which of the two published variants
public record KBfgs(
        DirectStep step,
        Momentum momentum,
        Curvature curvature,
        @Hyper("pairs p that H_G is made of; 0 keeps H_G whole") int memory,
        @Hyper("variant of the thesis") Chapter chapter)
        implements Optimizer {
    /// The two published variants.
    public enum Chapter {
        /// Algorithm 9: λ_A = √(|T|λ), λ_G = √(λ/|T|) with |T| positions per case; A of the minibatch, never formed;
        /// D_P D_LM; H_G starts as λ_G⁻¹I.
        THREE,
        /// Algorithm 4: λ_A = λ_G = √λ; A a moving average; DD; H_G starts as I.
        TWO
    }

    /// The quasi-Newton updates.
    ///
    /// @param decay β of s_G, y_G and, in chapter 2, of A
    /// @param damping λ
    /// @param mu1 μ₁
    /// @param curvaturePeriod T
    public record Curvature(
            @Hyper("decay β of the averaged pairs") double decay,
            @Hyper("damping λ") double damping,
            @Hyper("bound μ₁ of Powell's damping") double mu1,
            @Hyper("steps T between updates of the inverses") int curvaturePeriod) {
        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if one is out of range
        public Curvature {
            Ranges.fraction("decay", decay);
            Ranges.positive("damping", damping);
            Ranges.fraction("mu1", mu1);
            Ranges.atLeastOne("curvaturePeriod", curvaturePeriod);
        }
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if the memory is negative, or chapter 2's √λ, its μ₂, exceeds 1
    public KBfgs {
        Ranges.notNegative("memory", memory);
        if (chapter == Chapter.TWO && curvature.damping() > 1) {
            throw new IllegalArgumentException(
                    "damping is " + curvature.damping() + ", expected at most 1 for the variant of chapter 2");
        }
    }

    @Override
    public Run start(Start start) {
        return new DescentRun("k-bfgs", start, step, new KBfgsDirection(this, start));
    }
}
