package io.quadric.nn.layer;

import java.io.Serializable;
import java.util.List;

/// What one case looks like on its way through a network. In a batch matrix every case is one row.
public sealed interface Shape extends Serializable {
    /// {@return elements of one case}
    int size();

    /// Plain features.
    ///
    /// @param size the number of features
    record Features(int size) implements Shape {
        /// Checks the size.
        public Features {
            requirePositive("features", size);
        }

        @Override
        public String toString() {
            return "features [" + size + "]";
        }
    }

    /// An image, stored channel by channel, row by row.
    ///
    /// @param channels colours or feature maps
    /// @param height rows
    /// @param width columns
    record Image(int channels, int height, int width) implements Shape {
        /// Checks the sizes.
        public Image {
            requirePositive("channels", channels);
            requirePositive("height", height);
            requirePositive("width", width);
            ElementCount.of("an image", List.of(channels, height, width));
        }

        @Override
        public int size() {
            return channels * height * width;
        }

        @Override
        public String toString() {
            return "image [" + channels + ", " + height + ", " + width + "]";
        }
    }

    /// A sequence, stored time step by time step.
    ///
    /// @param length time steps
    /// @param features elements of one time step
    record Sequence(int length, int features) implements Shape {
        /// Checks the sizes.
        public Sequence {
            requirePositive("length", length);
            requirePositive("features", features);
            ElementCount.of("a sequence", List.of(length, features));
        }

        @Override
        public int size() {
            return length * features;
        }

        @Override
        public String toString() {
            return "sequence [" + length + ", " + features + "]";
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, got " + value);
        }
    }
}
