package io.quadric.linalg.internal.factor;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.product.MatrixVectorProduct;

/// A = Q R for a matrix with no fewer rows than columns, by Householder reflections in panels: each column is reflected
/// on its own, and a panel of them is applied to the columns after it by matrix products.
///
/// Columns of A are kept as rows, so that all vectors are contiguous in memory.
public final class HouseholderFactor {
    /// What [#failed()] returns, unless it is the index of a column.
    public static final int NONE = -1;
    public static final int NOT_FINITE = -2;

    private final Matrix reflectors;
    private final Matrix transposedR;
    private final double[] factors;
    private final Reflections reflections;
    private int failed = NONE;
    private double distance;

    /// Factors A.
    ///
    /// @param a m × n with m ≥ n, not changed
    /// @param tolerance the least distance of a column from the span of the columns before it, relative to its norm; 0
    ///     to accept any
    public HouseholderFactor(Matrix a, double tolerance, Workspace ws) {
        int n = a.columns();
        reflectors = Matrix.zeros(a.precision(), n, a.rows());
        transposedR = Matrix.zeros(a.precision(), n, n);
        factors = new double[n];
        reflections = new Reflections(reflectors, factors, 0);
        transpose(a, reflectors);
        for (int from = 0; from < n && failed == NONE; from += Reflections.PANEL) {
            int to = Math.min(n, from + Reflections.PANEL);
            for (int j = from; j < to && failed == NONE; j++) {
                reduce(j, to, tolerance, ws);
            }
            if (to < n && failed == NONE) {
                reflections.multiplyPanel(from, to, reflectors.rows(to, n), ws);
            }
        }
    }

    private static void transpose(Matrix x, Matrix y) {
        KernelProvider.kernels(x.precision()).transpose(x, y);
    }

    /// Turns column j into a column of R and a reflection, and applies the reflection to the rest of the panel.
    private void reduce(int j, int panelEnd, double tolerance, Workspace ws) {
        Vector row = reflectors.row(j);
        Vector v = row.slice(j, row.size());
        Reflection reflection = Reflection.of(v, 0);
        Vector column = transposedR.row(j).slice(0, j + 1);
        column.slice(0, j).copyFrom(row.slice(0, j));
        column.set(j, reflection.beta());
        row.slice(0, j).fill(0);
        factors[j] = reflection.tau();
        check(j, column, tolerance);
        if (failed == NONE && j + 1 < panelEnd && reflection.tau() != 0) {
            apply(reflection.tau(), v, reflectors.rows(j + 1, panelEnd).columns(j, row.size()), ws);
        }
    }

    private void check(int j, Vector column, double tolerance) {
        double norm = column.norm();
        distance = norm == 0 ? 0 : Math.abs(column.get(j)) / norm;
        if (!Double.isFinite(norm)) {
            failed = NOT_FINITE;
        } else if (tolerance > 0 && distance <= tolerance) {
            failed = j;
        }
    }

    /// M ← M (I − τ v vᵀ)
    private static void apply(double tau, Vector v, Matrix m, Workspace ws) {
        try (var frame = ws.open()) {
            Vector products = frame.vector(m.precision(), m.rows());
            new MatrixVectorProduct(1, 0, ws).multiply(m, v, products);
            new MatrixVectorProduct(-tau, 1, ws).outer(products, v, m);
        }
    }

    /// The column that is too close to the span of the columns before it, or [#NOT_FINITE], or [#NONE]; the factor is
    /// to be used only in the last case.
    public int failed() {
        return failed;
    }

    /// The distance of the last column that was reduced from the span of the columns before it, relative to its norm.
    public double distance() {
        return distance;
    }

    /// The number of rows of A.
    public int rows() {
        return reflectors.columns();
    }

    /// Rᵀ, with zeros above the diagonal.
    public Matrix transposedR() {
        return transposedR;
    }

    /// Writes the first n columns of Q.
    ///
    /// @param out m × n, overwritten
    public void thinQ(Matrix out, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix transposed = frame.matrix(out.precision(), out.columns(), out.rows());
            reflections.transposeInto(transposed, ws);
            transpose(transposed, out);
        }
    }

    /// out ← Q (U; 0)
    ///
    /// @param u n × n
    /// @param out m × n, overwritten
    public void multiply(Matrix u, Matrix out, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix transposed = frame.matrix(out.precision(), out.columns(), out.rows()).fill(0);
            transpose(u, transposed.columns(0, u.rows()));
            reflections.multiplyTransposed(transposed, ws);
            transpose(transposed, out);
        }
    }

    /// X ← R⁻¹ (the first n rows of Qᵀ B), which minimises ‖A X − B‖.
    ///
    /// @param b m × k, not changed
    /// @param x n × k, overwritten
    public void solve(Matrix b, Matrix x, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix transposed = frame.matrix(b.precision(), b.columns(), b.rows());
            transpose(b, transposed);
            reflections.multiply(transposed, ws);
            transpose(transposed.columns(0, x.rows()), x);
        }
        new TriangularSolve(transposedR, false, false).solveTransposed(x, ws);
    }
}
