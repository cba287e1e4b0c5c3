package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Matrix;

/// Rows of a matrix, as loops want them.
///
/// @param array where they stand
/// @param offset index of the first element of the first row
/// @param stride elements between the beginnings of two rows
/// @param count the number of rows
/// @param length elements of a row
public record DoubleRows(/*E*/double[] array, int offset, int stride, int count, int length) {
    public static DoubleRows of(Matrix m) {
        return new DoubleRows(m.doubles(), m.rowOffset(0), m.rowStride(), m.rows(), m.columns());
    }

    /// The part of the stored matrix: for a transpose, with rows and columns swapped.
    public static DoubleRows of(GemmBlock block) {
        Matrix m = block.operand().stored();
        return block.operand().isTransposed()
                ? new DoubleRows(m.doubles(), m.rowOffset(block.column()) + block.row(), m.rowStride(),
                        block.columns(), block.rows())
                : new DoubleRows(m.doubles(), m.rowOffset(block.row()) + block.column(), m.rowStride(),
                        block.rows(), block.columns());
    }

    /// Whether so many elements can be read from the beginnings of the first rows on.
    public boolean canRead(int rows, int elements) {
        return offset + (rows - 1L) * stride + elements <= array.length;
    }
}
