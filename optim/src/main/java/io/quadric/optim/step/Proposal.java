package io.quadric.optim.step;

import io.quadric.nn.CaseSet;
import io.quadric.nn.Objective;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import java.util.Map;
import java.util.Optional;

/// What a method contributes to one step of a [JudgedRun]. The methods are called once each, in the order in which they
/// are declared.
public interface Proposal {
    /// {@return what listens to the backward pass of the gradient}
    ///
    /// @param at the model at θ, on the gradient batch
    default Objective.Observer observer(Objective at) {
        return Objective.Observer.NONE;
    }

    /// Sees the model on the gradient batch.
    ///
    /// @param at the model at θ
    default void observe(Objective at) {}

    /// {@return the batch on which the step is solved}; there is no second forward pass if it is the gradient batch.
    ///
    /// @param data the batches
    default CaseSet batch(StepData data) {
        return data.curvature();
    }

    /// Computes [the step δ][TrialStep#delta()].
    ///
    /// @param at the model at θ, on [that batch][#batch]
    /// @return if there is no step, why
    Optional<String> solve(Objective at);

    /// Judges δ, and moves the parameters if it is accepted.
    ///
    /// @return the verdict, which a method of [TrialStep] has returned
    StepOutcome judge();

    /// Adds the figures of the step.
    ///
    /// @param figures by name, added to in a fixed order
    void figures(Map<String, Double> figures);
}
