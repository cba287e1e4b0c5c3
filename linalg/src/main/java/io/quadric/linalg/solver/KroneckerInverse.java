package io.quadric.linalg.solver;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Kronecker;

/// The inverse of a damped Kronecker product of two positive semidefinite matrices, where the damping is split between
/// the factors: X ↦ (L + (√k/π) I)⁻¹ X (R + π√k I)⁻¹.
///
/// It approximates (R ⊗ L + k I)⁻¹ on column-major vectors. The split that minimises a bound on the error in the trace
/// norm is π = √((tr R / dim R) / (tr L / dim L)) (Botev et al. 2017, C.1, with the correction that both sides have a
/// square root).
public final class KroneckerInverse {
    private final Matrix left;
    private final Matrix right;

    /// Allocates memory for the inverses; [#prepare] must succeed before the first [#solve].
    ///
    /// @param precision the element type
    /// @param rows the order of L
    /// @param columns the order of R
    public KroneckerInverse(Precision precision, int rows, int columns) {
        left = Matrix.zeros(precision, rows, rows);
        right = Matrix.zeros(precision, columns, columns);
    }

    /// {@return π for the given factors; 1 if a trace is zero or the quotient is not finite}
    ///
    /// @param left L
    /// @param right R
    public static double balance(Matrix left, Matrix right) {
        double ofRight = right.trace() / right.rows();
        double ofLeft = left.trace() / left.rows();
        double ratio = ofRight / ofLeft;
        double pi = ratio > Double.MIN_NORMAL && Double.isFinite(ratio)
                ? Math.sqrt(ratio)
                : Math.sqrt(ofRight) / Math.sqrt(ofLeft);
        return pi > 0 && Double.isFinite(pi) ? pi : 1;
    }

    /// {@return the inverse as an operator on row-major vectors, for the factors that were last inverted}
    ///
    /// @throws IllegalStateException if no factors have been inverted yet
    public Kronecker operator() {
        if (!isPrepared()) {
            throw new IllegalStateException("no factors have been inverted yet: call prepare first, which returns"
                    + " whether they could be");
        }
        return new Kronecker(left, right);
    }

    /// Inverts the damped factors. If one cannot be inverted, the previous inverses are kept.
    ///
    /// @param factors L and R, not changed
    /// @param pi π
    /// @param damping k, positive
    /// @param ws threads and scratch
    /// @return whether both could be inverted
    public boolean prepare(Kronecker factors, double pi, double damping, Workspace ws) {
        double root = Math.sqrt(damping);
        try (var frame = ws.open()) {
            Matrix newLeft = frame.matrix(left.precision(), left.rows(), left.rows());
            boolean done = Cholesky.invertDamped(factors.left(), 1, root / pi, newLeft, ws)
                    && Cholesky.invertDamped(factors.right(), 1, root * pi, right, ws);
            if (done) {
                left.copyFrom(newLeft);
            }
            return done;
        }
    }

    /// Y ← (L + (√k/π) I)⁻¹ X (R + π√k I)⁻¹
    ///
    /// @param x rows × columns
    /// @param y rows × columns, overwritten; it may share elements with x, but not with the inverses
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if a shape disagrees, or Y shares elements with an inverse
    /// @throws IllegalStateException if no factors have been inverted yet
    public void solve(Matrix x, Matrix y, Workspace ws) {
        operator().apply(x, y, ws);
    }

    /// {@return whether factors have been inverted}, or inverses restored from a checkpoint.
    public boolean isPrepared() {
        return !isZero(left) && !isZero(right);
    }

    /// The diagonal of the inverse of a positive definite matrix is positive.
    private static boolean isZero(Matrix inverse) {
        return !inverse.isEmpty() && inverse.get(0, 0) == 0;
    }

    /// {@return the inverse of the damped L; for checkpoints}
    public Matrix leftInverse() {
        return left;
    }

    /// {@return the inverse of the damped R; for checkpoints}
    public Matrix rightInverse() {
        return right;
    }
}
