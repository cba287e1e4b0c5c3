package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// The loops over images and channels, for one precision and one way of computing, on the calling thread. Shapes and
/// precisions were checked by the caller, see [io.quadric.linalg.Patches] and [io.quadric.linalg.Channels].
public interface ImageKernels {
    /// The patches of one image, a row; u has their columns.
    void unfold(PatchGeometry at, Matrix x, Matrix u);

    /// The transposed patches of one image, a row; u has a row for each place.
    void unfoldRows(PatchGeometry at, Matrix x, Matrix u);

    /// Overwrites one image, a row; u has the columns of its patches.
    void fold(PatchGeometry at, Matrix u, Matrix x);

    void maxima(PatchGeometry at, Matrix x, Matrix y, Matrix index);

    void means(PatchGeometry at, Matrix x, Matrix y);

    void spread(PatchGeometry at, Matrix y, Matrix x);

    void pick(Matrix x, Matrix index, Matrix y);

    void place(Matrix y, Matrix index, Matrix x);

    /// Adds to the sums, as `channelDots`.
    void channelSums(Matrix x, Vector sums);

    void channelDots(Matrix x, Matrix y, Vector sums);

    void channelAffine(Vector a, Matrix x, Vector e, Matrix y);

    void channelAdd(Vector b, Matrix x, Matrix y);
}
