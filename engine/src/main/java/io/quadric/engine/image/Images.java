package io.quadric.engine.image;

import io.quadric.nn.layer.Shape;
import java.util.List;

/// Images of one size, with their classes.
///
/// @param shape of one image
/// @param pixels image by image, channel by channel, row by row; 0 … 255, unsigned
/// @param labels the class of each image, from 0
/// @param classes their names
public record Images(Shape.Image shape, byte[] pixels, int[] labels, List<String> classes) {
    /// Checks the numbers.
    ///
    /// @throws IllegalArgumentException if there are more or fewer pixels than images have
    public Images {
        classes = List.copyOf(classes);
        if (pixels.length != labels.length * shape.size()) {
            throw new IllegalArgumentException(pixels.length + " pixels for " + labels.length + " images of " + shape);
        }
    }
}
