package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Matrix;

/// Rows of a matrix in the form that loops need.
///
/// @param array the array of the matrix
/// @param offset index of the first element of the first row
/// @param stride elements between the beginnings of two rows
/// @param count the number of rows
/// @param length elements of a row
public record DoubleRows(/*E*/double[] array, int offset, int stride, int count, int length) {
    public static DoubleRows of(Matrix m) {
        return new DoubleRows(m.doubles(), m.rowOffset(0), m.rowStride(), m.rows(), m.columns());
    }

    /// The rows of the stored matrix that a block covers: rows and columns are swapped if the operand is a transpose.
    public static DoubleRows of(GemmBlock block) {
        Matrix m = block.operand().stored();
        return block.operand().isTransposed()
                ? new DoubleRows(m.doubles(), m.rowOffset(block.column()) + block.row(), m.rowStride(),
                        block.columns(), block.rows())
                : new DoubleRows(m.doubles(), m.rowOffset(block.row()) + block.column(), m.rowStride(),
                        block.rows(), block.columns());
    }

    /// Whether `elements` elements can be read from the beginning of each of the first `rows` rows.
    public boolean canRead(int rows, int elements) {
        return offset + (rows - 1L) * stride + elements <= array.length;
    }
}
