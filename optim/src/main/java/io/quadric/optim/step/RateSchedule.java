package io.quadric.optim.step;

import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// The learning rate as a function of the step alone: αₖ / α = w(k) · d(s), with a warm-up w(k) = min(1, k /
/// warmUpSteps) (Goyal et al. 2017, §2.2) and a decay d after s = max(0, k − 1 − warmUpSteps) steps.
///
/// @param shape the form of d
/// @param factor the factor by which the rate falls
/// @param period the steps in which it falls by that factor
/// @param power p of [DecayShape#POWER]
/// @param warmUpSteps the steps in which the rate rises linearly, 0 for none
public record RateSchedule(
        @Tunable(key = "decayShape", value = "form of the decay of the learning rate") DecayShape shape,
        @Tunable(key = "decayFactor", value = "factor by which the learning rate falls in decayPeriod steps")
        double factor,
        @Tunable(key = "decayPeriod", value = "steps in which the learning rate falls by decayFactor") int period,
        @Tunable(key = "decayPower", value = "exponent p of a decay of the shape power") double power,
        @Tunable("first steps in which the learning rate rises linearly; 0 for none") int warmUpSteps) {
    /// A constant rate.
    public static final RateSchedule CONSTANT = new RateSchedule(DecayShape.STEPS, 1, 1, 1, 0);

    /// The forms of a decay.
    public enum DecayShape {
        /// d = factor^⌊s / period⌋
        STEPS,
        /// d = factor^(s / period)
        EXPONENTIAL,
        /// d = factor + (1 − factor) · ½(1 + cos(π min(1, s / period))): down to `factor` and no further (Loshchilov &
        /// Hutter 2017, without restarts)
        COSINE,
        /// d = (1 + s)⁻ᵖ, so that αₖ = α k⁻ᵖ without a warm-up (Ren 2022, Theorems 2, 4 and 5)
        POWER
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public RateSchedule {
        Require.positive("decayFactor", factor);
        Require.atLeastOne("decayPeriod", period);
        Require.notNegative("decayPower", power);
        Require.notNegative("warmUpSteps", warmUpSteps);
    }

    /// A schedule that falls by a factor.
    ///
    /// @param shape the form of d
    /// @param factor the factor by which the rate falls
    /// @param period the steps in which it falls by that factor
    /// @param warmUpSteps the steps in which the rate rises linearly, 0 for none
    public RateSchedule(DecayShape shape, double factor, int period, int warmUpSteps) {
        this(shape, factor, period, 1, warmUpSteps);
    }

    /// {@return αₖ / α}
    ///
    /// @param k the step, 1, 2, …
    public double at(long k) {
        double rise = k >= warmUpSteps ? 1 : (double) k / warmUpSteps;
        long s = Math.max(0, k - 1 - warmUpSteps);
        double part = (double) s / period;
        return rise * switch (shape) {
            case STEPS -> Math.pow(factor, s / period);
            case EXPONENTIAL -> Math.pow(factor, part);
            case COSINE -> factor + (1 - factor) * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, part)));
            case POWER -> Math.pow(1.0 + s, -power);
        };
    }
}
