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
public record LevenbergMarquardt(
        @Tunable("initial damping λ") double lambda,
        @Tunable(key = "adaptLambda", value = "whether λ is adapted by the reduction ratio") boolean adapted,
        @Tunable("factor on λ after a step with reduction ratio above upper") double drop,
        @Tunable("factor on λ after a step with reduction ratio below lower") double boost,
        RatioRule rule,
        @Tunable("whether the reduction ratio counts λ in the model") Ratio ratio) {
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
    }

    /// The paper's factors ⅔ and 3/2, its thresholds ¼ and ¾, and its undamped ratio (§8.5).
    ///
    /// @param lambda λ before the first step
    /// @param adapted whether λ is adapted
    public LevenbergMarquardt(double lambda, boolean adapted) {
        this(lambda, adapted, 2.0 / 3, 3.0 / 2, RatioRule.QUARTERS, Ratio.UNDAMPED);
    }

    /// The factor on λ after a step with this ratio.
    double factor(double reductionRatio) {
        return rule.select(reductionRatio, drop, 1, boost);
    }
}
