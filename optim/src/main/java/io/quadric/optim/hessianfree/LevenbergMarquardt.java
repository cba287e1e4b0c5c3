package io.quadric.optim.hessianfree;

import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.RatioRule;

/// Tikhonov damping λ adapted by the reduction ratio ρ: λ ← drop · λ if ρ > upper, λ ← boost · λ if ρ < lower or ρ is
/// not finite (Martens & Sutskever 2012, §8.5).
///
/// @param lambda λ before the first step
/// @param adapted whether λ is adapted
/// @param drop the factor after a good step, at most 1
/// @param boost the factor after a bad step, at least 1
/// @param rule which steps are good or bad
/// @param ratio the model that the objective is compared with
/// @param signs what the signs of the changes mean
/// @param decay the factor on λ from step to step if it is not adapted, λₖ = λ · decayᵏ⁻¹
public record LevenbergMarquardt(
        @Tunable(value = "initial damping λ", searchFrom = 0.01, searchTo = 10) double lambda,
        @Tunable(key = "adaptLambda", value = "whether λ is adapted by the reduction ratio") boolean adapted,
        @Tunable("factor on λ after a step with reduction ratio above upper") double drop,
        @Tunable("factor on λ after a step with reduction ratio below lower") double boost,
        RatioRule rule,
        @Tunable("whether the reduction ratio counts λ in the model") Ratio ratio,
        @Tunable(key = "ratioSigns", value = "what counts where the model does not fall or the objective rises")
        Signs signs,
        @Tunable(key = "lambdaDecay", value = "factor on λ from step to step if it is not adapted") double decay) {
    /// How λ changes where the signs of Δf = f(θ + δ) − f(θ) and M(δ) leave the meaning of ρ = Δf / M(δ) open.
    public enum Signs {
        /// ρ alone decides, whatever the signs.
        RATIO_ALONE,
        /// If f rises, λ rises, even where M(δ) > 0 makes ρ positive. If f falls although M(δ) ≥ 0, conjugate gradients
        /// ended too early: λ remains. Wherever M(δ) ≥ 0, the next run starts from 0, from where M falls (§8.5).
        MODEL_AND_OBJECTIVE
    }

    /// The model M whose M(δ) is the denominator of ρ.
    public enum Ratio {
        /// ½δᵀBδ + ∇fᵀδ
        UNDAMPED,
        /// ½δᵀ(B + λD)δ + ∇fᵀδ, the model that CG minimises
        DAMPED
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public LevenbergMarquardt {
        Require.notNegative("lambda", lambda);
        Require.unitInterval("drop", drop);
        Require.positive("drop", drop);
        Require.positive("boost", boost);
        Require.positive("lambdaDecay", decay);
        if (adapted && decay != 1) {
            throw new IllegalArgumentException("lambdaDecay is " + decay
                    + " with adaptLambda true, expected adaptLambda false or lambdaDecay 1");
        }
    }

    /// The paper's factors ⅔ and 3/2, its thresholds ¼ and ¾, and its undamped ratio (§8.5).
    ///
    /// @param lambda λ before the first step
    /// @param adapted whether λ is adapted
    public LevenbergMarquardt(double lambda, boolean adapted) {
        this(lambda, adapted, 2.0 / 3, 3.0 / 2, RatioRule.QUARTERS, Ratio.UNDAMPED, Signs.RATIO_ALONE, 1);
    }

    /// λₖ / λ
    double schedule(long k) {
        return Math.pow(decay, k - 1);
    }

    /// The factor on λ after a step.
    ///
    /// @param reductionRatio ρ
    /// @param model M(δ)
    double factor(double reductionRatio, double model) {
        if (signs == Signs.MODEL_AND_OBJECTIVE && !(reductionRatio * model <= 0)) {
            return boost;
        }
        return restarts(model) ? 1 : rule.select(reductionRatio, drop, 1, boost);
    }

    /// Whether CG shall start from 0.
    ///
    /// @param model M(δ)
    boolean restarts(double model) {
        return signs == Signs.MODEL_AND_OBJECTIVE && !(model < 0);
    }
}
