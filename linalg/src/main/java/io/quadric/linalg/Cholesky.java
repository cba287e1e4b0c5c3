package io.quadric.linalg;

import io.quadric.linalg.internal.factor.TriangularFactor;

/// The factorisation A = L Lᵀ of a symmetric positive definite matrix, with L lower triangular.
///
/// It is computed in the precision of A: with the rounding unit ε of that precision and the condition number κ of A, a
/// solution has a relative error of about κ ε. For κ beyond 10⁵, factor `a.copy(Precision.FLOAT64)`.
///
/// ```java
/// switch (Cholesky.factor(a, ws)) {
///     case Cholesky.Outcome.Factored(Cholesky cholesky) -> cholesky.solve(b, ws);
///     case Cholesky.Outcome.NotPositiveDefinite failed -> log(failed.advice());
/// }
/// ```
public final class Cholesky {
    private final TriangularFactor factor;

    private Cholesky(TriangularFactor factor) {
        this.factor = factor;
    }

    /// How a factorisation ended.
    public sealed interface Outcome {
        /// The factorisation succeeded.
        ///
        /// @param cholesky the factorisation
        record Factored(Cholesky cholesky) implements Outcome {}

        /// A pivot was not positive, or not finite.
        ///
        /// @param pivot the index of the pivot
        /// @param value its value
        record NotPositiveDefinite(int pivot, double value) implements Outcome {
            /// {@return what to do about it}
            public String advice() {
                return "pivot " + pivot + " is " + value + (Double.isFinite(value)
                        ? ": add more damping to the diagonal, or use FLOAT64"
                        : ": the matrix holds infinite or NaN elements, or overflows; look where it was computed");
            }
        }
    }

    /// Factors A, of which the lower triangle is read.
    ///
    /// @param a n × n, not changed
    /// @param ws threads and scratch
    /// @return the factorisation, or the pivot that failed
    /// @throws IllegalArgumentException if A is not square
    public static Outcome factor(Matrix a, Workspace ws) {
        return factorInPlace(a.copy(), ws);
    }

    /// Factors A, of which the lower triangle is read, in its own memory. Afterwards that triangle is L, or undefined
    /// if the factorisation failed; elements above the diagonal are meaningless. A must not be changed while the
    /// factorisation is in use.
    ///
    /// @param a n × n, overwritten
    /// @param ws threads and scratch
    /// @return the factorisation, or the pivot that failed
    /// @throws IllegalArgumentException if A is not square
    public static Outcome factorInPlace(Matrix a, Workspace ws) {
        requireSquare(a);
        return outcome(new TriangularFactor(a, ws));
    }

    private static Outcome outcome(TriangularFactor factor) {
        if (factor.failedPivot() >= 0) {
            return new Outcome.NotPositiveDefinite(factor.failedPivot(), factor.failedValue());
        }
        return new Outcome.Factored(new Cholesky(factor));
    }

    /// Writes (scale · A + shift · I)⁻¹, both triangles, if it exists and its trace is finite; otherwise `out` is
    /// unchanged. Allocates nothing but views.
    ///
    /// @param a n × n, of which the lower triangle is read; not changed
    /// @param scale the factor of A
    /// @param shift the damping
    /// @param out n × n, overwritten; it may be A itself
    /// @param ws threads and scratch
    /// @return whether it was written
    /// @throws IllegalArgumentException if A is not square, or shapes or precisions disagree
    public static boolean invertDamped(Matrix a, double scale, double shift, Matrix out, Workspace ws) {
        requireSquare(a);
        Shapes.requireElementwise("invertDamped", a, out);
        try (var frame = ws.open()) {
            Matrix damped = frame.matrix(a.precision(), a.rows(), a.rows());
            damped.axpby(scale, a, 0).addToDiagonal(shift);
            TriangularFactor factor = new TriangularFactor(damped, frame);
            return factor.failedPivot() < 0 && factor.inverseIfFinite(out, ws);
        }
    }

    private static void requireSquare(Matrix a) {
        if (a.rows() != a.columns()) {
            throw new IllegalArgumentException("Cholesky: a square matrix expected, got " + a.shape());
        }
    }

    /// {@return the number of rows of A}
    public int order() {
        return factor.stored().rows();
    }

    /// {@return a copy of L, with zeros above its diagonal}
    public Matrix lower() {
        Matrix lower = factor.stored().copy();
        for (int i = 0; i < order(); i++) {
            lower.row(i).slice(i + 1, order()).fill(0);
        }
        return lower;
    }

    /// {@return log det A}
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < order(); i++) {
            sum += Math.log(factor.stored().get(i, i));
        }
        return 2 * sum;
    }

    /// Overwrites B with A⁻¹B.
    ///
    /// @param b n × k
    /// @param ws threads and scratch
    public void solve(Matrix b, Workspace ws) {
        requireRows("solve", b);
        factor.solve(b, ws);
        factor.solveTransposed(b, ws);
    }

    /// Overwrites b with A⁻¹b.
    ///
    /// @param b n elements
    /// @param ws threads and scratch
    public void solve(Vector b, Workspace ws) {
        solve(b.asMatrix(b.size(), 1), ws);
    }

    /// Overwrites B with L⁻¹B.
    ///
    /// @param b n × k
    /// @param ws threads and scratch
    public void solveLower(Matrix b, Workspace ws) {
        requireRows("solveLower", b);
        factor.solve(b, ws);
    }

    /// Overwrites B with L⁻ᵀB.
    ///
    /// @param b n × k
    /// @param ws threads and scratch
    public void solveUpper(Matrix b, Workspace ws) {
        requireRows("solveUpper", b);
        factor.solveTransposed(b, ws);
    }

    /// Writes A⁻¹ with both triangles.
    ///
    /// @param out n × n, overwritten, not sharing elements with L
    /// @param ws threads and scratch
    public void inverse(Matrix out, Workspace ws) {
        Shapes.requireLike("inverse", factor.stored(), out);
        Shapes.requireDisjoint("inverse", factor.stored(), out);
        factor.inverse(out, ws);
    }

    private void requireRows(String operation, Matrix b) {
        if (b.rows() != order()) {
            throw new IllegalArgumentException(
                    operation + ": a factorisation of order " + order() + " does not fit " + b.shape());
        }
        Shapes.requireSamePrecision(operation, b.precision(), factor.stored().precision());
        Shapes.requireDisjoint(operation, factor.stored(), b);
    }
}
