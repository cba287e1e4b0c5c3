package io.quadric.linalg.internal;

import io.quadric.linalg.Matrix;

/// Rows of a matrix, as loops want them.
///
/// @param array where they stand
/// @param offset index of the first element of the first row
/// @param stride elements between the beginnings of two rows
/// @param count the number of rows
/// @param length elements of a row
record DoubleRows(/*E*/double[] array, int offset, int stride, int count, int length) {
    static DoubleRows of(Matrix m) {
        return new DoubleRows(m.doubles(), m.rowOffset(0), m.rowStride(), m.rows(), m.columns());
    }

    /// Rows and elements `from` to `to`.
    DoubleRows part(int rowFrom, int rowTo, int from, int to) {
        return new DoubleRows(array, offset + rowFrom * stride + from, stride, rowTo - rowFrom, to - from);
    }

    /// Whether so many elements can be read from the beginnings of the first rows on.
    boolean canRead(int rows, int elements) {
        return offset + (rows - 1L) * stride + elements <= array.length;
    }
}
