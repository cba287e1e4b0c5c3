package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;

/// Appends feature maps of zeros. After pooling with a window of 1 × 1 and a stride of 2 it is the shortcut without
/// parameters of He et al. (2016), §3.3, option A.
///
/// @param channels feature maps after the layer, at least those before it
public record PadChannelsLayer(int channels) implements Layer {
    @Override
    public Shape output(Shape input) {
        if (input instanceof Shape.Image(int before, int height, int width) && before <= channels) {
            return new Shape.Image(channels, height, width);
        }
        throw new IllegalArgumentException(
                "padding to " + channels + " channels takes an image of at most as many, got " + input);
    }

    @Override
    public LayerPass open(LayerSite site, Matrix x, Matrix y) {
        return LinearPass.at(new Pad(), x, y, site.workspace());
    }

    private record Pad() implements LinearPass.Linear {
        @Override
        public void apply(Matrix x, Matrix y, Workspace ws) {
            y.columns(0, x.columns()).copyFrom(x);
            y.columns(x.columns(), y.columns()).fill(0);
        }

        @Override
        public void transpose(Matrix dy, Matrix dx, Workspace ws) {
            dx.copyFrom(dy.columns(0, dx.columns()));
        }
    }
}
