package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.GemmOperand;

/// A block of an operand of a product.
///
/// @param operand the whole operand
/// @param row the first row
/// @param rows the number of rows
/// @param column the first column
/// @param columns the number of columns
public record GemmBlock(GemmOperand operand, int row, int rows, int column, int columns) {
    /// Whether the rows of the operand are contiguous in memory, not its columns.
    public boolean rowsAreContiguous() {
        return !operand.isTransposed();
    }
}
