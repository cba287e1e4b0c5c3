package io.quadric.optim;

/// Tikhonov damping λ adapted by the reduction ratio ρ: λ ← drop · λ if ρ > upper, λ ← boost · λ if ρ < lower or ρ is
/// not finite (Martens & Sutskever 2012, §8.5).
///
/// @param lambda λ before the first step
/// @param adaptLambda whether λ is adapted
/// @param drop the factor after a good step, at most 1
/// @param boost the factor after a bad step, at least 1
public record LevenbergMarquardt(
        @Hyper("initial damping λ") double lambda,
        @Hyper("whether λ is adapted by the reduction ratio") boolean adaptLambda,
        @Hyper("factor on λ after a step with reduction ratio above 3/4") double drop,
        @Hyper("factor on λ after a step with reduction ratio below 1/4") double boost) {
    private static final double LOWER = 0.25;
    private static final double UPPER = 0.75;

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public LevenbergMarquardt {
        Ranges.notNegative("lambda", lambda);
        Ranges.unitInterval("drop", drop);
        Ranges.positive("drop", drop);
        Ranges.positive("boost", boost);
    }

    /// The paper's factors ⅔ and 3/2.
    ///
    /// @param lambda λ before the first step
    /// @param adaptLambda whether λ is adapted
    public LevenbergMarquardt(double lambda, boolean adaptLambda) {
        this(lambda, adaptLambda, 2.0 / 3, 3.0 / 2);
    }

    /// λ for the next step.
    double next(double current, double reductionRatio) {
        return adaptLambda ? current * factor(reductionRatio) : current;
    }

    /// The factor of a step with this ratio.
    double factor(double reductionRatio) {
        if (reductionRatio > UPPER) {
            return drop;
        }
        return reductionRatio >= LOWER ? 1 : boost;
    }

    /// λ after a step that failed: raised even if λ is otherwise fixed, since the same step would fail again.
    double afterFailure(double current) {
        return Math.max(current, Double.MIN_NORMAL) * boost;
    }
}
