package io.quadric.nn.layer;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// The cases of a batch, apart from their numbers.
///
/// @param count N
/// @param lengths how many time steps each has
/// @param weights how much each counts; all positive
public record Cases(int count, Lengths lengths, Weights weights) {
    /// Equal cases.
    ///
    /// @param count N
    public Cases(int count) {
        this(count, Lengths.FULL, Weights.EQUAL);
    }

    /// rows ← ρᵢᵖ · rows for every case i, ρᵢ its [relative weight][Weights#relative]; nothing for equal weights.
    ///
    /// @param rows a row for every case, or as many for every case; overwritten
    /// @param power p
    /// @param ws threads and scratch
    public void weigh(Matrix rows, double power, Workspace ws) {
        if (weights.areEqual() || rows.isEmpty()) {
            return;
        }
        try (var frame = ws.open()) {
            Vector factors = frame.vector(rows.precision(), rows.rows());
            for (int r = 0; r < rows.rows(); r++) {
                factors.set(r, Math.pow(weights.relative(r / (rows.rows() / count)), power));
            }
            Elementwise.scaleRows(factors, rows, rows, ws);
        }
    }

    /// {@return what [#weigh] makes of a copy of the rows}; the matrix itself for equal weights.
    ///
    /// @param rows a row for every case, or as many for every case
    /// @param power p
    /// @param frame holds the result
    public Matrix weighed(Matrix rows, double power, Workspace.Frame frame) {
        if (weights.areEqual()) {
            return rows;
        }
        Matrix copy = frame.matrix(rows.precision(), rows.rows(), rows.columns()).copyFrom(rows);
        weigh(copy, power, frame.workspace());
        return copy;
    }

    /// {@return the rows of each case in matrices with a row for every position}
    ///
    /// @param positions of every case, the time steps of a sequence or the places of an image
    /// @param shape of a case; the positions after the end of a sequence belong to no case
    public CaseRows rows(int positions, Shape shape) {
        return shape instanceof Shape.Sequence ? steps(0, positions) : CaseRows.even(this, positions);
    }

    /// {@return the rows of each case in matrices with a row for every time step of a part of a sequence}
    ///
    /// @param from the first time step
    /// @param to the time step after the last one
    public CaseRows steps(int from, int to) {
        return lengths.areFull() ? CaseRows.even(this, to - from) : CaseRows.ragged(this, from, to);
    }
}
