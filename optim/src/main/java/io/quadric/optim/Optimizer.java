package io.quadric.optim;

/// The configuration of a training method: a record of hyper-parameters that owns no numbers. [Optimizers] lists the
/// named ones.
@FunctionalInterface
public interface Optimizer {
    /// {@return a new run, which owns the state}. Methods with a warm start pass over `start.warmUp()` before
    /// their first step, unless they are restored from a state.
    ///
    /// @param start model, parameters, data for a warm start, seed, workspace
    /// @throws IllegalArgumentException if the method cannot train such a model; the message names what it needs
    Run start(Start start);
}
