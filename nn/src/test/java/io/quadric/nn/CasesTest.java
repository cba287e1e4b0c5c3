package io.quadric.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.StructuralDamping;
import io.quadric.nn.layer.Weights;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import io.quadric.nn.recurrent.GruLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Lengths and weights of cases: what the laws of the verify module do not reach, misuse and structural damping.
class CasesTest {
    private static final int CASES = 3;
    private static final int STEPS = 4;
    private static final Lengths LENGTHS = Lengths.of(2, 4, 1);

    private final Workspace ws = Workspace.serial();

    private static Matrix random(int rows, int columns) {
        Matrix x = Matrix.zeros(Precision.FLOAT64, rows, columns);
        Sampling.gaussian(0, 1, new Random(rows + 31L * columns), x);
        return x;
    }

    private static void assertRefused(Executable misuse, String... named) {
        String message = assertThrows(IllegalArgumentException.class, misuse).getMessage();
        for (String part : named) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void misuseIsRefused() {
        Matrix x = random(CASES, 8);
        assertRefused(() -> Lengths.of(2, 0), "0");
        assertRefused(Lengths::of, "none");
        assertRefused(() -> Weights.of(1, -1), "-1");
        assertRefused(() -> Weights.of(1, Double.NaN), "NaN");
        assertRefused(() -> Weights.of(0, 0), "0.0");
        assertRefused(() -> new Batch(x, x, Lengths.of(1, 2), Weights.EQUAL), "3 cases", "2");
        assertRefused(() -> new Batch(x, x, Lengths.FULL, Weights.of(1, 2)), "3 cases", "2");
        Batch longer = new Batch(x, x, Lengths.of(1, 2, 5), Weights.EQUAL);
        assertRefused(() -> Linearization.at(model(new Shape.Features(8)), zeros(8), longer, ws), "features [8]");
        assertRefused(() -> Linearization.at(model(new Shape.Sequence(4, 2)), zeros(2), longer, ws), "5", "[4, 2]");
    }

    private Model model;

    private Model model(Shape input) {
        int width = input instanceof Shape.Sequence s ? s.features() : input.size();
        model = new Model(new Network(input, List.of(new DenseLayer(width, true))), new SquaredError());
        return model;
    }

    private Parameters zeros(int units) {
        assertEquals(units * (units + 1), model.network().layout().size());
        return Parameters.zeros(model.network().layout(), Precision.FLOAT64);
    }

    @Test
    void casesOfWeightZeroAreLeftOut() {
        Matrix x = random(CASES, 8);
        Batch batch = new Batch(x, x, LENGTHS, Weights.of(1, 0, 3));
        assertEquals(2, batch.cases());
        assertEquals(4, batch.weight());
        assertSame(batch.inputs(), batch.targets());
        assertArrayEquals(x.row(2).toArray(), batch.inputs().row(1).toArray());
        assertArrayEquals(new int[]{2, 1}, batch.lengths().toArray());
        Batch last = batch.rows(1, 2);
        assertEquals(3, last.weight());
        assertArrayEquals(new int[]{1}, last.lengths().toArray());
        assertEquals(CASES, new Batch(x, x).weight());
    }

    static Stream<Layer> recurrent() {
        return Stream.of(StateMemory.values())
                .flatMap(memory -> Stream.of(
                        new RecurrentLayer(2, ElementaryFunction.LOGISTIC, true, SequenceOutput.LAST, memory),
                        new RecurrentLayer(2, ElementaryFunction.LOGISTIC, true, SequenceOutput.ALL, memory),
                        new GruLayer(2, SequenceOutput.ALL, memory)));
    }

    private Vector dampedProduct(Network network, Batch batch, Vector v) {
        Loss loss = new SigmoidCrossEntropy();
        Parameters parameters = new Parameters(network.layout(), random(1, network.layout().size()).row(0));
        Vector product = v.copy();
        StructuralDamping damping = new StructuralDamping(
                0.7, StructuralDamping.Distance.CROSS_ENTROPY, List.of(0));
        try (var at = Linearization.at(new Model(network, loss), parameters, batch, ws)) {
            at.gaussNewton(damping).apply(v, product, ws);
        }
        return product;
    }

    private static Network network(Layer recurrent, int steps) {
        return new Network(new Shape.Sequence(steps, 2), List.of(recurrent, new DenseLayer(1, true)));
    }

    /// The structurally damped product of a batch is the weighted mean of that of every case without its padding.
    @ParameterizedTest
    @MethodSource("recurrent")
    void structuralDampingKnowsLengthsAndWeights(Layer recurrent) {
        Network whole = network(recurrent, STEPS);
        boolean all = whole.output() instanceof Shape.Sequence;
        double[] weights = {1, 2, 0.5};
        Matrix x = random(CASES, 2 * STEPS);
        Matrix t = random(CASES, whole.output().size());
        Vector v = random(1, whole.layout().size() + 1).row(0).slice(0, whole.layout().size());
        Vector mean = Vector.zeros(Precision.FLOAT64, v.size());
        for (int i = 0; i < CASES; i++) {
            int steps = LENGTHS.at(i, STEPS);
            Batch one = new Batch(
                    x.rows(i, i + 1).columns(0, 2 * steps).copy(),
                    t.rows(i, i + 1).columns(0, all ? steps : 1).copy());
            mean.axpy(weights[i] / 3.5, dampedProduct(network(recurrent, steps), one, v));
            x.row(i).slice(2 * steps, 2 * STEPS).fill(Double.NaN);
        }
        Vector product = dampedProduct(whole, new Batch(x, t, LENGTHS, Weights.of(weights)), v);
        assertArrayEquals(mean.toArray(), product.toArray(), 1e-13 * mean.norm());
    }
}
