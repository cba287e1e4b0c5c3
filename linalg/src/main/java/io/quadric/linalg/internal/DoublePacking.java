package io.quadric.linalg.internal;

/// Packs blocks into panels (docs/kernels.md): panel after panel, and in a panel for each inner index the elements of
/// `width` rows of A or columns of B. Panels at the edge are filled up with zeros.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class DoublePacking {
    private final DoubleMicroKernel kernel;
    private final int width;
    private final /*E*/double[] out;
    private final int start;

    DoublePacking(DoubleMicroKernel kernel, int width, /*E*/double[] out, int start) {
        this.kernel = kernel;
        this.width = width;
        this.out = out;
        this.start = start;
    }

    /// Rows of the matrix are inner indices: each is cut into pieces, one row of a panel each.
    ///
    /// Whole vectors read elements behind a row, which must exist, and overwrite what stands behind a row of a panel:
    /// the next rows, which are written later, but not the next panel.
    void cut(DoubleRows from) {
        int depth = from.count();
        int whole = from.length() / width * width;
        int behind = kernel.copiesBehind(width);
        int p = 0;
        while (p + 4 <= depth && from.canRead(p + 4, whole + behind) && (depth - p - 4) * width >= behind) {
            p += 4;
        }
        kernel.cutFours(from.part(0, p, 0, whole), width, out, start, depth * width);
        for (int j = 0; j < whole && p < depth; j += width) {
            copyRows(from.part(p, depth, j, j + width), start + j * depth + p * width);
        }
        if (whole < from.length()) {
            copyRows(from.part(0, depth, whole, from.length()), start + whole * depth);
        }
    }

    private void copyRows(DoubleRows from, int at) {
        /*E*/double[] a = from.array();
        int length = from.length();
        for (int p = 0; p < from.count(); p++) {
            int row = from.offset() + p * from.stride();
            int q = at + p * width;
            for (int x = 0; x < length; x++) {
                out[q + x] = a[row + x];
            }
            for (int x = length; x < width; x++) {
                out[q + x] = 0;
            }
        }
    }

    /// Rows of the matrix are rows of A or columns of B: panels are their transposes.
    void transpose(DoubleRows from) {
        for (int i = 0; i < from.count(); i += width) {
            interleave(from, i, Math.min(width, from.count() - i));
        }
    }

    private void interleave(DoubleRows from, int first, int rows) {
        int depth = from.length();
        int at = start + first * depth;
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            DoubleRows four = from.part(first + i, first + i + 4, 0, depth);
            interleaveFour(four, kernel.interleaveFour(four, width, out, at + i), at + i);
        }
        for (; i + 2 <= rows; i += 2) {
            interleaveTwo(from, first + i, at + i);
        }
        for (; i < rows; i++) {
            spread(from, first + i, at + i);
        }
        for (; i < width; i++) {
            for (int p = 0; p < depth; p++) {
                out[at + i + p * width] = 0;
            }
        }
    }

    private void interleaveFour(DoubleRows from, int begin, int at) {
        /*E*/double[] a = from.array();
        /*E*/double[] to = out;
        int step = width;
        int r0 = from.offset();
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

    private void interleaveTwo(DoubleRows from, int row, int at) {
        /*E*/double[] a = from.array();
        /*E*/double[] to = out;
        int step = width;
        int r0 = from.offset() + row * from.stride();
        int r1 = r0 + from.stride();
        int depth = from.length();
        for (int p = 0; p < depth; p++) {
            int q = at + p * step;
            to[q] = a[r0 + p];
            to[q + 1] = a[r1 + p];
        }
    }

    private void spread(DoubleRows from, int row, int at) {
        /*E*/double[] a = from.array();
        int r0 = from.offset() + row * from.stride();
        for (int p = 0; p < from.length(); p++) {
            out[at + p * width] = a[r0 + p];
        }
    }
}
