package io.quadric.linalg;

import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.ImageKernels;
import io.quadric.linalg.internal.kernel.PatchGeometry;

/// The places of a window over images. Each row of a matrix is an image, stored channel by channel and row by row.
///
/// At each of its P places, the window covers K = channels · window height · window width elements. A convolution is a
/// matrix product with the *patches*, a K × P matrix: the element in row (c, i, j) and in the column of a place is
/// pixel (i, j) of the window at that place, in channel c, or 0 outside the image.
///
/// @param channels feature maps of an image
/// @param height rows of an image
/// @param width columns of an image
/// @param window the window that moves over the image
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

    /// {@return the number of elements of an image}
    public int imageSize() {
        return geometry().imageSize();
    }

    /// {@return K, the number of elements under the window}
    public int patchSize() {
        return geometry().patchSize();
    }

    /// {@return the number of places of the window from top to bottom}
    public int placesDown() {
        return geometry().placesDown();
    }

    /// {@return the number of places of the window from left to right}
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

    /// u ← the patches of all images (im2col); columns n P to (n + 1) P − 1 belong to image n.
    ///
    /// @param x one image in each row
    /// @param u K × (rows of x · P), overwritten
    /// @param ws threads and scratch
    public void unfold(Matrix x, Matrix u, Workspace ws) {
        check("unfold", x, u);
        Shapes.requireDisjoint("unfold", x, u);
        ImageKernels k = KernelProvider.images(x.precision());
        PatchGeometry at = geometry();
        ws.parallel(x.rows(), n -> k.unfold(at, x.rows(n, n + 1), columnsOf(n, u)));
    }

    /// u ← the transposed patches of all images: a row for each place, image after image.
    ///
    /// @param x one image in each row
    /// @param u (rows of x · P) × K, overwritten
    /// @param ws threads and scratch
    public void unfoldRows(Matrix x, Matrix u, Workspace ws) {
        if (x.columns() != imageSize() || u.rows() != x.rows() * places() || u.columns() != patchSize()) {
            throw new IllegalArgumentException("unfoldRows: images " + x.shape() + " and patches " + u.shape()
                    + ", expected n × " + imageSize() + " and n · " + places() + " × " + patchSize());
        }
        Shapes.requireSamePrecision("unfoldRows", x.precision(), u.precision());
        Shapes.requireDisjoint("unfoldRows", x, u);
        ImageKernels k = KernelProvider.images(x.precision());
        PatchGeometry at = geometry();
        ws.parallel(x.rows(), n -> k.unfoldRows(at, x.rows(n, n + 1), u.rows(n * places(), (n + 1) * places())));
    }

    /// x ← for each pixel, the sum of the patches' elements that were taken from it (col2im): the transpose of
    /// [#unfold].
    ///
    /// @param u K × (rows of x · P)
    /// @param x one image in each row, overwritten
    /// @param ws threads and scratch
    public void fold(Matrix u, Matrix x, Workspace ws) {
        check("fold", x, u);
        Shapes.requireDisjoint("fold", u, x);
        ImageKernels k = KernelProvider.images(x.precision());
        PatchGeometry at = geometry();
        ws.parallel(x.rows(), n -> k.fold(at, columnsOf(n, u), x.rows(n, n + 1)));
    }

    /// y ← the largest element under the window in each channel; the first one if several are equal. Padding is
    /// ignored.
    ///
    /// @param x one image in each row
    /// @param y channels · P elements in each row, overwritten
    /// @param index of the shape of y, FLOAT64, overwritten: the column of x in which each element of y was found;
    ///     FLOAT32 has no room for the columns of a large image
    /// @param ws threads and scratch
    public void maxima(Matrix x, Matrix y, Matrix index, Workspace ws) {
        checkPooled("maxima", x, y);
        requireIndex("maxima", index, y);
        Shapes.requireDisjoint("maxima", x, y);
        Shapes.requireDisjoint("maxima", x, index);
        Shapes.requireDisjoint("maxima", index, y);
        ImageKernels k = KernelProvider.images(x.precision());
        PatchGeometry at = geometry();
        ws.parallel(x.rows(), n -> k.maxima(at, x.rows(n, n + 1), y.rows(n, n + 1), index.rows(n, n + 1)));
    }

    /// y ← the mean of the elements under the window in each channel; padding counts as zeros.
    ///
    /// @param x one image in each row
    /// @param y channels · P elements in each row, overwritten
    /// @param ws threads and scratch
    public void means(Matrix x, Matrix y, Workspace ws) {
        checkPooled("means", x, y);
        Shapes.requireDisjoint("means", x, y);
        ImageKernels k = KernelProvider.images(x.precision());
        PatchGeometry at = geometry();
        ws.parallel(x.rows(), n -> k.means(at, x.rows(n, n + 1), y.rows(n, n + 1)));
    }

    /// x ← each element of y, spread evenly over the pixels that were under the window: the transpose of [#means].
    ///
    /// @param y channels · P elements in each row
    /// @param x one image in each row, overwritten
    /// @param ws threads and scratch
    public void spread(Matrix y, Matrix x, Workspace ws) {
        checkPooled("spread", x, y);
        Shapes.requireDisjoint("spread", y, x);
        ImageKernels k = KernelProvider.images(x.precision());
        PatchGeometry at = geometry();
        ws.parallel(x.rows(), n -> k.spread(at, y.rows(n, n + 1), x.rows(n, n + 1)));
    }

    /// y ← the elements of x in the given columns, row by row. An index that is not a column of x is an
    /// [IndexOutOfBoundsException].
    ///
    /// @param x any matrix
    /// @param index columns of x, of the shape of y, FLOAT64
    /// @param y as many rows as x, overwritten
    /// @param ws threads and scratch
    public static void pick(Matrix x, Matrix index, Matrix y, Workspace ws) {
        requireIndexed("pick", x, index, y);
        Shapes.requireDisjoint("pick", x, y);
        Shapes.requireDisjoint("pick", index, y);
        ImageKernels k = KernelProvider.images(x.precision());
        ws.parallel(x.rows(), n -> k.pick(x.rows(n, n + 1), index.rows(n, n + 1), y.rows(n, n + 1)));
    }

    /// x ← 0, then the elements of y are added in the given columns, row by row: the transpose of [#pick]. An index
    /// that is not a column of x is an [IndexOutOfBoundsException].
    ///
    /// @param y as many rows as x
    /// @param index columns of x, of the shape of y, FLOAT64
    /// @param x overwritten
    /// @param ws threads and scratch
    public static void place(Matrix y, Matrix index, Matrix x, Workspace ws) {
        requireIndexed("place", x, index, y);
        Shapes.requireDisjoint("place", y, x);
        Shapes.requireDisjoint("place", index, x);
        ImageKernels k = KernelProvider.images(x.precision());
        ws.parallel(x.rows(), n -> k.place(y.rows(n, n + 1), index.rows(n, n + 1), x.rows(n, n + 1)));
    }

    private static void requireIndexed(String operation, Matrix x, Matrix index, Matrix y) {
        requireIndex(operation, index, y);
        Shapes.requireSameSize(operation, x.rows(), y.rows());
        Shapes.requireSamePrecision(operation, x.precision(), y.precision());
    }

    private static void requireIndex(String operation, Matrix index, Matrix y) {
        Shapes.requireSameSize(operation, index.rows(), y.rows());
        Shapes.requireSameSize(operation, index.columns(), y.columns());
        Shapes.requireSamePrecision(operation, index.precision(), Precision.FLOAT64);
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
