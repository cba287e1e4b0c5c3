package io.quadric.nn.recurrent;

/// What leaves a recurrent layer.
public enum SequenceOutput {
    /// The hidden state of every time step: a sequence.
    ALL,
    /// The hidden state of the last time step: plain features.
    LAST
}
