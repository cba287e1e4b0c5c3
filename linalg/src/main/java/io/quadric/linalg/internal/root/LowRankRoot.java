package io.quadric.linalg.internal.root;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.eigen.SpectralDecomposition;
import io.quadric.linalg.internal.product.MatrixProduct;
import io.quadric.linalg.internal.product.MatrixVectorProduct;

/// (A + λI)^(−1/p) for an A that is, up to rounding, L Lᵀ with few columns, such as a moving average of outer products
/// of vectors. L comes from the Cholesky factorisation with diagonal pivots (Higham 2002, *Accuracy and Stability of
/// Numerical Algorithms*, §10.3), which ends when the trace of the remainder is negligible compared with λ. With L = U
/// S Vᵀ the root is λ^(−1/p) I − U diag(λ^(−1/p) − (s² + λ)^(−1/p)) Uᵀ. All in double, except for the last product.
public final class LowRankRoot {
    private static final int LEAST_ORDER = 64;

    /// L has at most n / 3 columns. After a quarter of them, the remainder must have fallen at least as far as if each
    /// column reduced it by the same factor.
    private static final int PART = 3;
    private static final int TRIAL = 4;

    /// The remainder is not known better than to this many rounding errors of the trace.
    private static final double ROUNDINGS = 4;

    private final int root;
    private final double tolerance;
    private int rank;

    /// @param tolerance for the trace of the remainder, relative to λ
    public LowRankRoot(int root, double tolerance) {
        this.root = root;
        this.tolerance = tolerance;
    }

    /// The number of columns of L.
    public int rank() {
        return rank;
    }

    /// Returns whether the rank of A is low enough and the root was written; otherwise `out` is unchanged.
    ///
    /// @param shift λ
    public boolean run(Matrix a, double shift, Matrix out, Workspace ws) {
        int n = a.rows();
        if (n < LEAST_ORDER || !(shift > 0) || !a.isFinite()) {
            return false;
        }
        try (var frame = ws.open()) {
            Matrix columns = frame.matrix(Precision.FLOAT64, n / PART, n);
            return factor(a, shift, columns, ws) && write(columns.rows(0, rank), shift, out, ws);
        }
    }

    /// A ≈ RᵀR, where R is the first [#rank()] of `rows`, that is, R = Lᵀ.
    private boolean factor(Matrix a, double shift, Matrix rows, Workspace ws) {
        int n = a.rows();
        double unit = a.precision().epsilon() / 2;
        try (var frame = ws.open()) {
            Vector left = frame.vector(Precision.FLOAT64, n);
            for (int i = 0; i < n; i++) {
                left.set(i, a.get(i, i));
            }
            double trace = positiveSum(left);
            double enough = Math.max(tolerance * shift, ROUNDINGS * unit * trace);
            double rest = trace;
            for (rank = 0; !(rest <= enough); rank++) {
                double part = (double) rank / rows.rows();
                boolean slow = TRIAL * part >= 1 && rest > trace * Math.pow(enough / trace, part);
                if (rank == rows.rows() || slow || !(rest <= trace)) {
                    return false;
                }
                eliminate(a, rows, left, ws);
                rest = positiveSum(left);
            }
            return true;
        }
    }

    private static double positiveSum(Vector x) {
        double sum = 0;
        for (int i = 0; i < x.size(); i++) {
            sum += Math.max(x.get(i), 0);
        }
        return sum;
    }

    /// Writes the next row, whose pivot is the largest remaining element of the diagonal.
    private void eliminate(Matrix a, Matrix rows, Vector left, Workspace ws) {
        int pivot = 0;
        for (int i = 1; i < left.size(); i++) {
            pivot = left.get(i) > left.get(pivot) ? i : pivot;
        }
        Vector row = rows.row(rank);
        for (int i = 0; i < row.size(); i++) {
            row.set(i, i < pivot ? a.get(pivot, i) : a.get(i, pivot));
        }
        if (rank > 0) {
            try (var frame = ws.open()) {
                Vector weights = frame.vector(Precision.FLOAT64, rank);
                for (int k = 0; k < rank; k++) {
                    weights.set(k, rows.get(k, pivot));
                }
                new MatrixVectorProduct(-1, 1, ws).multiply(rows.rows(0, rank).t(), weights, row);
            }
        }
        row.scale(1 / Math.sqrt(left.get(pivot)));
        for (int i = 0; i < row.size(); i++) {
            left.set(i, left.get(i) - row.get(i) * row.get(i));
        }
        left.set(pivot, 0);
    }

    private boolean write(Matrix l, double shift, Matrix out, Workspace ws) {
        double limit = Math.pow(shift, -1.0 / root);
        try (var frame = ws.open()) {
            Matrix gram = frame.matrix(Precision.FLOAT64, rank, rank);
            MatrixProduct.multiplySymmetric(1, Operands.symmetric(l, l.t(), gram), 0, ws);
            Vector squares = frame.vector(Precision.FLOAT64, rank);
            if (SpectralDecomposition.compute(gram, squares, gram, ws) != SpectralDecomposition.DONE) {
                return false;
            }
            for (int i = 0; i < rank; i++) {
                double square = Math.max(squares.get(i), Double.MIN_NORMAL);
                double part = -Math.expm1(-Math.log1p(square / shift) / root);
                squares.set(i, Math.sqrt(limit * part / square));
            }
            Matrix u = frame.matrix(Precision.FLOAT64, rank, out.rows());
            MatrixProduct.multiply(1, new Operands(gram.t(), l, u), 0, ws);
            KernelProvider.kernels(Precision.FLOAT64).scaleRows(squares, u, u);
            Matrix narrow = frame.matrix(out.precision(), rank, out.rows()).copyFrom(u);
            MatrixProduct.multiplySymmetric(-1, Operands.symmetric(narrow.t(), narrow, out), 0, ws);
            out.addToDiagonal(limit);
            return true;
        }
    }
}
