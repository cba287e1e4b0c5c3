package io.quadric.linalg.internal;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.MatrixBatch;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.BlockedGemm.Operands;

/// Many products of small matrices, shared out over the threads in one go, row by row without packing; larger ones one
/// after the other, each on all threads.
public final class BatchedProduct {
    /// Multiplications of one product up to which packing does not pay.
    private static final long SMALL = 1 << 15;

    /// Multiplications of a task: some microseconds.
    private static final long TASK = 1 << 16;

    private final Gemm gemm;
    private final MatrixBatch a;
    private final MatrixBatch b;
    private final MatrixBatch c;

    public BatchedProduct(Gemm gemm, MatrixBatch a, MatrixBatch b, MatrixBatch c) {
        this.gemm = gemm;
        this.a = a;
        this.b = b;
        this.c = c;
    }

    public void run(Workspace ws) {
        long products = (long) a.get(0).rows() * a.get(0).columns() * b.get(0).columns();
        if (products > SMALL || a.isTransposed() && b.isTransposed()) {
            for (int i = 0; i < c.count(); i++) {
                KernelProvider.multiply(gemm, new Operands(a.get(i), b.get(i), c.stored(i)), ws);
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
        Kernels kernels = Kernels.of(out.precision());
        if (a.isTransposed()) {
            clear(out);
            for (int p = 0; p < left.rows(); p++) {
                kernels.ger(gemm.alpha(), left.row(p), right.row(p), out);
            }
            return;
        }
        for (int i = 0; i < out.rows(); i++) {
            if (b.isTransposed()) {
                kernels.gemv(gemm.alpha(), right, left.row(i), gemm.beta(), out.row(i));
            } else {
                kernels.gemvTransposed(gemm.alpha(), right, left.row(i), gemm.beta(), out.row(i));
            }
        }
    }

    private void clear(Matrix out) {
        if (gemm.beta() == 0) {
            out.fill(0);
        } else {
            out.scale(gemm.beta());
        }
    }
}
