package io.quadric.linalg;

import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.ImageKernels;
import io.quadric.linalg.internal.product.RowRanges;

/// Passes over batches of images in which each channel c has its own coefficient or sum. A row is a case, stored
/// channel by channel, with the same number of elements in each channel. Coefficients and sums are FLOAT64 for either
/// precision of the images; there are as many as channels. Images that are written may be images that are read, the
/// same elements in the same places; any other sharing of elements is an [IllegalArgumentException].
public final class Channels {
    private Channels() {}

    /// s ← the sum of the elements of each channel, over all cases.
    ///
    /// @param x one row per case
    /// @param s overwritten
    /// @param ws threads and scratch
    public static void sums(Matrix x, Vector s, Workspace ws) {
        check("sums", x, s);
        Shapes.requireDisjoint("sums", x, s.asRow());
        ImageKernels k = KernelProvider.images(x.precision());
        reduce(x, s, ws, (from, to, sums) -> k.channelSums(x.rows(from, to), sums));
    }

    /// s ← the sum of the products of corresponding elements in each channel, over all cases.
    ///
    /// @param x one row per case
    /// @param y of the same shape
    /// @param s overwritten
    /// @param ws threads and scratch
    public static void dots(Matrix x, Matrix y, Vector s, Workspace ws) {
        check("dots", x, s);
        Shapes.requireLike("dots", x, y);
        Shapes.requireDisjoint("dots", x, s.asRow());
        Shapes.requireDisjoint("dots", y, s.asRow());
        ImageKernels k = KernelProvider.images(x.precision());
        reduce(x, s, ws, (from, to, sums) -> k.channelDots(x.rows(from, to), y.rows(from, to), sums));
    }

    /// y ← a_c x + e_c
    ///
    /// @param a the factors
    /// @param x one row per case
    /// @param e the summands
    /// @param y overwritten, of the same shape
    /// @param ws threads and scratch
    public static void affine(Vector a, Matrix x, Vector e, Matrix y, Workspace ws) {
        check("affine", x, a);
        check("affine", x, e);
        Shapes.requireElementwise("affine", x, y);
        Shapes.requireDisjoint("affine", a.asRow(), y);
        Shapes.requireDisjoint("affine", e.asRow(), y);
        ImageKernels k = KernelProvider.images(x.precision());
        RowRanges.share(x, ws, (from, to) -> k.channelAffine(a, x.rows(from, to), e, y.rows(from, to)));
    }

    /// y ← y + b_c x
    ///
    /// @param b the factors
    /// @param x one row per case
    /// @param y accumulated, of the same shape
    /// @param ws threads and scratch
    public static void add(Vector b, Matrix x, Matrix y, Workspace ws) {
        check("add", x, b);
        Shapes.requireElementwise("add", x, y);
        Shapes.requireDisjoint("add", b.asRow(), y);
        ImageKernels k = KernelProvider.images(x.precision());
        RowRanges.share(x, ws, (from, to) -> k.channelAdd(b, x.rows(from, to), y.rows(from, to)));
    }

    private static void check(String operation, Matrix x, Vector channels) {
        Shapes.requireSamePrecision(operation, channels.precision(), Precision.FLOAT64);
        if (channels.size() == 0 || x.columns() % channels.size() != 0) {
            throw new IllegalArgumentException(
                    operation + ": rows of " + x.columns() + " elements do not have " + channels.size() + " channels");
        }
    }

    private interface Reduction {
        /// Adds the sums over some rows.
        void add(int from, int to, Vector sums);
    }

    private static void reduce(Matrix x, Vector s, Workspace ws, Reduction reduction) {
        int step = RowRanges.height(x);
        int tasks = Math.ceilDiv(x.rows(), step);
        try (var frame = ws.open()) {
            Matrix partial = frame.matrix(Precision.FLOAT64, tasks, s.size());
            partial.fill(0);
            ws.parallel(
                    tasks, i -> reduction.add(i * step, Math.min(x.rows(), (i + 1) * step), partial.row(i)));
            Elementwise.sumRows(1, partial, 0, s);
        }
    }
}
