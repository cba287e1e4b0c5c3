package io.quadric.nn;

import io.quadric.linalg.Matrix;

/// N cases with their targets.
///
/// @param inputs one row per case
/// @param targets one row per case
public record Batch(Matrix inputs, Matrix targets) {
    /// Checks the shapes.
    ///
    /// @throws IllegalArgumentException if there is no case, or rows or precisions differ
    public Batch {
        if (inputs.rows() != targets.rows() || inputs.rows() == 0 || inputs.precision() != targets.precision()) {
            throw new IllegalArgumentException("inputs " + inputs + " and targets " + targets
                    + ": as many rows, at least one, of one precision expected");
        }
    }

    /// {@return N, the number of cases}
    public int cases() {
        return inputs.rows();
    }
}
