package io.quadric.optim.step;

import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.nn.layer.Sink;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import java.util.Map;
import java.util.Optional;

/// What a method contributes to one step of a [JudgedRun]. Its verbs are called once each, in the order below; the
/// first trouble ends the step.
public interface Proposal {
    /// {@return what listens to the backward pass of the gradient}
    default Sink observer() {
        return Sink.NONE;
    }

    /// Sees the model on the gradient batch.
    ///
    /// @param at the model at θ
    default void observe(Linearization at) {}

    /// {@return the batch that the step is solved on}: if it is the gradient batch itself, no second forward pass is
    /// made.
    ///
    /// @param data the batches
    default Batch batch(StepData data) {
        return data.curvature();
    }

    /// Computes [the step δ][TrialStep#delta()].
    ///
    /// @param at the model at θ on [that batch][#batch]
    /// @return why there is no step, if there is none
    Optional<String> solve(Linearization at);

    /// Judges δ and moves the parameters if it is accepted.
    ///
    /// @return the verdict, made by a verb of [TrialStep]
    StepOutcome judge();

    /// Adds the figures of the step.
    ///
    /// @param figures by name, added to in a fixed order
    void figures(Map<String, Double> figures);
}
