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

/// A = P B Qᵀ with B upper bidiagonal, by Householder reflections P = H₀ H₁ ⋯ of columns and Q = G₀ G₁ ⋯ of rows, in
/// panels, as in LAPACK's `dgebrd` and `dlabrd`: half of the work is products of the trailing matrix with a vector, the
/// other half matrix products.
///
/// Within a panel A is A − Σ vₗ yₗᵀ − Σ xₗ uₗᵀ over its reflections so far, with the vectors v of columns and u of
/// rows. This update is made in a row and a column when they are reflected, and in the trailing matrix at the end of
/// the panel.
final class Bidiagonalisation {
    private static final int PANEL = Reflections.PANEL;

    /// A vector below this norm is taken for zero: A has norm 1.
    private static final double NEGLIGIBLE = 0x1p-900;

    private final Matrix a;
    private final int n;
    private final Matrix left;
    private final Matrix right;
    private final double[] leftFactors;
    private final double[] rightFactors;
    private final double[] diagonal;
    private final double[] offDiagonal;
    private final Workspace ws;
    private final Kernels kernels = KernelProvider.kernels(Precision.FLOAT64);

    /// @param a FLOAT64, n × n, of norm about 1; overwritten
    /// @param diagonal n elements, overwritten by the diagonal of B
    /// @param offDiagonal n elements, overwritten by the elements above the diagonal and a zero
    /// @param frame memory that lives as long as this
    Bidiagonalisation(Matrix a, double[] diagonal, double[] offDiagonal, Workspace.Frame frame) {
        this.a = a;
        this.n = a.rows();
        this.diagonal = diagonal;
        this.offDiagonal = offDiagonal;
        left = frame.matrix(Precision.FLOAT64, n, n);
        right = frame.matrix(Precision.FLOAT64, n, n);
        leftFactors = new double[n];
        rightFactors = new double[n];
        ws = frame.workspace();
        for (int from = 0; from < n; from += PANEL) {
            reducePanel(from, Math.min(n, from + PANEL));
        }
    }

    /// Writes Pᵀ.
    void transposedP(Matrix out) {
        new Reflections(left, leftFactors, 0).transposeInto(out, ws);
    }

    /// Writes Qᵀ.
    void transposedQ(Matrix out) {
        new Reflections(right.rows(0, n - 1), rightFactors, 1).transposeInto(out, ws);
    }

    private void reducePanel(int from, int to) {
        try (var frame = ws.open()) {
            Matrix x = frame.matrix(Precision.FLOAT64, to - from, n);
            Matrix y = frame.matrix(Precision.FLOAT64, to - from, n);
            Panel panel = new Panel(from, x, y, frame.vector(Precision.FLOAT64, n + PANEL));
            for (int j = from; j < to; j++) {
                panel.reduceColumn(j);
                panel.reduceRow(j);
            }
            if (to < n) {
                Matrix trailing = a.rows(to, n).columns(to, n);
                Matrix v = left.rows(from, to).columns(to, n);
                Matrix u = right.rows(from, to).columns(to, n);
                MatrixProduct.multiply(-1, new Operands(v.t(), y.columns(to, n), trailing), 1, ws);
                MatrixProduct.multiply(-1, new Operands(x.columns(to, n).t(), u, trailing), 1, ws);
            }
        }
    }

    /// The reflections of a panel. Vectors are rows of n elements, with zeros before their first.
    private final class Panel {
        private final int from;
        private final Matrix x;
        private final Matrix y;
        private final Vector coefficients;
        private final Vector column;

        Panel(int from, Matrix x, Matrix y, Vector scratch) {
            this.from = from;
            this.x = x;
            this.y = y;
            coefficients = scratch.slice(0, PANEL);
            column = scratch.slice(PANEL, scratch.size());
        }

        /// z ← z − Σₗ cₗ (row l of the matrix), from an element on, for the coefficients of element `at` of another.
        private void subtract(Matrix rows, Matrix of, int at, Vector z) {
            Vector c = coefficients.slice(0, rows.rows());
            c.asMatrix(c.size(), 1).copyFrom(of.columns(at, at + 1));
            kernels.gemvTransposed(-1, rows.columns(n - z.size(), n), c, 1, z);
        }

        /// z ← z − Σₗ (row l of `by` times w) (row l of the matrix).
        private void subtractProducts(Matrix rows, Matrix by, Vector w, Vector z) {
            Vector c = coefficients.slice(0, rows.rows());
            kernels.gemv(1, by.columns(n - w.size(), n), w, 0, c);
            kernels.gemvTransposed(-1, rows.columns(n - z.size(), n), c, 1, z);
        }

        private Matrix first(Matrix all, int count) {
            return all.rows(from, from + count);
        }

        void reduceColumn(int j) {
            int done = j - from;
            Vector v = column.slice(j, n);
            v.asMatrix(n - j, 1).copyFrom(a.rows(j, n).columns(j, j + 1));
            subtract(first(left, done), y.rows(0, done), j, v);
            subtract(x.rows(0, done), first(right, done), j, v);
            Reflection reflection = Reflection.of(v, NEGLIGIBLE);
            diagonal[j] = reflection.beta();
            leftFactors[j] = reflection.tau();
            left.row(j).slice(0, j).fill(0);
            left.row(j).slice(j, n).copyFrom(v);
            y.row(done).fill(0);
            if (j + 1 < n && reflection.tau() != 0) {
                Vector image = y.row(done).slice(j + 1, n);
                new MatrixVectorProduct(1, 0, ws).multiply(a.rows(j, n).columns(j + 1, n).t(), v, image);
                subtractProducts(y.rows(0, done), first(left, done), v, image);
                subtractProducts(first(right, done), x.rows(0, done), v, image);
                image.scale(reflection.tau());
            }
        }

        void reduceRow(int j) {
            int done = j - from;
            right.row(j).fill(0);
            x.row(done).fill(0);
            offDiagonal[j] = 0;
            if (j + 1 == n) {
                return;
            }
            Vector u = right.row(j).slice(j + 1, n);
            u.copyFrom(a.row(j).slice(j + 1, n));
            subtract(y.rows(0, done + 1), first(left, done + 1), j, u);
            subtract(first(right, done), x.rows(0, done), j, u);
            Reflection reflection = Reflection.of(u, NEGLIGIBLE);
            offDiagonal[j] = reflection.beta();
            rightFactors[j] = reflection.tau();
            if (reflection.tau() != 0) {
                Vector image = x.row(done).slice(j + 1, n);
                new MatrixVectorProduct(1, 0, ws).multiply(a.rows(j + 1, n).columns(j + 1, n), u, image);
                subtractProducts(first(left, done + 1), y.rows(0, done + 1), u, image);
                subtractProducts(x.rows(0, done), first(right, done), u, image);
                image.scale(reflection.tau());
            }
        }
    }
}
