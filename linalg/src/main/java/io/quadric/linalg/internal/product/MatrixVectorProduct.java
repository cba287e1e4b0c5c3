package io.quadric.linalg.internal.product;

import io.quadric.linalg.GemmOperand;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.Kernels;

/// Products of a matrix with a vector, and of two vectors. Threads share the result in parts of [#PART] rows or
/// columns.
public final class MatrixVectorProduct {
    private static final int PART = 64;

    /// The least number of elements of a matrix whose work is shared.
    private static final long SHARED_FROM = 1 << 16;

    private final double alpha;
    private final double beta;
    private final Workspace ws;

    public MatrixVectorProduct(double alpha, double beta, Workspace ws) {
        this.alpha = alpha;
        this.beta = beta;
        this.ws = ws;
    }

    private interface Range {
        void run(int from, int to);
    }

    /// y ← α A x + β y
    public void multiply(GemmOperand a, Vector x, Vector y) {
        Kernels kernels = KernelProvider.kernels(y.precision());
        Matrix m = a.stored();
        if (a.isTransposed()) {
            share(m, m.columns(), (from, to) -> kernels.gemvTransposed(alpha, m.columns(from, to), x,
                    beta, y.slice(from, to)));
        } else {
            share(m, m.rows(), (from, to) -> kernels.gemv(alpha, m.rows(from, to), x, beta, y.slice(from, to)));
        }
    }

    /// A ← α x yᵀ + β A
    public void outer(Vector x, Vector y, Matrix a) {
        Kernels kernels = KernelProvider.kernels(y.precision());
        share(a, a.rows(), (from, to) -> {
            Matrix part = a.rows(from, to);
            if (beta == 0) {
                part.fill(0);
            } else if (beta != 1) {
                part.decay(beta);
            }
            kernels.ger(alpha, x.slice(from, to), y, part);
        });
    }

    private void share(Matrix a, int size, Range range) {
        if ((long) a.rows() * a.columns() < SHARED_FROM || ws.threads() == 1) {
            range.run(0, size);
        } else {
            ws.parallel((size + PART - 1) / PART, t -> range.run(t * PART, Math.min(size, (t + 1) * PART)));
        }
    }
}
