package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Window;

/// The sizes of [io.quadric.linalg.Patches], which checks that the window fits.
///
/// @param channels feature maps of an image
/// @param height rows of an image
/// @param width columns of an image
/// @param window what is moved over it
public record PatchGeometry(int channels, int height, int width, Window window) {
    /// Elements of an image.
    public int imageSize() {
        return channels * height * width;
    }

    /// Elements under the window.
    public int patchSize() {
        return channels * area();
    }

    /// Places of the window from top to bottom.
    public int placesDown() {
        return window.placesDown(height);
    }

    /// Places of the window from left to right.
    public int placesAcross() {
        return window.placesAcross(width);
    }

    /// All places of the window.
    public int places() {
        return placesDown() * placesAcross();
    }

    /// Elements under the window in one channel.
    public int area() {
        return window.height() * window.width();
    }

    /// What is done with the pixels that row k = (c, i, j) of the patches meets.
    @FunctionalInterface
    public interface Run {
        /// Goes over a row of places from `place` on; their pixels begin at `pixel` and are a stride apart.
        void row(int k, int place, int pixel, int count);
    }

    /// Goes over all rows of the patches, one row of places at a time.
    public void walk(Run run) {
        int across = placesAcross();
        int down = placesDown();
        for (int k = 0; k < patchSize(); k++) {
            int i = k / window.width() % window.height();
            int c = k / area();
            Overlap rows = Overlap.of(i, window.strideDown(), window.padDown(), height, down);
            Overlap columns = Overlap.of(k % window.width(), window.strideAcross(), window.padAcross(), width, across);
            int pixel = (c * height + rows.first()) * width + columns.first();
            for (int r = rows.from(); r < rows.to(); r++) {
                run.row(k, r * across + columns.from(), pixel, columns.to() - columns.from());
                pixel += window.strideDown() * width;
            }
        }
    }

    /// The same for pooling, where the places of channel c begin at c P.
    public void walkPooled(Run run) {
        int area = area();
        int places = places();
        walk((k, place, pixel, count) -> run.row(k, k / area * places + place, pixel, count));
    }
}
