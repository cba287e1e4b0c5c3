package io.quadric.optim.step;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// The step rule W ← W − αₖ (p + γW) for all parameters, biases included. The direction p is computed from the
/// gradient, which is clipped to a largest norm first.
///
/// The weight decay γ is decoupled from the direction, as in AdamW (Loshchilov & Hutter 2019; their Algorithm 2 has γ
/// without the factor α).
///
/// @param learningRate α
/// @param weightDecay γ
/// @param schedule αₖ / α
/// @param gradientClip c: a gradient with ‖g‖ > c becomes c g / ‖g‖ (Pascanu et al. 2013, Algorithm 1); 0 for none
public record DirectStep(
        @Tunable(value = "learning rate α", searchFrom = 0.01, searchTo = 10) double learningRate,
        @Tunable("decoupled weight decay γ") double weightDecay,
        RateSchedule schedule,
        @Tunable("largest norm of the gradient, to which it is cut; 0 for any") double gradientClip) {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public DirectStep {
        Require.positive("learningRate", learningRate);
        Require.notNegative("weightDecay", weightDecay);
        Require.notNegative("gradientClip", gradientClip);
    }

    /// A constant rate without weight decay.
    ///
    /// @param learningRate α
    public DirectStep(double learningRate) {
        this(learningRate, 0, RateSchedule.CONSTANT, 0);
    }

    /// {@return the same with weight decay}
    ///
    /// @param gamma γ
    public DirectStep withWeightDecay(double gamma) {
        return new DirectStep(learningRate, gamma, schedule, gradientClip);
    }

    /// {@return the same with gradient clipping}
    ///
    /// @param norm c, 0 for none
    public DirectStep withGradientClip(double norm) {
        return new DirectStep(learningRate, weightDecay, schedule, norm);
    }

    /// {@return αₖ}
    ///
    /// @param k the step, 1, 2, …
    public double rate(long k) {
        return learningRate * schedule.at(k);
    }

    /// {@return the run of a method that moves straight along a direction by this rule}
    ///
    /// @param method the name of the method, which the states of the run carry
    /// @param start model, parameters, workspace
    /// @param direction the method
    public Run run(String method, Start start, Direction direction) {
        return new JudgedRun(method, start, new Descent(this, start, direction));
    }

    /// Clips the gradient.
    ///
    /// @param g finite, scaled in place
    /// @return the factor on g, at most 1
    double clip(Vector g) {
        if (gradientClip == 0) {
            return 1;
        }
        double norm = g.norm();
        if (norm <= gradientClip) {
            return 1;
        }
        g.scale(gradientClip / norm);
        return gradientClip / norm;
    }

    /// p ← (1 − αₖγ) θ − αₖ p, the parameters after step k.
    void advance(Vector theta, Vector p, long k, Workspace ws) {
        double rate = rate(k);
        double kept = 1 - rate * weightDecay;
        ws.ranges(p.size(), (range, from, to) -> p.slice(from, to).axpby(kept, theta.slice(from, to), -rate));
    }
}
