package io.quadric.linalg;

import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.ImageKernels;
import io.quadric.linalg.internal.kernel.PatchGeometry;

/// The places of a window over images that stand one in each row of a matrix, channel by channel, row by row.
///
/// K = channels · window height · window width elements are under the window at each of the P places. A convolution is
/// a matrix product with the *patches*, the K × P matrix of what is under the window, row (c, i, j) and column (place):
/// at that place, pixel (i, j) of the window in channel c, or 0 outside the image.
///
/// @param channels feature maps of an image
/// @param height rows of an image
/// @param width columns of an image
/// @param window what is moved
public record Patches(int channels, int height, int width, Window window) {
    /// Checks that the window fits.
    ///
    /// @throws IllegalArgumentException if a size is below 1, or the window does not fit
    public Patches {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "an image of at least 1 × 1 × 1 expected, got " + channels + " × " + height + " × " + width);
        }
        window.placesDown(height);
        window.placesAcross(width);
    }

    /// {@return elements of an image}
    public int imageSize() {
        return geometry().imageSize();
    }

    /// {@return K, the elements under the window}
    public int patchSize() {
        return geometry().patchSize();
    }

    /// {@return places of the window from top to bottom}
    public int placesDown() {
        return geometry().placesDown();
    }

    /// {@return places of the window from left to right}
    public int placesAcross() {
        return geometry().placesAcross();
    }

    /// {@return P, the number of places}
    public int places() {
        return geometry().places();
    }

    PatchGeometry geometry() {
        return new PatchGeometry(channels, height, width, window);
    }

    /// u ← the patches of all images, those of image n in columns n P … (n + 1) P − 1 (im2col).
    ///
    /// @param x one image a row
    /// @param u K × (rows of x · P), overwritten
    /// @param ws threads and scratch
    public void unfold(Matrix x, Matrix u, Workspace ws) {
        check("unfold", x, u);
        ImageKernels k = KernelProvider.images(x.precision());
        PatchGeometry at = geometry();
        ws.parallel(x.rows(), n -> k.unfold(at, x.rows(n, n + 1), columnsOf(n, u)));
    }

    /// u ← the transposed patches of all images, one row for each image and place, places of an image together.
    ///
    /// @param x one image a row
    /// @param u (rows of x · P) × K, overwritten
    /// @param ws threads and scratch
    public void unfoldRows(Matrix x, Matrix u, Workspace ws) {
        if (x.columns() != imageSize() || u.rows() != x.rows() * places() || u.columns() != patchSize()) {
            throw new IllegalArgumentException("unfoldRows: images " + x.shape() + " and patches " + u.shape()
                    + ", expected n × " + imageSize() + " and n · " + places() + " × " + patchSize());
        }
        Shapes.requireSamePrecision("unfoldRows", x.precision(), u.precision());
        ImageKernels k = KernelProvider.images(x.precision());
        PatchGeometry at = geometry();
        ws.parallel(x.rows(), n -> k.unfoldRows(at, x.rows(n, n + 1), u.rows(n * places(), (n + 1) * places())));
    }

    /// x ← the sums of the patches' elements at the pixels they were taken from: the transpose of [#unfold] (col2im).
    ///
    /// @param u K × (rows of x · P)
    /// @param x one image a row, overwritten
    /// @param ws threads and scratch
    public void fold(Matrix u, Matrix x, Workspace ws) {
        check("fold", x, u);
        ImageKernels k = KernelProvider.images(x.precision());
        PatchGeometry at = geometry();
        ws.parallel(x.rows(), n -> k.fold(at, columnsOf(n, u), x.rows(n, n + 1)));
    }

    /// y ← the largest element under the window, channel by channel; of equal ones the first. Padding is not looked at.
    ///
    /// @param x one image a row
    /// @param y as many rows of channels · P elements, overwritten
    /// @param index overwritten: in which column of x each element of y was found; like y
    /// @param ws threads and scratch
    public void maxima(Matrix x, Matrix y, Matrix index, Workspace ws) {
        checkPooled("maxima", x, y);
        Shapes.requireLike("maxima", index, y);
        ImageKernels k = KernelProvider.images(x.precision());
        PatchGeometry at = geometry();
        ws.parallel(x.rows(), n -> k.maxima(at, x.rows(n, n + 1), y.rows(n, n + 1), index.rows(n, n + 1)));
    }

    /// y ← the mean of the elements under the window, channel by channel; padding counts as zeros.
    ///
    /// @param x one image a row
    /// @param y as many rows of channels · P elements, overwritten
    /// @param ws threads and scratch
    public void means(Matrix x, Matrix y, Workspace ws) {
        checkPooled("means", x, y);
        ImageKernels k = KernelProvider.images(x.precision());
        PatchGeometry at = geometry();
        ws.parallel(x.rows(), n -> k.means(at, x.rows(n, n + 1), y.rows(n, n + 1)));
    }

    /// x ← every element of y spread evenly over the pixels that were under the window: the transpose of [#means].
    ///
    /// @param y channels · P elements a row
    /// @param x one image a row, overwritten
    /// @param ws threads and scratch
    public void spread(Matrix y, Matrix x, Workspace ws) {
        checkPooled("spread", x, y);
        ImageKernels k = KernelProvider.images(x.precision());
        PatchGeometry at = geometry();
        ws.parallel(x.rows(), n -> k.spread(at, y.rows(n, n + 1), x.rows(n, n + 1)));
    }

    /// y ← row by row the elements of x at the given columns.
    ///
    /// @param x any matrix
    /// @param index columns of x, like y
    /// @param y as many rows as x, overwritten
    /// @param ws threads and scratch
    public static void pick(Matrix x, Matrix index, Matrix y, Workspace ws) {
        requireIndexed("pick", x, index, y);
        ImageKernels k = KernelProvider.images(x.precision());
        ws.parallel(x.rows(), n -> k.pick(x.rows(n, n + 1), index.rows(n, n + 1), y.rows(n, n + 1)));
    }

    /// x ← zeros, and row by row the elements of y added at the given columns: the transpose of [#pick].
    ///
    /// @param y as many rows as x
    /// @param index columns of x, like y
    /// @param x overwritten
    /// @param ws threads and scratch
    public static void place(Matrix y, Matrix index, Matrix x, Workspace ws) {
        requireIndexed("place", x, index, y);
        ImageKernels k = KernelProvider.images(x.precision());
        ws.parallel(x.rows(), n -> k.place(y.rows(n, n + 1), index.rows(n, n + 1), x.rows(n, n + 1)));
    }

    private static void requireIndexed(String operation, Matrix x, Matrix index, Matrix y) {
        Shapes.requireLike(operation, index, y);
        Shapes.requireSameSize(operation, x.rows(), y.rows());
        Shapes.requireSamePrecision(operation, x.precision(), y.precision());
    }

    private Matrix columnsOf(int n, Matrix u) {
        return u.columns(n * places(), (n + 1) * places());
    }

    private void check(String operation, Matrix x, Matrix u) {
        boolean fits = x.columns() == imageSize()
                && u.rows() == patchSize()
                && u.columns() == (long) x.rows() * places();
        if (!fits) {
            throw new IllegalArgumentException(operation + ": images " + x.shape() + " and patches " + u.shape()
                    + ", expected n × " + imageSize() + " and " + patchSize() + " × n · " + places());
        }
        Shapes.requireSamePrecision(operation, x.precision(), u.precision());
    }

    private void checkPooled(String operation, Matrix x, Matrix y) {
        if (x.columns() != imageSize() || y.columns() != channels * places() || x.rows() != y.rows()) {
            throw new IllegalArgumentException(operation + ": images " + x.shape() + " and values " + y.shape()
                    + ", expected n × " + imageSize() + " and n × " + channels * places());
        }
        Shapes.requireSamePrecision(operation, x.precision(), y.precision());
    }
}
