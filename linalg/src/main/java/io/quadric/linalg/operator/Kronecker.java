package io.quadric.linalg.operator;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// The Kronecker product of two symmetric matrices, acting on a matrix X stored row by row: X ↦ L X R.
///
/// In the row-major vec of X this is L ⊗ R. In the column-major vec, which the papers use, it is R ⊗ L: with L = G
/// (outputs) and R = A (inputs) it is the block A ⊗ G of a layer (Botev et al. 2017, §3; Ren 2022, §2.2).
///
/// @param left L, of the order of X's rows
/// @param right R, of the order of X's columns
public record Kronecker(Matrix left, Matrix right) implements SelfAdjointOperator {
    @Override
    public int size() {
        return left.rows() * right.rows();
    }

    @Override
    public Precision precision() {
        return left.precision();
    }

    @Override
    public void apply(Vector x, Vector y, Workspace ws) {
        check(x, y);
        apply(x.asMatrix(left.rows(), right.rows()), y.asMatrix(left.rows(), right.rows()), ws);
    }

    /// Y ← L X R
    ///
    /// @param x of the order of L by the order of R
    /// @param y of the same shape, overwritten
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if a shape disagrees
    public void apply(Matrix x, Matrix y, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix middle = frame.matrix(precision(), x.rows(), x.columns());
            Gemm.SET.multiply(left, x, middle, ws);
            Gemm.SET.multiply(middle, right, y, ws);
        }
    }
}
