package io.quadric.engine.train;

/// Is told how a run goes. The time it takes is not counted as training.
public interface TrainingListener {
    /// Before the first step.
    ///
    /// @param at where the run begins; step 0 unless it is resumed
    /// @param evaluation of the parameters it begins with
    default void started(Progress at, Evaluation evaluation) {}

    /// After each step.
    ///
    /// @param event the step
    default void step(StepEvent event) {}

    /// After the last step of each epoch, after [#step].
    ///
    /// @param at how far the run has come
    default void epoch(Progress at) {}

    /// At the end.
    ///
    /// @param result what the run came to
    default void finished(TrainingResult result) {}
}
