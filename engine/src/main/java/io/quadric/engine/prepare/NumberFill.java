package io.quadric.engine.prepare;

/// What replaces a missing number.
public sealed interface NumberFill {
    /// The mean of the training data.
    record Mean() implements NumberFill {}

    /// The median of the training data.
    record Median() implements NumberFill {}

    /// The most frequent number of the training data, the smallest of equally frequent ones.
    record MostFrequent() implements NumberFill {}

    /// A number.
    ///
    /// @param value the number
    record Constant(double value) implements NumberFill {
        /// Checks the number.
        ///
        /// @throws IllegalArgumentException if it is not finite
        public Constant {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("missing numbers are filled with " + value + ", expected a finite "
                        + "number");
            }
        }
    }

    /// Nothing: a missing number is an error.
    record Refused() implements NumberFill {}
}
