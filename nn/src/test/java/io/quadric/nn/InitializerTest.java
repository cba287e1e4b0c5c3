package io.quadric.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Eigenvalues;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
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

    private static final Network RECURRENT = new Network(new Shape.Sequence(3, 5), List.of(
            new LstmLayer(20, SequenceOutput.ALL),
            new RecurrentLayer(12, ElementaryFunction.TANH, SequenceOutput.LAST),
            new DenseLayer(30, true)));

    private static Parameters drawRecurrent(Initializer initializer) {
        return RECURRENT.initialize(
                initializer, Precision.FLOAT64, RandomGeneratorFactory.of("L64X128MixRandom").create(3));
    }

    private static List<Matrix> squares(Parameters parameters, String name) {
        Matrix w = RECURRENT.layout().slice(name).matrixOf(parameters.values());
        int n = w.columns();
        return IntStream.range(0, w.rows() / n).mapToObj(g -> w.rows(g * n, (g + 1) * n).copy()).toList();
    }

    /// Of tall and wide weights the columns or rows, of recurrent ones every group.
    @Test
    void orthogonalWeightsAreOrthogonal() {
        Parameters drawn = drawRecurrent(new Initializer.Orthogonal(1.5, 0.2));
        List<Matrix> all = new ArrayList<>(squares(drawn, "0.wh"));
        assertEquals(4, all.size());
        all.addAll(squares(drawn, "1.whh"));
        all.add(RECURRENT.layout().slice("0.wx").matrixOf(drawn.values()));
        all.add(RECURRENT.layout().slice("1.wxh").matrixOf(drawn.values()));
        try (Workspace ws = Workspace.serial()) {
            for (Matrix w : all) {
                int n = Math.min(w.rows(), w.columns());
                Matrix gram = Matrix.identity(Precision.FLOAT64, n);
                Gemm difference = new Gemm(1, -2.25);
                if (w.rows() < w.columns()) {
                    difference.multiply(w, w.t(), gram, ws);
                } else {
                    difference.multiply(w.t(), w, gram, ws);
                }
                assertEquals(0, gram.maxAbs(), 1e-13);
            }
        }
        assertTrue(Arrays.stream(drawn.get("2.bias").toArray()).allMatch(b -> b == 0.2));
        assertArrayEquals(new double[12], drawn.get("1.h0").toArray());
        assertThrows(IllegalArgumentException.class, () -> new Initializer.Orthogonal(0, 0));
    }

    @Test
    void echoStatesHaveTheirRadiusAndConnections() {
        Parameters drawn = drawRecurrent(new Initializer.EchoState(0.9, 4, 0.5, 0));
        List<Matrix> recurrent = new ArrayList<>(squares(drawn, "0.wh"));
        recurrent.addAll(squares(drawn, "1.whh"));
        try (Workspace ws = Workspace.serial()) {
            for (Matrix w : recurrent) {
                var outcome = assertInstanceOf(Eigenvalues.Outcome.Computed.class, Eigenvalues.of(w, ws));
                assertEquals(0.9, outcome.values().spectralRadius(), 1e-12);
                for (double[] row : w.toArray()) {
                    assertEquals(4, Arrays.stream(row).filter(x -> x != 0).count());
                }
            }
        }
        assertEquals(4 * 30, Arrays.stream(drawn.get("2.weight").toArray()).filter(x -> x != 0).count());
        assertThrows(IllegalArgumentException.class, () -> new Initializer.EchoState(0, 4, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Initializer.EchoState(1, 0, 1, 0));
    }

    /// The longest name that fits counts.
    @Test
    void arraysAndLayersHaveTheirOwn() {
        Initializer constant = (spec, values, random) -> values.fill(7);
        Initializer other = (spec, values, random) -> values.fill(8);
        Parameters drawn = drawRecurrent(
                new Initializer.ByName(Map.of("0", constant, "0.wh", other, "2.bias", constant), Initializer.glorot()));
        assertTrue(Arrays.stream(drawn.get("0.bias").toArray()).allMatch(w -> w == 7));
        assertTrue(Arrays.stream(drawn.get("0.wh").toArray()).allMatch(w -> w == 8));
        assertTrue(Arrays.stream(drawn.get("2.bias").toArray()).allMatch(w -> w == 7));
        assertTrue(Arrays.stream(drawn.get("2.weight").toArray()).allMatch(w -> Math.abs(w) < 1));
        var e = assertThrows(IllegalArgumentException.class,
                () -> drawRecurrent(new Initializer.ByName(Map.of("0.w", constant), other)));
        assertTrue(e.getMessage().contains("'0.w'") && e.getMessage().contains("0.wx"), e.getMessage());
    }

    @Test
    void precisionsDrawTheSameNumbers() {
        for (Initializer initializer : List.of(Initializer.glorot(), Initializer.fanIn(),
                Initializer.sparse(15, 1, 0.5), new Initializer.Orthogonal(1, 0), new Initializer.EchoState(1, 3, 1, 0))) {
            double[] wide = draw(initializer, Precision.FLOAT64).values().copy(Precision.FLOAT32).toArray();
            assertArrayEquals(wide, draw(initializer, Precision.FLOAT32).values().toArray());
        }
    }
}
