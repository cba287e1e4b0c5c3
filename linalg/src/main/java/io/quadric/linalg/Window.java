package io.quadric.linalg;

import java.io.Serializable;

/// The window that a convolution or a pooling moves over an image: its size, how far it moves at a time, and by how
/// many zeros the image is extended on each side.
///
/// @param height rows of the window
/// @param width columns of the window
/// @param strideDown rows from one place to the next one below
/// @param strideAcross columns from one place to the next one to the right
/// @param padDown rows of zeros above and below
/// @param padAcross columns of zeros to the left and right
public record Window(int height, int width, int strideDown, int strideAcross, int padDown, int padAcross)
        implements Serializable {
    /// Checks the sizes.
    ///
    /// @throws IllegalArgumentException if a size or stride is below 1, or the padding is negative or not smaller than
    ///     the window
    public Window {
        if (height < 1 || width < 1 || strideDown < 1 || strideAcross < 1) {
            throw new IllegalArgumentException("a window of at least 1 × 1 with strides of at least 1 expected, got "
                    + height + " × " + width + " with strides " + strideDown + ", " + strideAcross);
        }
        if (padDown < 0 || padDown >= height || padAcross < 0 || padAcross >= width) {
            throw new IllegalArgumentException("the padding must be at least 0 and smaller than the window of " + height
                    + " × " + width + ", got " + padDown + ", " + padAcross);
        }
    }

    /// A window with the same stride and padding down and across.
    ///
    /// @param height rows of the window
    /// @param width columns of the window
    /// @param stride rows and columns from one place to the next
    /// @param padding zeros on each side
    public Window(int height, int width, int stride, int padding) {
        this(height, width, stride, stride, padding, padding);
    }

    /// {@return the number of places of the window from top to bottom of an image}: ⌊(height + 2 padding − window) /
    /// stride⌋ + 1.
    ///
    /// @param imageHeight rows of the image
    /// @throws IllegalArgumentException if the window does not fit
    public int placesDown(int imageHeight) {
        return places(imageHeight + 2L * padDown, height, strideDown);
    }

    /// {@return the number of places of the window from left to right of an image}
    ///
    /// @param imageWidth columns of the image
    /// @throws IllegalArgumentException if the window does not fit
    public int placesAcross(int imageWidth) {
        return places(imageWidth + 2L * padAcross, width, strideAcross);
    }

    private int places(long padded, int size, int stride) {
        if (padded < size) {
            throw new IllegalArgumentException(
                    "a window of " + height + " × " + width + " does not fit into " + padded + " padded pixels");
        }
        long places = (padded - size) / stride + 1;
        if (places > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a window of " + height + " × " + width + " has " + places
                    + " places, expected at most " + Integer.MAX_VALUE);
        }
        return (int) places;
    }
}
