package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.nn.layer.ElementwiseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerKind;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.registry.Extension;
import io.quadric.nn.registry.Named;
import java.util.List;

/// A layer of one's own in the registry, and so in all tests that run over it.
public final class MadeUp implements Extension {
    @Override
    public List<Named> entries() {
        return List.of(new LayerKind("bump", Bump.class));
    }

    /// y = sin(x + phase), or cos(x + phase)
    public record Bump(double phase, boolean cosine) implements Layer {
        @Override
        public Shape output(Shape input) {
            return input;
        }

        @Override
        public LayerPass open(LayerSite site, Matrix x, Matrix y) {
            double shift = cosine ? phase + Math.PI / 2 : phase;
            return new ElementwiseLayer(
                    "bump", u -> Math.sin(u + shift), u -> Math.cos(u + shift), u -> -Math.sin(u + shift))
                    .open(site, x, y);
        }
    }
}
