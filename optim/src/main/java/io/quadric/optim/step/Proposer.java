package io.quadric.optim.step;

import io.quadric.linalg.Workspace;
import io.quadric.optim.Archive;

/// A method that proposes steps, with its memory. [JudgedRun] makes a run of it.
public interface Proposer {
    /// Computes what the method wants to know of the warm-up data before the first step, unless it does already. It is
    /// called before every step.
    default void prepare() {}

    /// Begins a step.
    ///
    /// @param trial the step
    /// @param frame the topmost open frame; what is taken from it lasts as long as the step
    /// @return the proposal
    Proposal propose(TrialStep trial, Workspace.Frame frame);

    /// Adapts to a step that was taken, or refused because of ρ.
    ///
    /// @param trial the step
    default void adapt(TrialStep trial) {}

    /// Adapts to a step that failed; the same step would fail again.
    default void failed() {}

    /// Stores the memory, or reads it back.
    ///
    /// @param archive stores or reads what it is given
    /// @throws IllegalArgumentException if the archive has no memory of this method on this network
    void serialize(Archive archive);
}
