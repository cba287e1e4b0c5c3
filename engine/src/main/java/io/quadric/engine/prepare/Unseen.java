package io.quadric.engine.prepare;

/// What becomes of a category that the training data did not have.
public enum Unseen {
    /// Zeros in all columns.
    ZEROS,
    /// A column of its own, which rare categories share.
    OWN_COLUMN,
    /// An error.
    REFUSED
}
