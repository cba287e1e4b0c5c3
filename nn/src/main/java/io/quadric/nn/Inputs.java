package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.nn.layer.Lengths;

/// The inputs of N cases, without targets.
///
/// @param rows one row per case
/// @param lengths how many time steps each case has; what a row holds after them enters nothing
public record Inputs(Matrix rows, Lengths lengths) {
    /// Checks the number of lengths.
    ///
    /// @throws IllegalArgumentException if there is another number of them than of rows
    public Inputs {
        lengths.requireCases(rows.rows());
    }

    /// Cases that are no sequences, or have all time steps.
    ///
    /// @param rows one row per case
    public Inputs(Matrix rows) {
        this(rows, Lengths.FULL);
    }
}
