package io.quadric.linalg.operator;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// A symmetric matrix, stored with both triangles.
///
/// @param matrix A; the caller guarantees its symmetry
public record Dense(Matrix matrix) implements SelfAdjointOperator {
    /// Checks that the matrix is square.
    ///
    /// @throws IllegalArgumentException if it is not
    public Dense {
        if (matrix.rows() != matrix.columns()) {
            throw new IllegalArgumentException("a square matrix expected, got " + matrix.shape());
        }
    }

    @Override
    public int size() {
        return matrix.rows();
    }

    @Override
    public Precision precision() {
        return matrix.precision();
    }

    @Override
    public void apply(Vector x, Vector y, Workspace ws) {
        check(x, y);
        Gemm.SET.multiply(matrix, x.asMatrix(size(), 1), y.asMatrix(size(), 1), ws);
    }
}
