package io.quadric.optim.step;

import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// The test of a quadratic model by the reduction ratio ρ, the change of the objective divided by the change that the
/// model predicts: above `upper` the model is good and its damping may fall, below `lower` it is poor and its damping
/// should rise (Martens & Sutskever 2012, §8.5; Botev et al. 2017, C.3.1; Ren 2022, §5.2.3).
///
/// @param lower the ratio below which a step is poor; it is also poor if the ratio is NaN
/// @param upper the ratio above which a step is good
public record RatioRule(
        @Tunable("reduction ratio below which the damping rises") double lower,
        @Tunable("reduction ratio above which the damping falls") double upper) {
    /// ¼ and ¾, as in the three papers.
    public static final RatioRule QUARTERS = new RatioRule(0.25, 0.75);

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if `lower` is negative or above `upper`
    public RatioRule {
        Require.notNegative("lower", lower);
        if (!(upper >= lower)) {
            throw new IllegalArgumentException("upper is " + upper + ", expected at least lower, " + lower);
        }
    }

    /// {@return one of three values, by the ratio}
    ///
    /// @param ratio ρ
    /// @param good the value if ρ > upper
    /// @param fair the value if lower ≤ ρ ≤ upper
    /// @param poor the value if ρ < lower or ρ is NaN
    public double select(double ratio, double good, double fair, double poor) {
        if (ratio > upper) {
            return good;
        }
        return ratio >= lower ? fair : poor;
    }
}
