package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Patches;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;

/// The mean of the elements under a window, channel by channel; padding counts as zeros. With a window of 1 × 1 and a
/// stride it takes every so many pixels.
///
/// @param window what is moved over the images
public record AveragePoolingLayer(Window window) implements Layer {
    @Override
    public Shape output(Shape input) {
        return output("average pooling", window, input);
    }

    static Shape output(String what, Window window, Shape input) {
        Patches patches = patches(what, window, input);
        return new Shape.Image(patches.channels(), patches.placesDown(), patches.placesAcross());
    }

    static Patches patches(String what, Window window, Shape input) {
        if (input instanceof Shape.Image(int channels, int height, int width)) {
            return new Patches(channels, height, width, window);
        }
        throw new IllegalArgumentException(what + " takes an image, got " + input);
    }

    @Override
    public LayerPass open(LayerSite site, Matrix x, Matrix y) {
        Means means = new Means(patches("average pooling", window, site.input()));
        return LinearPass.at(means, x, y, site.workspace());
    }

    /// Means over the window.
    record Means(Patches patches) implements LinearPass.Linear {
        @Override
        public void apply(Matrix x, Matrix y, Workspace ws) {
            patches.means(x, y, ws);
        }

        @Override
        public void transpose(Matrix dy, Matrix dx, Workspace ws) {
            patches.spread(dy, dx, ws);
        }
    }
}
