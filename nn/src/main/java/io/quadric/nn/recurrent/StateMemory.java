package io.quadric.nn.recurrent;

/// What a recurrent layer remembers of a forward pass over T time steps. Results are the same to the last bit.
public enum StateMemory {
    /// Everything, for all T time steps.
    ALL_STEPS,
    /// The state before every segment of ⌈√T⌉ time steps; a segment is computed again when it is needed: once for a
    /// gradient, twice for a product with the Gauss-Newton matrix (Martens & Sutskever 2012, §7.1).
    CHECKPOINTS
}
