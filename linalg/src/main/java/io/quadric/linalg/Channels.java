package io.quadric.linalg;

import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.ImageKernels;
import io.quadric.linalg.internal.product.RowRanges;

/// Passes over batches of images in which each channel c has its own coefficient or sum. A row is a case, stored
/// channel by channel, with the same number of elements in each channel. Coefficients and sums are FLOAT64 for either
/// precision of the images; there are as many as channels. Images that are written may be images that are read, the
/// same elements in the same places; any other sharing of elements is an [IllegalArgumentException].
public final class Channels {
    /// Elements that stay in the second-level cache between two passes over them.
    private static final int CACHED = 1 << 14;

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

    /// A matrix and the factors of its channels.
    ///
    /// @param factors one for each channel
    /// @param x one row per case
    public record Term(Vector factors, Matrix x) {}

    /// y ← a_c x + b_c z + e_c, in one pass.
    ///
    /// @param ax a and x, which may be y
    /// @param bz b and z, which shares no elements with y
    /// @param e the summands
    /// @param y overwritten, of the same shape
    /// @param ws threads and scratch
    public static void affine(Term ax, Term bz, Vector e, Matrix y, Workspace ws) {
        check("affine", ax.x(), ax.factors());
        check("affine", bz.x(), bz.factors());
        check("affine", ax.x(), e);
        Shapes.requireElementwise("affine", ax.x(), y);
        Shapes.requireLike("affine", bz.x(), y);
        Shapes.requireDisjoint("affine", bz.x(), y);
        Shapes.requireDisjoint("affine", ax.factors().asRow(), y);
        Shapes.requireDisjoint("affine", bz.factors().asRow(), y);
        Shapes.requireDisjoint("affine", e.asRow(), y);
        ImageKernels k = KernelProvider.images(y.precision());
        int step = Math.max(1, CACHED / Math.max(1, y.columns()));
        RowRanges.share(y, ws, (from, to) -> {
            for (int i = from; i < to; i += step) {
                int end = Math.min(to, i + step);
                Matrix part = y.rows(i, end);
                k.channelAffine(ax.factors(), ax.x().rows(i, end), e, part);
                k.channelAdd(bz.factors(), bz.x().rows(i, end), part);
            }
        });
    }

    /// s ← for each case the sum of the elements of each channel.
    ///
    /// @param x rows case by case, as many for each case
    /// @param s FLOAT64, one row per case, one column per channel, overwritten
    /// @param ws threads and scratch
    public static void caseSums(Matrix x, Matrix s, Workspace ws) {
        ImageKernels k = KernelProvider.images(x.precision());
        eachCase("caseSums", x, s, ws, (from, to, sums) -> k.channelSums(x.rows(from, to), sums));
    }

    /// s ← for each case the sum of the products of corresponding elements in each channel.
    ///
    /// @param x rows case by case, as many for each case
    /// @param y of the same shape
    /// @param s FLOAT64, one row per case, one column per channel, overwritten
    /// @param ws threads and scratch
    public static void caseDots(Matrix x, Matrix y, Matrix s, Workspace ws) {
        Shapes.requireLike("caseDots", x, y);
        Shapes.requireDisjoint("caseDots", y, s);
        ImageKernels k = KernelProvider.images(x.precision());
        eachCase("caseDots", x, s, ws, (from, to, sums) -> k.channelDots(x.rows(from, to), y.rows(from, to), sums));
    }

    private static void eachCase(String operation, Matrix x, Matrix s, Workspace ws, Reduction reduction) {
        if (s.rows() == 0 ? x.rows() > 0 : x.rows() % s.rows() != 0) {
            throw new IllegalArgumentException(
                    operation + ": " + x.rows() + " rows are not shared evenly by " + s.rows() + " cases");
        }
        Shapes.requireDisjoint(operation, x, s);
        s.fill(0);
        if (s.isEmpty() || x.isEmpty()) {
            return;
        }
        check(operation, x, s.row(0));
        int rows = x.rows() / s.rows();
        RowRanges.share(x.rows(0, s.rows()), ws,
                (from, to) -> reduction.add(from * rows, to * rows, s.rows(from, to)));
    }

    private static void check(String operation, Matrix x, Vector channels) {
        Shapes.requireSamePrecision(operation, channels.precision(), Precision.FLOAT64);
        if (channels.size() == 0 || x.columns() % channels.size() != 0) {
            throw new IllegalArgumentException(
                    operation + ": rows of " + x.columns() + " elements do not have " + channels.size() + " channels");
        }
    }

    private interface Reduction {
        /// Adds the sums over some rows to those of their cases, or to a single row.
        void add(int from, int to, Matrix sums);
    }

    private static void reduce(Matrix x, Vector s, Workspace ws, Reduction reduction) {
        int step = RowRanges.height(x);
        int tasks = Math.ceilDiv(x.rows(), step);
        try (var frame = ws.open()) {
            Matrix partial = frame.matrix(Precision.FLOAT64, tasks, s.size());
            partial.fill(0);
            ws.parallel(
                    tasks, i -> reduction.add(i * step, Math.min(x.rows(), (i + 1) * step), partial.rows(i, i + 1)));
            Elementwise.sumRows(1, partial, 0, s);
        }
    }
}
