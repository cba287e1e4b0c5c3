package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.GemmOperand;

/// A block of an operand of a product. No record, whose methods would make the jar larger (decision 29).
public final class GemmBlock {
    /// The whole operand.
    public final GemmOperand operand;

    /// The first row.
    public final int row;

    /// The number of rows.
    public final int rows;

    /// The first column.
    public final int column;

    /// The number of columns.
    public final int columns;

    public GemmBlock(GemmOperand operand, int row, int rows, int column, int columns) {
        this.operand = operand;
        this.row = row;
        this.rows = rows;
        this.column = column;
        this.columns = columns;
    }

    /// Whether the rows of the operand are contiguous in memory, not its columns.
    public boolean rowsAreContiguous() {
        return !operand.isTransposed();
    }
}
