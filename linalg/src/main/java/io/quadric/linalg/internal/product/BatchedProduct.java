package io.quadric.linalg.internal.product;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.MatrixBatch;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.kernel.Kernels;

/// Many products of matrices of one shape. Small ones are shared out over the threads and computed row by row, without
/// packing; larger ones are computed one after the other, each on all threads.
public final class BatchedProduct {
    /// The most multiplications of a product for which packing does not pay.
    private static final long SMALL = 1 << 15;

    /// Multiplications of a task: some microseconds.
    private static final long TASK = 1 << 16;

    private final double alpha;
    private final MatrixBatch a;
    private final MatrixBatch b;
    private final double beta;
    private final MatrixBatch c;

    /// Cᵢ ← α Aᵢ Bᵢ + β Cᵢ
    public BatchedProduct(double alpha, MatrixBatch a, MatrixBatch b, double beta, MatrixBatch c) {
        this.alpha = alpha;
        this.a = a;
        this.b = b;
        this.beta = beta;
        this.c = c;
    }

    public void run(Workspace ws) {
        long products = (long) a.get(0).rows() * a.get(0).columns() * b.get(0).columns();
        if (products > SMALL || a.isTransposed() && b.isTransposed()) {
            for (int i = 0; i < c.count(); i++) {
                MatrixProduct.multiply(alpha, new Operands(a.get(i), b.get(i), c.stored(i)), beta, ws);
            }
            return;
        }
        int each = Math.clamp(TASK / Math.max(1, products), 1, c.count());
        ws.parallel((c.count() + each - 1) / each, t -> {
            for (int i = t * each; i < Math.min(c.count(), (t + 1) * each); i++) {
                multiply(a.stored(i), b.stored(i), c.stored(i));
            }
        });
    }

    private void multiply(Matrix left, Matrix right, Matrix out) {
        Kernels kernels = KernelProvider.kernels(out.precision());
        if (a.isTransposed()) {
            clear(out);
            for (int p = 0; p < left.rows(); p++) {
                kernels.ger(alpha, left.row(p), right.row(p), out);
            }
            return;
        }
        for (int i = 0; i < out.rows(); i++) {
            if (b.isTransposed()) {
                kernels.gemv(alpha, right, left.row(i), beta, out.row(i));
            } else {
                kernels.gemvTransposed(alpha, right, left.row(i), beta, out.row(i));
            }
        }
    }

    private void clear(Matrix out) {
        if (beta == 0) {
            out.fill(0);
        } else {
            out.decay(beta);
        }
    }
}
