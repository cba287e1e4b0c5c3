package io.quadric.engine.data;

/// What a network is to learn from a data set: where its targets come from.
public sealed interface Task {
    /// Each case's class: the target row has a 1 in the column of the label, else 0.
    ///
    /// @param classes labels are 0 … classes − 1
    record Classification(int classes) implements Task {
        /// Checks the number.
        ///
        /// @throws IllegalArgumentException if there is no class
        public Classification {
            if (classes < 1) {
                throw new IllegalArgumentException("classes must be at least 1, got " + classes);
            }
        }
    }

    /// The input itself: targets = inputs.
    record Autoencoding() implements Task {}

    /// Whether the label is odd: one target, 1 or 0.
    record Parity() implements Task {}

    /// Whatever the data set says.
    record Given() implements Task {}
}
