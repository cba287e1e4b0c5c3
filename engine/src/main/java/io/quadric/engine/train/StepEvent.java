package io.quadric.engine.train;

import io.quadric.optim.StepReport;
import java.util.List;
import java.util.Optional;

/// A step that has been taken.
///
/// @param at how far the run has come with it
/// @param report what it did
/// @param evaluation of the parameters after it, if they were evaluated
/// @param gradientNorms of ∇f on the batch of the step, before it, array by array of the layout: if the step was to be
///     evaluated from the beginning, and else empty
public record StepEvent(
        Progress at, StepReport report, Optional<Evaluation> evaluation, List<Double> gradientNorms) {
    /// Copies the list.
    public StepEvent {
        gradientNorms = List.copyOf(gradientNorms);
    }
}
