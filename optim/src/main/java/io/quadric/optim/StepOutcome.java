package io.quadric.optim;

/// How a step ended.
public sealed interface StepOutcome {
    /// The parameters were moved.
    record Moved() implements StepOutcome {}

    /// The parameters are as they were before the step.
    ///
    /// @param reason what happened, and where possible what helps, in a sentence
    record Rejected(String reason) implements StepOutcome {}
}
