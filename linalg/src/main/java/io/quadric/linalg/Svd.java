package io.quadric.linalg;

import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.eigen.SingularDecomposition;
import io.quadric.linalg.internal.factor.Division;

/// The singular value decomposition A = U Σ Vᵀ of any matrix, with orthonormal columns of U and V; each has as many
/// columns as A has rows or columns, whichever is less. It reveals the rank and the condition of A, and solves
/// least-squares problems of any rank.
///
/// The matrix is reduced to bidiagonal form by blocked Householder reflections, after a QR factorisation if it is not
/// square, and the singular values follow by the implicit QR iteration (Golub & Van Loan, *Matrix Computations*, §8.6).
/// Both steps are in double for either precision: before it is rounded, each value has an error of about n ε ‖A‖ with
/// the ε of FLOAT64. The rotations of the iteration are applied to the vectors in the precision of A.
///
/// ```java
/// switch (Svd.decompose(a, ws)) {
///     case Svd.Outcome.Decomposed(Svd svd) -> svd.solve(b, x, ws);    // the shortest x that minimises ‖a x − b‖
///     case Svd.Outcome.Failed failed -> log(failed.advice());
/// }
/// ```
public final class Svd {
    private final Matrix u;
    private final Vector values;
    private final Matrix v;
    private final double tolerance;

    private Svd(Matrix u, Vector values, Matrix v, double tolerance) {
        this.u = u;
        this.values = values;
        this.v = v;
        this.tolerance = tolerance;
    }

    /// How a decomposition ended.
    public sealed interface Outcome {
        /// The decomposition succeeded.
        ///
        /// @param svd the decomposition
        record Decomposed(Svd svd) implements Outcome {}

        /// It could not be computed.
        sealed interface Failed extends Outcome {
            /// {@return what to do about it}
            String advice();
        }

        /// An element of A is infinite or NaN, or a singular value overflows in the precision of A.
        record NotFinite() implements Failed {
            @Override
            public String advice() {
                return "the matrix holds infinite or NaN elements, or its singular values overflow; look where it was"
                        + " computed";
            }
        }

        /// The iteration for a singular value did not converge; this is not known to happen for a finite matrix.
        ///
        /// @param index which singular value, in no particular order
        record NotConverged(int index) implements Failed {
            @Override
            public String advice() {
                return "the iteration for singular value " + index + " did not converge; scale the matrix";
            }
        }
    }

    /// Decomposes A.
    ///
    /// @param a m × n, not changed
    /// @param ws threads and scratch
    /// @return the decomposition, or why there is none
    public static Outcome decompose(Matrix a, Workspace ws) {
        int least = Math.min(a.rows(), a.columns());
        Matrix u = Matrix.zeros(a.precision(), a.rows(), least);
        Matrix v = Matrix.zeros(a.precision(), a.columns(), least);
        Vector values = Vector.zeros(a.precision(), least);
        int code = a.rows() >= a.columns()
                ? SingularDecomposition.compute(a, values, u, v, ws)
                : computeTransposed(a, values, u, v, ws);
        double tolerance = Math.max(a.rows(), a.columns()) * a.precision().epsilon();
        return switch (code) {
            case SingularDecomposition.DONE -> new Outcome.Decomposed(new Svd(u, values, v, tolerance));
            case SingularDecomposition.NOT_FINITE -> new Outcome.NotFinite();
            default -> new Outcome.NotConverged(code);
        };
    }

    private static int computeTransposed(Matrix a, Vector values, Matrix u, Matrix v, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix transposed = frame.matrix(a.precision(), a.columns(), a.rows());
            KernelProvider.kernels(a.precision()).transpose(a, transposed);
            return SingularDecomposition.compute(transposed, values, v, u, ws);
        }
    }

    /// {@return the singular values, in descending order; not to be written to}
    public Vector values() {
        return values;
    }

    /// {@return U: column i is the left singular vector of value i; not to be written to}
    public Matrix u() {
        return u;
    }

    /// {@return V: column i is the right singular vector of value i; not to be written to}
    public Matrix v() {
        return v;
    }

    /// {@return the number of singular values that are not negligible}: larger than max(m, n) ε times the largest, with
    /// the ε of the precision of A.
    public int rank() {
        return rank(tolerance);
    }

    /// {@return the number of singular values that are larger than a fraction of the largest}
    ///
    /// @param fraction at least 0
    public int rank(double fraction) {
        int rank = 0;
        while (rank < values.size() && values.get(rank) > fraction * values.get(0)) {
            rank++;
        }
        return rank;
    }

    /// {@return the condition number, the largest divided by the smallest singular value; infinite if that is zero, 1
    /// if there are none}
    public double condition() {
        int last = values.size() - 1;
        return last < 0 ? 1 : values.get(0) == 0 ? Double.POSITIVE_INFINITY : values.get(0) / values.get(last);
    }

    /// {@return the decomposition with the largest singular values only, as a view}; of all matrices of that rank, its
    /// product is the one nearest to A.
    ///
    /// @param rank the number of singular values to keep
    /// @throws IndexOutOfBoundsException if there are not as many
    public Svd truncated(int rank) {
        return new Svd(u.columns(0, rank), values.slice(0, rank), v.columns(0, rank), tolerance);
    }

    /// Writes the pseudo-inverse V Σ⁺ Uᵀ, where negligible singular values ([#rank()]) count as zero.
    ///
    /// @param out n × m, overwritten
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shape or precision disagrees
    public void pseudoInverse(Matrix out, Workspace ws) {
        Shapes.requireDisjoint("pseudoInverse", u, out);
        Shapes.requireDisjoint("pseudoInverse", v, out);
        int rank = rank();
        try (var frame = ws.open()) {
            Matrix scaled = frame.matrix(v.precision(), v.rows(), rank);
            Matrix factors = inverses(rank, frame).repeated(v.rows());
            Hadamard.SET.multiply(v.columns(0, rank), factors, scaled, ws);
            Gemm.SET.multiply(scaled, u.columns(0, rank).t(), out, ws);
        }
    }

    /// Solves least-squares problems of any rank: for each column b of B, the same column x of X is the shortest vector
    /// that minimises ‖A x − b‖; negligible singular values ([#rank()]) count as zero.
    ///
    /// @param b m × k, not changed
    /// @param x n × k, overwritten, not sharing elements with B
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if shapes or precisions disagree, or X shares elements with B
    public void solve(Matrix b, Matrix x, Workspace ws) {
        Shapes.requireDisjoint("solve", b, x);
        Shapes.requireDisjoint("solve", u, x);
        int rank = rank();
        try (var frame = ws.open()) {
            Matrix shares = frame.matrix(v.precision(), rank, b.columns());
            Gemm.SET.multiply(u.columns(0, rank).t(), b, shares, ws);
            for (int i = 0; i < rank; i++) {
                Division.divide(shares.row(i), values.get(i));
            }
            Gemm.SET.multiply(v.columns(0, rank), shares, x, ws);
        }
    }

    /// Solves a least-squares problem of any rank: x is the shortest vector that minimises ‖A x − b‖.
    ///
    /// @param b m elements, not changed
    /// @param x n elements, overwritten, not sharing elements with b
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if sizes or precisions disagree, or x shares elements with b
    public void solve(Vector b, Vector x, Workspace ws) {
        solve(b.asMatrix(b.size(), 1), x.asMatrix(x.size(), 1), ws);
    }

    private Vector inverses(int rank, Workspace.Frame frame) {
        Vector inverses = frame.vector(values.precision(), rank);
        Elementwise.power(values.slice(0, rank), 0, -1, inverses);
        return inverses;
    }
}
