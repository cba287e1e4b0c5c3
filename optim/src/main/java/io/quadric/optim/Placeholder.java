package io.quadric.optim;

/// Keeps the package non-empty until its first type is there.
public final class Placeholder {
    private Placeholder() {}
}
