package io.quadric.engine.prepare;

/// What replaces a missing category.
public sealed interface CategoryFill {
    /// A column of its own, if one was missing in the training data.
    record OwnColumn() implements CategoryFill {}

    /// The most frequent category of the training data.
    record MostFrequent() implements CategoryFill {}

    /// Zeros in all columns.
    record Zeros() implements CategoryFill {}

    /// A category.
    ///
    /// @param category one of the training data
    record Constant(String category) implements CategoryFill {}

    /// Nothing: a missing category is an error.
    record Refused() implements CategoryFill {}
}
