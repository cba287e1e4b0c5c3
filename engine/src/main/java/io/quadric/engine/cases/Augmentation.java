package io.quadric.engine.cases;

import io.quadric.linalg.Matrix;
import io.quadric.nn.layer.Shape;

/// Random changes of images that leave alone what they show (He et al. 2016, §4.2): the image is padded with zeros on
/// all sides and a part of its size is cut out anywhere, and it is mirrored from left to right in half of the cases.
/// All channels change alike.
///
/// @param image one case
/// @param crop pixels of padding on each side; 0 for none
/// @param flips whether images are mirrored
public record Augmentation(Shape.Image image, int crop, Flips flips) {
    /// Whether images are mirrored.
    public enum Flips {
        /// They are not.
        NONE,
        /// Half of them, from left to right.
        HORIZONTAL
    }

    /// Checks the padding.
    ///
    /// @throws IllegalArgumentException if it is negative or not smaller than the image
    public Augmentation {
        if (crop < 0 || crop >= Math.min(image.height(), image.width())) {
            throw new IllegalArgumentException("crop=" + crop + ", expected at least 0 and less than height and width "
                    + "of the " + image);
        }
    }

    /// Changes one image.
    ///
    /// @param bits decide how
    /// @param from images
    /// @param to as many images, of which one is overwritten
    /// @param row which one
    void apply(long bits, Matrix from, Matrix to, int row) {
        int places = 2 * crop + 1;
        int down = (int) ((bits & 0xffffff) * places >>> 24) - crop;
        int right = (int) ((bits >>> 24 & 0xffffff) * places >>> 24) - crop;
        boolean mirrored = flips == Flips.HORIZONTAL && bits < 0;
        to.row(row).fill(0);
        int lines = image.channels() * image.height();
        for (int line = 0; line < lines; line++) {
            int source = line % image.height() + down;
            if (source >= 0 && source < image.height()) {
                int start = (line + down) * image.width();
                copy(from, from.rowOffset(row) + start, to, to.rowOffset(row) + line * image.width(), right);
                if (mirrored) {
                    mirror(to, to.rowOffset(row) + line * image.width());
                }
            }
        }
    }

    /// A line of pixels, moved.
    private void copy(Matrix from, int source, Matrix to, int target, int right) {
        int count = image.width() - Math.abs(right);
        int first = Math.max(0, right);
        int place = Math.max(0, -right);
        switch (to.precision()) {
            case FLOAT32 -> System.arraycopy(from.floats(), source + first, to.floats(), target + place, count);
            case FLOAT64 -> System.arraycopy(from.doubles(), source + first, to.doubles(), target + place, count);
        }
    }

    private void mirror(Matrix images, int line) {
        int last = line + image.width() - 1;
        for (int i = 0; i < image.width() / 2; i++) {
            switch (images.precision()) {
                case FLOAT32 -> {
                    float left = images.floats()[line + i];
                    images.floats()[line + i] = images.floats()[last - i];
                    images.floats()[last - i] = left;
                }
                case FLOAT64 -> {
                    double left = images.doubles()[line + i];
                    images.doubles()[line + i] = images.doubles()[last - i];
                    images.doubles()[last - i] = left;
                }
            }
        }
    }
}
