package io.quadric.linalg.internal.product;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.Kernels;

/// Fills in both triangles of a symmetric matrix from one of them. A task is a strip of rows: it writes its part of the
/// stored triangle and the mirror image.
public final class SymmetricFill {
    /// Rows of a task.
    private static final int STRIP = 64;

    /// The least number of elements for which the threads share the work.
    private static final long SHARED_FROM = 1 << 16;

    private SymmetricFill() {}

    /// Copies one triangle of S to both triangles of `out`.
    ///
    /// @param lower whether it is the lower one
    public static void write(Matrix s, boolean lower, Matrix out, Workspace ws) {
        int n = out.rows();
        int strips = (n + STRIP - 1) / STRIP;
        if ((long) n * n < SHARED_FROM) {
            for (int strip = 0; strip < strips; strip++) {
                write(s, lower, strip, out);
            }
        } else {
            ws.parallel(strips, strip -> write(s, lower, strip, out));
        }
    }

    /// Writes a strip of rows of the lower triangle, or the same columns of the upper one.
    private static void write(Matrix s, boolean lower, int strip, Matrix out) {
        int from = strip * STRIP;
        int to = Math.min(out.rows(), from + STRIP);
        rectangle(s, new Block(from, to, 0, from, lower), out);
        for (int i = from; i < to; i++) {
            rectangle(s, new Block(i, i + 1, from, i + 1, lower), out);
        }
    }

    /// Rows and columns of the lower triangle, or of its mirror image.
    private record Block(int rowFrom, int rowTo, int from, int to, boolean lower) {
        Matrix of(Matrix m) {
            return m.rows(rowFrom, rowTo).columns(from, to);
        }

        Matrix mirroredOf(Matrix m) {
            return m.rows(from, to).columns(rowFrom, rowTo);
        }
    }

    private static void rectangle(Matrix m, Block block, Matrix out) {
        Kernels kernels = KernelProvider.kernels(m.precision());
        Matrix stored = block.lower() ? block.of(m) : block.mirroredOf(m);
        kernels.copy(stored, block.lower() ? block.of(out) : block.mirroredOf(out));
        kernels.transpose(stored, block.lower() ? block.mirroredOf(out) : block.of(out));
    }
}
