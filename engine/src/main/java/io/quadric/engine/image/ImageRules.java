package io.quadric.engine.image;

import java.util.Optional;

/// How images are read.
///
/// @param size what they are scaled to; if empty, all must have the same
/// @param colours of the pixels
public record ImageRules(Optional<Size> size, Colours colours) {
    /// The size of an image.
    ///
    /// @param height in pixels
    /// @param width in pixels
    public record Size(int height, int width) {
        /// Checks the size.
        ///
        /// @throws IllegalArgumentException if it is below 1 or above 4,096
        public Size {
            if (Math.min(height, width) < 1 || Math.max(height, width) > ImageFile.LONGEST) {
                throw new IllegalArgumentException("images of " + height + " × " + width + ", expected 1 to "
                        + ImageFile.LONGEST);
            }
        }

        @Override
        public String toString() {
            return height + " × " + width;
        }
    }

    /// The channels of an image.
    public enum Colours {
        /// Grey if the first image is, else red, green and blue.
        AS_FIRST,
        /// One channel: of colours the luma 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601).
        GREY,
        /// Three channels.
        RGB
    }

    /// {@return images of one size, colours as in the first one}
    public static ImageRules checked() {
        return new ImageRules(Optional.empty(), Colours.AS_FIRST);
    }

    /// {@return the same, scaled}
    ///
    /// @param height in pixels
    /// @param width in pixels
    public ImageRules withSize(int height, int width) {
        return new ImageRules(Optional.of(new Size(height, width)), colours);
    }

    /// {@return the same with other channels}
    ///
    /// @param channels of the pixels
    public ImageRules withColours(Colours channels) {
        return new ImageRules(size, channels);
    }
}
