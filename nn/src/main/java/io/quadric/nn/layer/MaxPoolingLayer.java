package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Patches;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;

/// The largest element under a window, channel by channel. Of equal elements the first one in the window counts, also
/// for the derivatives; padding never does.
///
/// @param window what is moved over the images
public record MaxPoolingLayer(Window window) implements Layer {
    @Override
    public Shape output(Shape input) {
        return AveragePoolingLayer.output("max pooling", window, input);
    }

    @Override
    public boolean hasKinks() {
        return true;
    }

    @Override
    public LayerPass open(LayerSite site) {
        Patches patches = AveragePoolingLayer.patches("max pooling", window, site.input());
        return new LinearPass(new Choice(patches, site.memory(output(site.input()).size())));
    }

    /// Which element of a case each output is.
    private record Choice(Patches patches, Matrix index) implements LinearPass.Linear {
        @Override
        public void forward(Matrix x, Matrix y, Workspace ws) {
            patches.maxima(x, y, index, ws);
        }

        @Override
        public boolean dependsOnInputs() {
            return true;
        }

        @Override
        public void apply(Matrix x, Matrix y, Workspace ws) {
            Patches.pick(x, index, y, ws);
        }

        @Override
        public void transpose(Matrix dy, Matrix dx, Workspace ws) {
            Patches.place(dy, index, dx, ws);
        }
    }
}
