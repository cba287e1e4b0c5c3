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
        return channels * window.height() * window.width();
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
}
