package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Matrix;

/// Rows of a matrix in the form that loops need. No record, whose methods would make the jar larger (decision 29).
public final class DoubleRows {
    private final /*E*/double[] array;
    private final int offset;
    private final int stride;
    private final int count;
    private final int length;

    /// Rows at `offset`, `stride` and so on of an array.
    public DoubleRows(/*E*/double[] array, int offset, int stride, int count, int length) {
        this.array = array;
        this.offset = offset;
        this.stride = stride;
        this.count = count;
        this.length = length;
    }

    public static DoubleRows of(Matrix m) {
        return new DoubleRows(m.doubles(), m.rowOffset(0), m.rowStride(), m.rows(), m.columns());
    }

    /// The rows of the stored matrix that a block covers: rows and columns are swapped if the operand is a transpose.
    public static DoubleRows of(GemmBlock block) {
        Matrix m = block.operand.stored();
        return block.operand.isTransposed()
                ? new DoubleRows(m.doubles(), m.rowOffset(block.column) + block.row, m.rowStride(),
                        block.columns, block.rows)
                : new DoubleRows(m.doubles(), m.rowOffset(block.row) + block.column, m.rowStride(),
                        block.rows, block.columns);
    }

    /// Whether `elements` elements can be read from the beginning of each of the first `rows` rows.
    public boolean canRead(int rows, int elements) {
        return offset + (rows - 1L) * stride + elements <= array.length;
    }

    /// The array of the matrix.
    public /*E*/double[] array() {
        return array;
    }

    /// Index of the first element of the first row.
    public int offset() {
        return offset;
    }

    /// Elements between the beginnings of two rows.
    public int stride() {
        return stride;
    }

    /// The number of rows.
    public int count() {
        return count;
    }

    /// Elements of a row.
    public int length() {
        return length;
    }
}
