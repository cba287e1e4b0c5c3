package io.quadric.linalg;

import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.factor.HouseholderFactor;

/// The factorisation A = Q R of a matrix with at least as many rows as columns, with orthonormal columns of Q and an
/// upper triangular R, by Householder reflections (Golub & Van Loan, *Matrix Computations*, §5.2). It solves
/// least-squares problems of full rank.
///
/// It is computed in the precision of A and is backward stable. Elements on the diagonal of R can have either sign. For
/// problems that are not of full rank, there is [Svd].
///
/// ```java
/// switch (Qr.factor(a, ws)) {
///     case Qr.Outcome.Factored(Qr qr) -> qr.solve(b, x, ws);          // x minimises ‖a x − b‖
///     case Qr.Outcome.Failed failed -> log(failed.advice());
/// }
/// ```
public final class Qr {
    /// A column depends on the columns before it if its distance from their span is at most this many rounding errors
    /// of its norm, times √m.
    private static final double ROUNDINGS = 10;

    private final HouseholderFactor factor;

    private Qr(HouseholderFactor factor) {
        this.factor = factor;
    }

    /// How a factorisation ended.
    public sealed interface Outcome {
        /// The factorisation succeeded, and A has full rank.
        ///
        /// @param qr the factorisation
        record Factored(Qr qr) implements Outcome {}

        /// There is no factorisation of full rank.
        sealed interface Failed extends Outcome {
            /// {@return what to do about it}
            String advice();
        }

        /// A column is, up to rounding, a combination of the columns before it.
        ///
        /// @param column its index
        /// @param distance its distance from the span of those columns, relative to its norm
        record RankDeficient(int column, double distance) implements Failed {
            @Override
            public String advice() {
                return "column " + column + " depends on the columns before it, up to " + distance
                        + " of its norm; leave it out, or solve by Svd, which finds the solution of least norm";
            }
        }

        /// An element is infinite or NaN, or overflows.
        record NotFinite() implements Failed {
            @Override
            public String advice() {
                return "the matrix holds infinite or NaN elements, or overflows; look where it was computed";
            }
        }
    }

    /// Factors A.
    ///
    /// @param a m × n with m ≥ n, not changed
    /// @param ws threads and scratch
    /// @return the factorisation, or why there is none of full rank
    /// @throws IllegalArgumentException if A has fewer rows than columns
    public static Outcome factor(Matrix a, Workspace ws) {
        if (a.rows() < a.columns()) {
            throw new IllegalArgumentException(
                    "Qr: at least as many rows as columns expected, got " + a.shape() + "; factor the transpose");
        }
        double tolerance = ROUNDINGS * Math.sqrt(a.rows()) * a.precision().epsilon();
        HouseholderFactor factor = new HouseholderFactor(a, tolerance, ws);
        return switch (factor.failed()) {
            case HouseholderFactor.NONE -> new Outcome.Factored(new Qr(factor));
            case HouseholderFactor.NOT_FINITE -> new Outcome.NotFinite();
            default -> new Outcome.RankDeficient(factor.failed(), factor.distance());
        };
    }

    /// {@return m, the number of rows of A}
    public int rows() {
        return factor.rows();
    }

    /// {@return n, the number of columns of A}
    public int columns() {
        return factor.transposedR().rows();
    }

    /// {@return R as a new n × n matrix, with zeros below its diagonal}
    public Matrix r() {
        Matrix lower = factor.transposedR();
        Matrix r = Matrix.zeros(lower.precision(), lower.rows(), lower.rows());
        KernelProvider.kernels(lower.precision()).transpose(lower, r);
        return r;
    }

    /// Writes the thin Q: the n columns that belong to R.
    ///
    /// @param out m × n, overwritten
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shape or precision disagrees
    public void q(Matrix out, Workspace ws) {
        require("q", out, rows());
        Shapes.requireSameSize("q, columns", out.columns(), columns());
        factor.thinQ(out, ws);
    }

    /// Solves least-squares problems: for each column b of B, the same column x of X minimises ‖A x − b‖.
    ///
    /// @param b m × k, not changed
    /// @param x n × k, overwritten, not sharing elements with B
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree, or X shares elements with B
    public void solve(Matrix b, Matrix x, Workspace ws) {
        require("solve", b, rows());
        require("solve", x, columns());
        Shapes.requireSameSize("solve, columns", x.columns(), b.columns());
        Shapes.requireDisjoint("solve", b, x);
        factor.solve(b, x, ws);
    }

    /// Solves a least-squares problem: x minimises ‖A x − b‖.
    ///
    /// @param b m elements, not changed
    /// @param x n elements, overwritten, not sharing elements with b
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if sizes or precisions disagree, or x shares elements with b
    public void solve(Vector b, Vector x, Workspace ws) {
        solve(b.asMatrix(b.size(), 1), x.asMatrix(x.size(), 1), ws);
    }

    private void require(String operation, Matrix x, int rows) {
        if (x.rows() != rows) {
            throw new IllegalArgumentException(operation + ": a factorisation of " + rows() + " × " + columns()
                    + " does not fit " + x.shape() + ", " + rows + " rows expected");
        }
        Shapes.requireSamePrecision(operation, x.precision(), factor.transposedR().precision());
    }
}
