package io.quadric.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SquaredError;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Blocks within blocks: what a network does with them takes time by their number, not by two to their number.
class NestedBlocksTest {
    private static Layer nested(int depth, boolean isProjected) {
        Layer layer = new DenseLayer(2, true);
        for (int i = 1; i < depth; i++) {
            List<Layer> shortcut = isProjected ? List.of(new DenseLayer(2, false)) : List.of();
            layer = new ResidualLayer(List.of(layer), shortcut);
        }
        return layer;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void threeHundredBlocksWithinEachOther(boolean isProjected) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            Network network = new Network(new Shape.Features(2), List.of(nested(330, isProjected)));
            Model model = new Model(network, new SquaredError());
            assertEquals(6 + (isProjected ? 329 * 4 : 0), network.layout().size());
            Parameters parameters = network.initialize(Initializer.glorot(), Precision.FLOAT64, new Random(1));
            Batch batch = new Batch(Matrix.zeros(Precision.FLOAT64, 3, 2), Matrix.zeros(Precision.FLOAT64, 3, 2));
            try (Workspace ws = Workspace.serial(); Linearization at = Linearization.at(model, parameters, batch, ws)) {
                Vector gradient = Vector.zeros(Precision.FLOAT64, network.layout().size());
                at.gradient(gradient);
                assertTrue(Double.isFinite(at.loss()) && gradient.isFinite());
            }
        });
    }
}
