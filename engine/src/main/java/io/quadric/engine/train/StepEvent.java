package io.quadric.engine.train;

import io.quadric.optim.StepReport;
import java.util.Optional;

/// A step that has been taken.
///
/// @param at how far the run has come with it
/// @param report what it did
/// @param evaluation of the parameters after it, if they were evaluated
public record StepEvent(Progress at, StepReport report, Optional<Evaluation> evaluation) {}
