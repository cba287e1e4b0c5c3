package io.quadric.engine.train;

/// What a run came to.
///
/// @param outcome why it ended
/// @param at where it ended
/// @param initial the evaluation of the first parameters
/// @param last the evaluation of the last parameters
public record TrainingResult(TrainingOutcome outcome, Progress at, Evaluation initial, Evaluation last) {}
