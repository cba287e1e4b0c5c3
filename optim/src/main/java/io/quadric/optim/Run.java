package io.quadric.optim;

import io.quadric.linalg.Vector;
import java.util.Optional;

/// A training run in progress. It owns the method's state, and moves the parameters it was started with.
public interface Run {
    /// Goes through the warm-up data, if the method wants to and has not done so. The first step does it otherwise; a
    /// caller who measures times may want to keep it apart.
    default void prepare() {}

    /// Takes one step. If it fails numerically the parameters stay as they were and the report says why.
    ///
    /// @param data the batches
    /// @return what the step did
    StepReport step(StepData data);

    /// {@return the steps taken so far, failed ones included}
    long steps();

    /// {@return the parameters to be evaluated in place of θ, to be read only, if the run averages them}
    default Optional<Vector> average() {
        return Optional.empty();
    }

    /// {@return a copy of everything the method remembers between steps, without the parameters}
    State state();

    /// Goes on from a copied state: with the same parameters and batches, bit for bit as the original run would.
    ///
    /// @param state made by a run of the same method on the same network
    /// @throws IllegalArgumentException if the state is of another method or another network
    void restore(State state);
}
