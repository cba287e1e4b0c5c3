package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Patches;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;

/// The largest element under a window, channel by channel. Of equal elements the first one in the window counts, in
/// the derivatives too; padding never does.
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
    public LayerPass open(LayerSite site, Matrix x, Matrix y) {
        Patches patches = AveragePoolingLayer.patches("max pooling", window, site.input());
        Matrix index = site.frame().matrix(Precision.FLOAT64, y.rows(), y.columns());
        patches.maxima(x, y, index, site.workspace());
        return new LinearPass(new Choice(index));
    }

    /// Which element of a case each output is.
    private record Choice(Matrix index) implements LinearPass.Linear {
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
