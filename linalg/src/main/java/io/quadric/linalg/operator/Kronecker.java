package io.quadric.linalg.operator;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.kernel.Sharing;
import java.util.OptionalDouble;

/// The Kronecker product L ⊗ R of two symmetric matrices. Its block (i, j) is element (i, j) of L times R.
///
/// As an operator on vectors, it is this matrix. Which matrix a vector represents is a separate convention:
/// - row by row, as everything is stored here: x = vec X with X of the order of L by the order of R, and (L ⊗ R) vec X
///   = vec(L X R): [#apply(Matrix, Matrix, Workspace)];
/// - column by column, as in the papers: x = vec X with X of the order of R by the order of L, and (L ⊗ R) vec X =
///   vec(R X L): [#applyByColumns].
///
/// So with L = G (outputs) and R = A (inputs), [#apply(Matrix, Matrix, Workspace)] on the stored weights is what the
/// papers call A ⊗ G (Botev et al. 2017, §3; Ren 2022, §2.2).
///
/// @param left L
/// @param right R
public record Kronecker(Matrix left, Matrix right) implements SelfAdjointOperator {
    /// Checks the factors.
    ///
    /// @throws IllegalArgumentException if one is not square, or the precisions differ
    public Kronecker {
        if (left.rows() != left.columns() || right.rows() != right.columns() || left.precision() != right.precision()) {
            throw new IllegalArgumentException("a Kronecker product of square matrices of one precision expected, got "
                    + left.shape() + " (" + left.precision() + ") and " + right.shape() + " (" + right.precision()
                    + ")");
        }
    }

    @Override
    public int size() {
        return Math.multiplyExact(left.rows(), right.rows());
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
    /// @param y of the same shape, overwritten; it may share elements with x, but not with the factors
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if a shape disagrees, or Y shares elements with a factor
    public void apply(Matrix x, Matrix y, Workspace ws) {
        Sharing.requireDisjoint("apply", left, y);
        try (var frame = ws.open()) {
            Matrix middle = frame.matrix(precision(), x.rows(), x.columns());
            Gemm.SET.multiply(left, x, middle, ws);
            Gemm.SET.multiply(middle, right, y, ws);
        }
    }

    /// Y ← R X L
    ///
    /// @param x of the order of R by the order of L
    /// @param y of the same shape, overwritten; it may share elements with x, but not with the factors
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if a shape disagrees, or Y shares elements with a factor
    public void applyByColumns(Matrix x, Matrix y, Workspace ws) {
        new Kronecker(right, left).apply(x, y, ws);
    }

    /// {@return the trace, tr L · tr R}
    public double trace() {
        return left.trace() * right.trace();
    }

    /// {@return the Frobenius norm, ‖L‖ ‖R‖}
    public double frobeniusNorm() {
        return left.norm() * right.norm();
    }

    /// {@return log det (L ⊗ R) = (dim R) log det L + (dim L) log det R}, or nothing if a factor is not numerically
    /// positive definite.
    ///
    /// @param ws threads and scratch
    public OptionalDouble logDeterminant(Workspace ws) {
        return Cholesky.factor(left, ws) instanceof Cholesky.Outcome.Factored(Cholesky l)
                && Cholesky.factor(right, ws) instanceof Cholesky.Outcome.Factored(Cholesky r)
                        ? OptionalDouble.of(right.rows() * l.logDeterminant() + left.rows() * r.logDeterminant())
                        : OptionalDouble.empty();
    }
}
