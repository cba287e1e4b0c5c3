package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;

/// Takes the elements of an image or a sequence as plain features, in the order in which they are stored.
public record FlattenLayer() implements Layer {
    @Override
    public Shape output(Shape input) {
        return new Shape.Features(input.size());
    }

    @Override
    public LayerPass open(LayerSite site, Matrix x, Matrix y) {
        return LinearPass.at(new Identity(), x, y, site.workspace());
    }

    private record Identity() implements LinearPass.Linear {
        @Override
        public void apply(Matrix x, Matrix y, Workspace ws) {
            y.copyFrom(x);
        }

        @Override
        public void transpose(Matrix dy, Matrix dx, Workspace ws) {
            dx.copyFrom(dy);
        }
    }
}
