package io.quadric.linalg;

import java.util.Objects;

/// Matrices of one shape, stored one below the other, as an operand of [Gemm#multiply(MatrixBatch, MatrixBatch,
/// MatrixBatch, Workspace)].
///
/// @param stacked count · rows × columns
/// @param count how many there are
/// @param isTransposed whether their transposes enter the product
public record MatrixBatch(Matrix stacked, int count, boolean isTransposed) {
    /// Checks that the rows can be shared out.
    ///
    /// @throws IllegalArgumentException if `count` is below 1 or does not divide the rows
    public MatrixBatch {
        if (count < 1 || stacked.rows() % count != 0) {
            throw new IllegalArgumentException(stacked.shape() + " does not hold " + count + " matrices of one shape");
        }
    }

    /// The matrices themselves.
    ///
    /// @param stacked count · rows × columns
    /// @param count how many there are
    public MatrixBatch(Matrix stacked, int count) {
        this(stacked, count, false);
    }

    /// {@return a batch of one, which enters each product of the others}
    ///
    /// @param operand a matrix or its transpose
    public static MatrixBatch of(GemmOperand operand) {
        return new MatrixBatch(operand.stored(), 1, operand.isTransposed());
    }

    /// {@return the transposes}
    public MatrixBatch t() {
        return new MatrixBatch(stacked, count, !isTransposed);
    }

    /// {@return matrix i as stored, as a view; of a batch of one, that one for every i}
    ///
    /// @param i from 0
    public Matrix stored(int i) {
        int rows = stacked.rows() / count;
        int at = count == 1 ? 0 : Objects.checkIndex(i, count);
        return stacked.rows(at * rows, (at + 1) * rows);
    }

    /// {@return matrix i as it enters the product}
    ///
    /// @param i from 0
    public GemmOperand get(int i) {
        return isTransposed ? stored(i).t() : stored(i);
    }

    /// {@return "count × (rows × columns)", as they enter the product, for messages}
    public String shape() {
        return count + " × (" + get(0).rows() + " × " + get(0).columns() + ")";
    }
}
