package io.quadric.engine.train;

/// Why a run ended.
public sealed interface TrainingOutcome {
    /// A limit of the schedule was reached.
    record Completed() implements TrainingOutcome {}

    /// A [Stop] had a reason.
    ///
    /// @param reason why, in a few words
    record Stopped(String reason) implements TrainingOutcome {}

    /// Step after step was rejected, so the parameters no longer moved: usually the precision is exhausted, or the run
    /// began at a minimum.
    ///
    /// @param reason of the last rejection
    record Stalled(String reason) implements TrainingOutcome {}

    /// The loss or its gradient is not finite, or steps were taken and the loss is not lower than at the beginning.
    ///
    /// @param reason what happened, in a sentence
    record Failed(String reason) implements TrainingOutcome {}
}
