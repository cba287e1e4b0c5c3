package io.quadric.linalg.internal;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.GemmOperand;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// Products of a matrix with a vector and of two vectors, in parts of [#PART] rows or columns of the result.
public final class MatrixVectorProduct {
    private static final int PART = 64;

    /// Elements of a matrix from which on the threads share the work.
    private static final long SHARED_FROM = 1 << 16;

    private MatrixVectorProduct() {}

    private interface Range {
        void run(int from, int to);
    }

    /// y ← α A x + β y
    public static void multiply(Gemm gemm, GemmOperand a, Vector x, Vector y, Workspace ws) {
        Kernels kernels = Kernels.of(y.precision());
        Matrix m = a.stored();
        if (a.isTransposed()) {
            share(m, m.columns(), ws, (from, to) -> kernels.gemvTransposed(gemm.alpha(), m.columns(from, to), x,
                    gemm.beta(), y.slice(from, to)));
        } else {
            share(m, m.rows(), ws,
                    (from, to) -> kernels.gemv(gemm.alpha(), m.rows(from, to), x, gemm.beta(), y.slice(from, to)));
        }
    }

    /// A ← α x yᵀ + β A
    public static void outer(Gemm gemm, Vector x, Vector y, Matrix a, Workspace ws) {
        Kernels kernels = Kernels.of(y.precision());
        share(a, a.rows(), ws, (from, to) -> {
            Matrix part = a.rows(from, to);
            if (gemm.beta() == 0) {
                part.fill(0);
            } else if (gemm.beta() != 1) {
                part.scale(gemm.beta());
            }
            kernels.ger(gemm.alpha(), x.slice(from, to), y, part);
        });
    }

    private static void share(Matrix a, int size, Workspace ws, Range range) {
        if ((long) a.rows() * a.columns() < SHARED_FROM || ws.threads() == 1) {
            range.run(0, size);
        } else {
            ws.parallel((size + PART - 1) / PART, t -> range.run(t * PART, Math.min(size, (t + 1) * PART)));
        }
    }
}
