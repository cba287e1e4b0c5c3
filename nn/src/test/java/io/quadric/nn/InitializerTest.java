package io.quadric.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class InitializerTest {
    private static final Network NETWORK = new Network(new Shape.Features(40),
            List.of(new DenseLayer(20, true), new DenseLayer(5, true)));

    private static Parameters draw(Initializer initializer, Precision precision) {
        return NETWORK.initialize(
                initializer, precision, RandomGeneratorFactory.of("L64X128MixRandom").create(3));
    }

    /// Uniform in ±b has the standard deviation b/√3.
    @Test
    void glorotFillsItsInterval() {
        assertUniform(Math.sqrt(6.0 / 60), draw(Initializer.glorot(), Precision.FLOAT64).get("0.weight"));
    }

    /// Weights and biases of every layer with connections are uniform in ±1/√fan-in, that of the bias's unit.
    @Test
    void fanInFillsItsIntervalsBiasesToo() {
        Network network = new Network(new Shape.Image(3, 5, 5), List.of(
                new ConvolutionLayer(400, new Window(3, 3, 1, 0), true),
                new BatchNormalizationLayer(1e-5),
                new FlattenLayer(),
                new DenseLayer(400, true)));
        Parameters drawn = network.initialize(
                Initializer.fanIn(), Precision.FLOAT64, RandomGeneratorFactory.of("L64X128MixRandom").create(3));
        assertUniform(1 / Math.sqrt(27), drawn.get("0.weight"));
        assertUniform(1 / Math.sqrt(27), drawn.get("0.bias"));
        assertArrayEquals(new double[400], drawn.get("1.shift").toArray());
        int inputs = drawn.get("3.weight").size() / 400;
        assertUniform(1 / Math.sqrt(inputs), drawn.get("3.bias"));
    }

    private static void assertUniform(double bound, Vector values) {
        double[] drawn = values.toArray();
        assertTrue(Arrays.stream(drawn).allMatch(w -> Math.abs(w) <= bound));
        double deviation = Math.sqrt(Arrays.stream(drawn).map(w -> w * w).average().orElseThrow());
        assertEquals(bound / Math.sqrt(3), deviation, 0.05 * bound);
    }

    @Test
    void biasesStartAsTold() {
        Parameters glorot = draw(Initializer.glorot(), Precision.FLOAT64);
        Parameters sparse = draw(Initializer.sparse(15, 1, 0.5), Precision.FLOAT64);
        assertArrayEquals(new double[20], glorot.get("0.bias").toArray());
        assertTrue(Arrays.stream(sparse.get("0.bias").toArray()).allMatch(b -> b == 0.5));
    }

    @Test
    void sparseUnitsHaveTheirConnections() {
        Parameters sparse = draw(Initializer.sparse(15, 1, 0), Precision.FLOAT64);
        assertConnections(15, sparse, "0.weight");
        assertConnections(15, sparse, "1.weight");
        assertConnections(20, draw(Initializer.sparse(30, 1, 0), Precision.FLOAT64), "1.weight");
        assertThrows(IllegalArgumentException.class, () -> Initializer.sparse(0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> Initializer.sparse(1, 0, 0));
    }

    private static void assertConnections(int expected, Parameters parameters, String name) {
        double[][] rows = NETWORK.layout().slice(name).matrixOf(parameters.values()).toArray();
        for (double[] row : rows) {
            assertEquals(expected, Arrays.stream(row).filter(w -> w != 0).count());
        }
    }

    @Test
    void precisionsDrawTheSameNumbers() {
        for (Initializer initializer : List.of(Initializer.glorot(), Initializer.fanIn(),
                Initializer.sparse(15, 1, 0.5))) {
            double[] wide = draw(initializer, Precision.FLOAT64).values().copy(Precision.FLOAT32).toArray();
            assertArrayEquals(wide, draw(initializer, Precision.FLOAT32).values().toArray());
        }
    }
}
