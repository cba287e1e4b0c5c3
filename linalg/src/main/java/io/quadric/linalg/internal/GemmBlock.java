package io.quadric.linalg.internal;

import io.quadric.linalg.GemmOperand;
import io.quadric.linalg.Matrix;

/// Rows and columns of an operand of a product.
///
/// @param operand the whole operand
/// @param row the first row
/// @param rows the number of rows
/// @param column the first column
/// @param columns the number of columns
record GemmBlock(GemmOperand operand, int row, int rows, int column, int columns) {
    /// Whether the operand's rows, not its columns, lie along the memory.
    boolean rowsAreContiguous() {
        return !operand.isTransposed();
    }

    /// The part of the stored matrix: for a transpose, with rows and columns swapped.
    Matrix stored() {
        Matrix m = operand.stored();
        return operand.isTransposed()
                ? m.rows(column, column + columns).columns(row, row + rows)
                : m.rows(row, row + rows).columns(column, column + columns);
    }
}
