package io.quadric.linalg.internal.eigen;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.factor.Reflection;
import io.quadric.linalg.internal.factor.Reflections;
import io.quadric.linalg.internal.kernel.Kernels;
import io.quadric.linalg.internal.product.MatrixProduct;
import io.quadric.linalg.internal.product.MatrixVectorProduct;

/// A = Q T Qᵀ with T tridiagonal, by Householder reflections Q = H₀ H₁ …, Hⱼ = I − τⱼ vⱼ vⱼᵀ, in panels, as in LAPACK's
/// `dsytrd` and `dlatrd`: half of the work is products of the trailing matrix with a vector, the other half rank-2k
/// updates.
///
/// Both triangles of A are kept, and rows take the part of LAPACK's columns, so that all vectors are contiguous in
/// memory.
final class Tridiagonalisation {
    private static final int PANEL = Reflections.PANEL;

    /// A vector below this norm is taken for zero: A has norm 1.
    private static final double NEGLIGIBLE = 0x1p-900;

    private final Matrix a;
    private final Matrix reflectors;
    private final double[] factors;
    private final double[] diagonal;
    private final double[] offDiagonal;
    private final Workspace ws;
    private final Kernels kernels = KernelProvider.kernels(Precision.FLOAT64);

    /// @param a FLOAT64, n × n with n > 0, both triangles, of norm about 1; overwritten
    /// @param diagonal n elements, overwritten by the diagonal of T
    /// @param offDiagonal n elements, overwritten by the elements beside the diagonal and a zero
    /// @param frame memory that lives as long as this
    Tridiagonalisation(Matrix a, double[] diagonal, double[] offDiagonal, Workspace.Frame frame) {
        this.a = a;
        this.diagonal = diagonal;
        this.offDiagonal = offDiagonal;
        factors = new double[a.rows()];
        reflectors = frame.matrix(Precision.FLOAT64, a.rows(), a.rows());
        ws = frame.workspace();
        int last = a.rows() - 1;
        for (int from = 0; from < last; from += PANEL) {
            reducePanel(from, Math.min(from + PANEL, last));
        }
        diagonal[last] = a.get(last, last);
        offDiagonal[last] = 0;
    }

    private void reducePanel(int from, int to) {
        int n = a.rows();
        int k = to - from;
        try (var frame = ws.open()) {
            Panel panel = new Panel(from, frame.matrix(Precision.FLOAT64, 3 * k, n),
                    frame.vector(Precision.FLOAT64, PANEL));
            for (int j = from; j < to; j++) {
                panel.reduce(j);
            }
            Matrix vw = panel.vwv.rows(0, 2 * k).columns(to, n);
            Matrix wv = panel.vwv.rows(k, 3 * k).columns(to, n);
            Matrix trailing = a.rows(to, n).columns(to, n);
            MatrixProduct.multiplySymmetric(-1, Operands.symmetric(vw.t(), wv, trailing), 1, ws);
        }
    }

    /// Reflections `from` to `from` + k, whose update A ← A − V Wᵀ − W Vᵀ has been made only in the rows that have
    /// become reflections.
    private final class Panel {
        private final int from;
        private final int k;
        /// The rows are the vectors v, the vectors w, and the vectors v again, so that one product makes the whole
        /// update.
        private final Matrix vwv;
        private final Vector scratch;

        Panel(int from, Matrix vwv, Vector scratch) {
            this.from = from;
            this.k = vwv.rows() / 3;
            this.vwv = vwv;
            this.scratch = scratch;
        }

        /// The first `count` vectors v or w, from element `column` on.
        private Matrix first(int count, boolean w, int column) {
            int row = w ? k : 0;
            return vwv.rows(row, row + count).columns(column, a.columns());
        }

        void reduce(int j) {
            int n = a.rows();
            int done = j - from;
            Vector row = a.row(j).slice(j, n);
            update(row, done, j);
            diagonal[j] = row.get(0);
            Vector v = row.slice(1, row.size());
            Reflection reflection = Reflection.of(v, NEGLIGIBLE);
            factors[j] = reflection.tau();
            offDiagonal[j] = reflection.beta();
            vwv.row(done).slice(j + 1, n).copyFrom(v);
            vwv.row(2 * k + done).slice(j + 1, n).copyFrom(v);
            reflectors.row(j).slice(0, j + 1).fill(0);
            reflectors.row(j).slice(j + 1, n).copyFrom(v);
            Vector w = vwv.row(k + done).slice(j + 1, n);
            if (factors[j] == 0) {
                w.fill(0);
                return;
            }
            multiplyTrailing(v, w);
            Vector c = scratch.slice(0, done);
            kernels.gemv(-1, first(done, true, j + 1), v, 0, c);
            kernels.gemvTransposed(1, first(done, false, j + 1), c, 1, w);
            kernels.gemv(-1, first(done, false, j + 1), v, 0, c);
            kernels.gemvTransposed(1, first(done, true, j + 1), c, 1, w);
            w.scale(factors[j]);
            w.axpy(-0.5 * factors[j] * w.dot(v), v);
        }

        /// Applies the panel's updates so far to the rest of row j.
        private void update(Vector row, int done, int j) {
            Vector c = scratch.slice(0, done);
            for (int i = 0; i < done; i++) {
                c.set(i, -vwv.get(k + i, j));
            }
            kernels.gemvTransposed(1, first(done, false, j), c, 1, row);
            for (int i = 0; i < done; i++) {
                c.set(i, -vwv.get(i, j));
            }
            kernels.gemvTransposed(1, first(done, true, j), c, 1, row);
        }

        /// w ← A v, with the trailing part of A as it was before the panel.
        private void multiplyTrailing(Vector v, Vector w) {
            int from = a.rows() - v.size();
            new MatrixVectorProduct(1, 0, ws).multiply(a.rows(from, a.rows()).columns(from, a.rows()), v, w);
        }
    }

    /// Writes Qᵀ.
    void transposedQ(Matrix out) {
        new Reflections(reflectors.rows(0, a.rows() - 1), factors, 1).transposeInto(out, ws);
    }
}
