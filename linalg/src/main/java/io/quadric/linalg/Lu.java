package io.quadric.linalg;

import io.quadric.linalg.internal.factor.PivotedFactor;

/// The factorisation P A = L U of a square matrix, with partial pivoting, that is, with rows exchanged for the largest
/// pivot (Golub & Van Loan, *Matrix Computations*, §3.4): L is lower triangular, with ones on its diagonal and no
/// element larger than 1; U is upper triangular.
///
/// For a symmetric positive definite matrix [Cholesky] costs half as much.
///
/// ```java
/// switch (Lu.factor(a, ws)) {
///     case Lu.Outcome.Factored(Lu lu) -> lu.solve(b, ws);
///     case Lu.Outcome.Singular singular -> log(singular.advice());
/// }
/// ```
public final class Lu {
    private final PivotedFactor factor;

    private Lu(PivotedFactor factor) {
        this.factor = factor;
    }

    /// How a factorisation ended.
    public sealed interface Outcome {
        /// The factorisation succeeded.
        ///
        /// @param lu the factorisation
        record Factored(Lu lu) implements Outcome {}

        /// The largest candidate for a pivot is zero, or not finite.
        ///
        /// @param pivot the index of the pivot
        /// @param value its value
        record Singular(int pivot, double value) implements Outcome {
            /// {@return what to do about it}
            public String advice() {
                return "pivot " + pivot + " is " + value + (value == 0
                        ? ": the matrix is singular; add damping to the diagonal"
                        : ": the matrix holds infinite or NaN elements, or overflows; look where it was computed");
            }
        }
    }

    /// Factors A.
    ///
    /// @param a n × n, not changed
    /// @param ws threads and scratch
    /// @return the factorisation, or the pivot that failed
    /// @throws IllegalArgumentException if A is not square
    public static Outcome factor(Matrix a, Workspace ws) {
        return factorInPlace(a.copy(), ws);
    }

    /// Factors A in its own memory. Afterwards it holds L below the diagonal and U on and above it, or is undefined if
    /// the factorisation failed. A must not be changed while the factorisation is in use.
    ///
    /// @param a n × n, overwritten
    /// @param ws threads and scratch
    /// @return the factorisation, or the pivot that failed
    /// @throws IllegalArgumentException if A is not square
    public static Outcome factorInPlace(Matrix a, Workspace ws) {
        if (a.rows() != a.columns()) {
            throw new IllegalArgumentException("Lu: a square matrix expected, got " + a.shape());
        }
        PivotedFactor factor = new PivotedFactor(a, ws);
        return factor.failedPivot() < 0
                ? new Outcome.Factored(new Lu(factor))
                : new Outcome.Singular(factor.failedPivot(), factor.failedValue());
    }

    /// {@return the number of rows of A}
    public int order() {
        return factor.factors().rows();
    }

    /// {@return L below the diagonal and U on and above it; not to be written to}
    public Matrix factors() {
        return factor.factors();
    }

    /// {@return det A; it may overflow, [#logAbsDeterminant()] does not}
    public double determinant() {
        double product = sign();
        for (int i = 0; i < order(); i++) {
            product *= Math.abs(factors().get(i, i));
        }
        return product;
    }

    /// {@return log |det A|}
    public double logAbsDeterminant() {
        double sum = 0;
        for (int i = 0; i < order(); i++) {
            sum += Math.log(Math.abs(factors().get(i, i)));
        }
        return sum;
    }

    /// {@return the sign of det A, 1 or −1}
    public int sign() {
        int sign = factor.sign();
        for (int i = 0; i < order(); i++) {
            sign = factors().get(i, i) < 0 ? -sign : sign;
        }
        return sign;
    }

    /// Overwrites B with A⁻¹B.
    ///
    /// @param b n × k
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if B has another number of rows or precision, or shares elements with the
    ///     factors
    public void solve(Matrix b, Workspace ws) {
        check("solve", b);
        factor.solve(b, ws);
    }

    /// Overwrites b with A⁻¹b.
    ///
    /// @param b n elements
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if b has another size or precision, or shares elements with the factors
    public void solve(Vector b, Workspace ws) {
        solve(b.asMatrix(b.size(), 1), ws);
    }

    /// Overwrites B with A⁻ᵀB.
    ///
    /// @param b n × k
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if B has another number of rows or precision, or shares elements with the
    ///     factors
    public void solveTransposed(Matrix b, Workspace ws) {
        check("solveTransposed", b);
        factor.solveTransposed(b, ws);
    }

    private void check(String operation, Matrix b) {
        if (b.rows() != order()) {
            throw new IllegalArgumentException(
                    operation + ": a factorisation of order " + order() + " does not fit " + b.shape());
        }
        Shapes.requireSamePrecision(operation, b.precision(), factors().precision());
        Shapes.requireDisjoint(operation, factors(), b);
    }
}
