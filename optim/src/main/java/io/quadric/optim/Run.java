package io.quadric.optim;

/// A training run in progress. It owns the method's state, and moves the parameters it was started with.
public interface Run {
    /// Takes one step. If it fails numerically the parameters stay as they were and the report says why.
    StepReport step(StepData data);

    /// The steps taken so far, failed ones included.
    long steps();

    /// A copy of everything the method remembers between steps, without the parameters.
    State state();

    /// Goes on from a copied state: with the same parameters and batches, bit for bit as the original run would.
    ///
    /// @throws IllegalArgumentException if the state is of another method or another network
    void restore(State state);
}
