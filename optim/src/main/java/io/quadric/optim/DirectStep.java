package io.quadric.optim;

import io.quadric.linalg.Vector;
import io.quadric.nn.Parameters;

/// The step rule W ← W − αₖ (p + γW) on every parameter, biases too, with αₖ = α · factor^⌊(k−1)/period⌋.
///
/// @param learningRate α
/// @param weightDecay γ
/// @param decayFactor the factor by which the rate falls
/// @param decayPeriod the number of steps after which it falls
public record DirectStep(
        @Hyper("learning rate α") double learningRate,
        @Hyper("decoupled weight decay γ") double weightDecay,
        @Hyper("factor on the learning rate after every decayPeriod steps") double decayFactor,
        @Hyper("steps between decays of the learning rate") int decayPeriod) {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public DirectStep {
        Ranges.positive("learningRate", learningRate);
        Ranges.notNegative("weightDecay", weightDecay);
        Ranges.positive("decayFactor", decayFactor);
        Ranges.atLeastOne("decayPeriod", decayPeriod);
    }

    /// A constant rate without weight decay.
    ///
    /// @param learningRate α
    public DirectStep(double learningRate) {
        this(learningRate, 0, 1, 1);
    }

    /// {@return the same with weight decay}
    ///
    /// @param gamma γ
    public DirectStep withWeightDecay(double gamma) {
        return new DirectStep(learningRate, gamma, decayFactor, decayPeriod);
    }

    /// {@return αₖ}
    ///
    /// @param k the step, 1, 2, …
    public double rate(long k) {
        return learningRate * Math.pow(decayFactor, (k - 1) / decayPeriod);
    }

    /// Moves the parameters along −p. Nothing is moved when the result would not be finite.
    ///
    /// @param p is overwritten with the new parameters
    /// @return whether they were moved
    boolean move(Parameters parameters, Vector p, long k) {
        double rate = rate(k);
        p.axpby(1 - rate * weightDecay, parameters.values(), -rate);
        if (!p.isFinite()) {
            return false;
        }
        parameters.update(values -> values.copyFrom(p));
        return true;
    }
}
