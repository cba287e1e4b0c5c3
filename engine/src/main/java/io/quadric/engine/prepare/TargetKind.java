package io.quadric.engine.prepare;

/// What is predicted.
public enum TargetKind {
    /// Classes if the target is a text, or whole numbers of at most 20 kinds each of which occurs twice; else numbers.
    INFERRED,
    /// One of several classes.
    CLASSIFICATION,
    /// One or more numbers.
    REGRESSION
}
