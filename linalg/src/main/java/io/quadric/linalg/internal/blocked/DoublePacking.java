package io.quadric.linalg.internal.blocked;

import io.quadric.linalg.internal.kernel.DoubleMicroKernel;
import io.quadric.linalg.internal.kernel.DoubleRows;
import io.quadric.linalg.internal.kernel.DoubleTransposition;
import java.util.Arrays;

/// Packs blocks into panels (docs/kernels.md). A panel holds, for each inner index, the elements of `width` rows of A
/// or columns of B; panels at the edge are filled up with zeros.
final class DoublePacking {
    /// Inner indices of a part of a panel: 16 KiB of a panel two vectors of 512 bits wide.
    private static final int PART = 128;

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
    ///
    /// A panel is written some columns at a time, part by part: what the next columns are written to is then still in
    /// the first-level cache.
    private void transpose(DoubleRows from, /*E*/double[] out, int start) {
        DoubleTransposition rows = new DoubleTransposition(from.array(), from.stride(), out, width);
        int depth = from.length();
        for (int i = 0; i < from.count(); i += width) {
            int row = from.offset() + i * from.stride();
            for (int p = 0; p < depth; p += PART) {
                int to = start + i * depth + p * width;
                interleave(rows, from.count() - i, row + p, to, Math.min(PART, depth - p));
            }
        }
    }

    /// A pair at the end of a panel is interleaved as four rows where two more follow in memory; what these two leave
    /// in the wrong place is overwritten afterwards, by the other rows, by the next part or by the next panel.
    private void interleave(DoubleTransposition all, int rowsLeft, int from, int to, int depth) {
        int rows = Math.min(width, rowsLeft);
        if (rows < width) {
            Arrays.fill(all.panels, to, to + depth * width, 0);
        }
        int i = rows / 4 * 4;
        if (i + 2 <= rows) {
            int first = from + i * all.stride;
            int done = i + 4 <= rowsLeft ? kernel.interleaveFour(all, first, to + i, depth) : 0;
            interleaveTwo(all, first + done, to + i + done * width, depth - done);
            i += 2;
        }
        for (; i < rows; i++) {
            spread(all, from + i * all.stride, to + i, depth);
        }
        i = 0;
        for (; i + 8 <= rows; i += 8) {
            interleaveEight(all, from + i * all.stride, to + i, depth);
        }
        if (i + 4 <= rows) {
            interleaveFour(all, from + i * all.stride, to + i, depth);
        }
    }

    private void interleaveEight(DoubleTransposition all, int from, int to, int depth) {
        int done = kernel.interleaveEight(all, from, to, depth);
        interleaveFour(all, from + done, to + done * width, depth - done);
        interleaveFour(all, from + 4 * all.stride + done, to + 4 + done * width, depth - done);
    }

    private void interleaveFour(DoubleTransposition all, int from, int to, int depth) {
        /*E*/double[] a = all.rows;
        /*E*/double[] out = all.panels;
        int step = width;
        int stride = all.stride;
        for (int p = kernel.interleaveFour(all, from, to, depth); p < depth; p++) {
            int q = to + p * step;
            int r = from + p;
            out[q] = a[r];
            out[q + 1] = a[r + stride];
            out[q + 2] = a[r + 2 * stride];
            out[q + 3] = a[r + 3 * stride];
        }
    }

    private void interleaveTwo(DoubleTransposition all, int from, int to, int depth) {
        /*E*/double[] a = all.rows;
        /*E*/double[] out = all.panels;
        int step = width;
        int stride = all.stride;
        for (int p = 0; p < depth; p++) {
            int q = to + p * step;
            out[q] = a[from + p];
            out[q + 1] = a[from + p + stride];
        }
    }

    private void spread(DoubleTransposition all, int from, int to, int depth) {
        for (int p = 0; p < depth; p++) {
            all.panels[to + p * width] = all.rows[from + p];
        }
    }
}
