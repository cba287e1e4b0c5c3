package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Patches;
import io.quadric.linalg.Window;

/// The mean of every channel: images become features.
public record GlobalAveragePoolingLayer() implements Layer {
    @Override
    public Shape output(Shape input) {
        return new Shape.Features(patches(input).channels());
    }

    @Override
    public LayerPass open(LayerSite site, Matrix x, Matrix y) {
        return LinearPass.at(new AveragePoolingLayer.Means(patches(site.input())), x, y, site.workspace());
    }

    private static Patches patches(Shape input) {
        if (input instanceof Shape.Image image) {
            Window whole = new Window(image.height(), image.width(), 1, 0);
            return AveragePoolingLayer.patches("", whole, image);
        }
        throw new IllegalArgumentException("global average pooling takes an image, got " + input);
    }
}
