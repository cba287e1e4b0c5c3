package io.quadric.linalg.internal.eigen;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.factor.Reflection;
import io.quadric.linalg.internal.product.MatrixVectorProduct;

/// A ← Qᵀ A Q, upper Hessenberg, by Householder reflections (Golub & Van Loan, *Matrix Computations*, §7.4); Q is not
/// kept.
final class Hessenberg {
    /// A vector below this norm is taken for zero: A has norm 1.
    private static final double NEGLIGIBLE = 0x1p-900;

    private Hessenberg() {}

    /// @param a FLOAT64, n × n, of norm about 1; overwritten
    static void reduce(Matrix a, Workspace ws) {
        int n = a.rows();
        try (var frame = ws.open()) {
            Vector column = frame.vector(Precision.FLOAT64, n);
            Vector scratch = frame.vector(Precision.FLOAT64, n);
            for (int j = 0; j + 2 < n; j++) {
                Vector v = column.slice(j + 1, n);
                Matrix below = a.rows(j + 1, n).columns(j, j + 1);
                v.asMatrix(v.size(), 1).copyFrom(below);
                Reflection reflection = Reflection.of(v, NEGLIGIBLE);
                below.fill(0).set(0, 0, reflection.beta());
                if (reflection.tau() != 0) {
                    apply(reflection.tau(), v, a, scratch, ws);
                }
            }
        }
    }

    /// A ← (I − τ v vᵀ) A (I − τ v vᵀ), except for the columns that are in Hessenberg form already.
    private static void apply(double tau, Vector v, Matrix a, Vector scratch, Workspace ws) {
        int n = a.rows();
        int first = n - v.size();
        MatrixVectorProduct product = new MatrixVectorProduct(1, 0, ws);
        MatrixVectorProduct update = new MatrixVectorProduct(-tau, 1, ws);
        Matrix rows = a.rows(first, n).columns(first, n);
        Vector w = scratch.slice(first, n);
        product.multiply(rows.t(), v, w);
        update.outer(v, w, rows);
        Matrix columns = a.columns(first, n);
        product.multiply(columns, v, scratch);
        update.outer(scratch, v, columns);
    }
}
