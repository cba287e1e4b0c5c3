package io.quadric.engine.prepare;

/// How numbers are brought to a common size: x ↦ (x − shift) · factor. Columns of zeros and ones stay as they are, so
/// that rare ones do not become large.
public enum Scaling {
    /// They stay as they are.
    NONE,
    /// Mean 0 and standard deviation 1 over the training data.
    STANDARDISE,
    /// Smallest 0 and largest 1 over the training data.
    MIN_MAX
}
