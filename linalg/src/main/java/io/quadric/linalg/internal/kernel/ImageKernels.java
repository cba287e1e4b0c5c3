package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// The loops over images and channels, in one precision and one implementation, on the calling thread. The caller has
/// checked shapes and precisions, see [io.quadric.linalg.Patches] and [io.quadric.linalg.Channels].
public interface ImageKernels {
    /// u ← the patches of one image, which is a row; u has the columns of this image only.
    void unfold(PatchGeometry at, Matrix x, Matrix u);

    /// u ← the transposed patches of one image, which is a row; u has a row for each place.
    void unfoldRows(PatchGeometry at, Matrix x, Matrix u);

    /// x ← the sums of the patches in u; x is one image, a row.
    void fold(PatchGeometry at, Matrix u, Matrix x);

    void maxima(PatchGeometry at, Matrix x, Matrix y, Matrix index);

    void means(PatchGeometry at, Matrix x, Matrix y);

    void spread(PatchGeometry at, Matrix y, Matrix x);

    void pick(Matrix x, Matrix index, Matrix y);

    void place(Matrix y, Matrix index, Matrix x);

    /// Adds the sums of the elements of each channel to `sums`, FLOAT64, whose rows share those of x evenly, in their
    /// order.
    void channelSums(Matrix x, Matrix sums);

    void channelDots(Matrix x, Matrix y, Matrix sums);

    void channelAffine(Vector a, Matrix x, Vector e, Matrix y);

    void channelAdd(Vector b, Matrix x, Matrix y);
}
