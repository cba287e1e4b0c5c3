package io.quadric.linalg.internal.blocked;

import io.quadric.linalg.internal.kernel.DoubleMicroKernel;
import io.quadric.linalg.internal.kernel.DoubleRows;

/// Packs blocks into panels (docs/kernels.md). A panel holds, for each inner index, the elements of `width` rows of A
/// or columns of B; panels at the edge are filled up with zeros.
final class DoublePacking {
    private final DoubleMicroKernel kernel;
    private final int width;

    DoublePacking(DoubleMicroKernel kernel, int width) {
        this.kernel = kernel;
        this.width = width;
    }

    /// Packs a block whose panels begin at `start`.
    ///
    /// @param cut whether rows of the stored matrix are inner indices
    void pack(DoubleRows from, boolean cut, /*E*/double[] out, int start) {
        if (cut) {
            cut(from, out, start);
        } else {
            transpose(from, out, start);
        }
    }

    /// The rows of the stored matrix are inner indices: each is cut into pieces, which become one row of each panel.
    ///
    /// Whole vectors read elements beyond the end of a row, which must exist, and overwrite elements after a row of a
    /// panel: rows that are written later, but never the next panel.
    private void cut(DoubleRows from, /*E*/double[] out, int start) {
        int depth = from.count();
        int whole = from.length() / width * width;
        int behind = kernel.copiesBehind(width);
        int p = 0;
        while (p + 4 <= depth && from.canRead(p + 4, whole + behind) && (depth - p - 4) * width >= behind) {
            p += 4;
        }
        kernel.cutFours(from, p, width, out, start);
        for (int j = 0; j < whole && p < depth; j += width) {
            copyRows(from, p, j, out, start + j * depth + p * width);
        }
        if (whole < from.length()) {
            copyRows(from, 0, whole, out, start + whole * depth);
        }
    }

    /// Copies one piece, which begins with element `first`, of the rows from `firstRow` on.
    private void copyRows(DoubleRows from, int firstRow, int first, /*E*/double[] out, int at) {
        /*E*/double[] a = from.array();
        int length = Math.min(width, from.length() - first);
        for (int p = firstRow; p < from.count(); p++) {
            int row = from.offset() + p * from.stride() + first;
            int q = at + (p - firstRow) * width;
            for (int x = 0; x < length; x++) {
                out[q + x] = a[row + x];
            }
            for (int x = length; x < width; x++) {
                out[q + x] = 0;
            }
        }
    }

    /// The rows of the stored matrix are rows of A or columns of B: panels are their transposes.
    private void transpose(DoubleRows from, /*E*/double[] out, int start) {
        for (int i = 0; i < from.count(); i += width) {
            interleave(from, i, out, start + i * from.length());
        }
    }

    /// A pair at the end of a panel is interleaved as four rows where two more follow in memory; what these two leave
    /// in the wrong place is overwritten afterwards, by the other rows or by the next panel.
    private void interleave(DoubleRows from, int first, /*E*/double[] out, int at) {
        int rows = Math.min(width, from.count() - first);
        int i = rows / 4 * 4;
        if (i + 2 <= rows) {
            boolean asFour = first + i + 4 <= from.count();
            int done = asFour ? kernel.interleaveFour(from, first + i, width, out, at + i) : 0;
            interleaveTwo(from, first + i, done, out, at + i);
            i += 2;
        }
        for (; i < rows; i++) {
            spread(from, first + i, out, at + i);
        }
        for (; i < width; i++) {
            for (int p = 0; p < from.length(); p++) {
                out[at + i + p * width] = 0;
            }
        }
        for (i = 0; i + 4 <= rows; i += 4) {
            int done = kernel.interleaveFour(from, first + i, width, out, at + i);
            interleaveFour(from, first + i, done, out, at + i);
        }
    }

    private void interleaveFour(DoubleRows from, int row, int begin, /*E*/double[] to, int at) {
        /*E*/double[] a = from.array();
        int step = width;
        int r0 = from.offset() + row * from.stride();
        int r1 = r0 + from.stride();
        int r2 = r1 + from.stride();
        int r3 = r2 + from.stride();
        int depth = from.length();
        for (int p = begin; p < depth; p++) {
            int q = at + p * step;
            to[q] = a[r0 + p];
            to[q + 1] = a[r1 + p];
            to[q + 2] = a[r2 + p];
            to[q + 3] = a[r3 + p];
        }
    }

    private void interleaveTwo(DoubleRows from, int row, int begin, /*E*/double[] to, int at) {
        /*E*/double[] a = from.array();
        int step = width;
        int r0 = from.offset() + row * from.stride();
        int r1 = r0 + from.stride();
        int depth = from.length();
        for (int p = begin; p < depth; p++) {
            int q = at + p * step;
            to[q] = a[r0 + p];
            to[q + 1] = a[r1 + p];
        }
    }

    private void spread(DoubleRows from, int row, /*E*/double[] out, int at) {
        /*E*/double[] a = from.array();
        int r0 = from.offset() + row * from.stride();
        for (int p = 0; p < from.length(); p++) {
            out[at + p * width] = a[r0 + p];
        }
    }
}
