package io.quadric.linalg;

import java.util.Objects;

/// Matrices of the same shape, stored one below the other, as an operand of [Gemm#multiply(MatrixBatch, MatrixBatch,
/// MatrixBatch, Workspace)].
///
/// @param stacked count · rows × columns
/// @param count the number of matrices
/// @param isTransposed whether their transposes take part in the product
public record MatrixBatch(Matrix stacked, int count, boolean isTransposed) {
    /// Checks that the matrices have the same shape.
    ///
    /// @throws IllegalArgumentException if `count` is below 1 or does not divide the rows
    public MatrixBatch {
        if (count < 1 || stacked.rows() % count != 0) {
            throw new IllegalArgumentException(stacked.shape() + " does not hold " + count + " matrices of one shape");
        }
    }

    /// The matrices themselves, not their transposes.
    ///
    /// @param stacked count · rows × columns
    /// @param count the number of matrices
    public MatrixBatch(Matrix stacked, int count) {
        this(stacked, count, false);
    }

    /// {@return a batch of one, which takes part in every product}
    ///
    /// @param operand a matrix or its transpose
    public static MatrixBatch of(GemmOperand operand) {
        return new MatrixBatch(operand.stored(), 1, operand.isTransposed());
    }

    /// {@return the transposes}
    public MatrixBatch t() {
        return new MatrixBatch(stacked, count, !isTransposed);
    }

    /// {@return matrix i as stored, as a view; in a batch of one, the same for every i}
    ///
    /// @param i from 0
    public Matrix stored(int i) {
        int rows = stacked.rows() / count;
        int at = count == 1 ? 0 : Objects.checkIndex(i, count);
        return stacked.rows(at * rows, (at + 1) * rows);
    }

    /// {@return matrix i as it takes part in the product}
    ///
    /// @param i from 0
    public GemmOperand get(int i) {
        return isTransposed ? stored(i).t() : stored(i);
    }

    /// {@return "count × (rows × columns)", as the matrices take part in the product, for messages}
    public String shape() {
        return count + " × (" + get(0).rows() + " × " + get(0).columns() + ")";
    }
}
