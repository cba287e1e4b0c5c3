package io.quadric.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.StructuralDamping;
import io.quadric.nn.layer.StructuralDamping.Distance;
import io.quadric.nn.loss.SquaredError;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StructuralDampingTest {
    private static final double MU = 0.7;

    private static Layer recurrent(ElementaryFunction function, SequenceOutput output) {
        return new RecurrentLayer(3, function, true, output, StateMemory.CHECKPOINTS);
    }

    private static Layer lstm(SequenceOutput output) {
        return new LstmLayer(2, true, output, StateMemory.ALL_STEPS);
    }

    /// The second layer of a network, and the same layer with all its states shown.
    ///
    /// @param divided whether d'' is not the identity
    private record Hidden(Shape input, List<Layer> hidden, List<Layer> shown, Distance distance, boolean divided) {}

    static Stream<Hidden> cases() {
        Shape sequence = new Shape.Sequence(5, 2);
        Layer below = recurrent(ElementaryFunction.TANH, SequenceOutput.ALL);
        Layer dense = new DenseLayer(3, true);
        Layer logisticUnits = new Activation(ElementaryFunction.LOGISTIC);
        Layer tanhUnits = new Activation(ElementaryFunction.TANH);
        Shape features = new Shape.Features(4);
        Layer logistic = recurrent(ElementaryFunction.LOGISTIC, SequenceOutput.ALL);
        return Stream.of(
                new Hidden(sequence, List.of(below, logistic), List.of(below, logistic), Distance.SQUARED_ERROR, false),
                new Hidden(sequence, List.of(below, logistic), List.of(below, logistic), Distance.CROSS_ENTROPY, true),
                new Hidden(sequence, List.of(below, recurrent(ElementaryFunction.LOGISTIC, SequenceOutput.LAST)),
                        List.of(below, logistic), Distance.CROSS_ENTROPY, true),
                new Hidden(sequence, List.of(below, lstm(SequenceOutput.LAST)),
                        List.of(below, lstm(SequenceOutput.ALL)),
                        Distance.CROSS_ENTROPY, false),
                new Hidden(features, List.of(dense, logisticUnits), List.of(dense, logisticUnits),
                        Distance.CROSS_ENTROPY, true),
                new Hidden(features, List.of(dense, tanhUnits), List.of(dense, tanhUnits), Distance.SQUARED_ERROR,
                        false));
    }

    private static Linearization at(Network network, Vector theta, Matrix inputs, Workspace ws) {
        Matrix targets = Matrix.zeros(Precision.FLOAT64, inputs.rows(), network.output().size());
        Model model = new Model(network, new SquaredError(), network.layers().size() == 3 ? 0.1 : 0);
        return Linearization.at(model, new Parameters(network.layout(), theta), new Batch(inputs, targets), ws);
    }

    private static Matrix random(int rows, int columns, long seed) {
        Matrix x = Matrix.zeros(Precision.FLOAT64, rows, columns);
        Sampling.gaussian(0, 0.7, new Random(seed), x);
        return x;
    }

    /// The whole product against the product without damping plus (μ/N) Kᵀ d'' K v, with K v and Kᵀ from the network
    /// that ends with the hidden layer, and d'' from the values of its units.
    @ParameterizedTest
    @MethodSource("cases")
    void productIsThatOfItsParts(Hidden hidden) {
        Network whole = new Network(hidden.input(),
                List.of(hidden.hidden().get(0), hidden.hidden().get(1), new DenseLayer(2, true)));
        Matrix inputs = random(4, hidden.input().size(), 1);
        Vector theta = random(1, whole.layout().size(), 2).row(0);
        Vector v = random(1, whole.layout().size(), 3).row(0);
        Vector expected = v.copy();
        Vector got = v.copy();
        try (var ws = Workspace.serial(); var at = at(whole, theta, inputs, ws)) {
            at.gaussNewton().apply(v, expected, ws);
            at.gaussNewton(new StructuralDamping(MU, hidden.distance(), List.of(1))).apply(v, got, ws);
        }
        addTerm(hidden, theta, inputs, v, expected);
        assertArrayEquals(expected.toArray(), got.toArray(), 1e-12 * expected.norm());
    }

    private static void addTerm(Hidden hidden, Vector theta, Matrix inputs, Vector v, Vector expected) {
        Network part = new Network(hidden.input(), hidden.shown());
        int size = part.layout().size();
        try (var ws = Workspace.serial(); var at = at(part, theta.slice(0, size), inputs, ws)) {
            Matrix h = at.outputs();
            Matrix rh = Matrix.zeros(Precision.FLOAT64, h.rows(), h.columns());
            at.jvp(v.slice(0, size), rh);
            for (int i = 0; hidden.divided() && i < h.rows(); i++) {
                for (int j = 0; j < h.columns(); j++) {
                    rh.set(i, j, rh.get(i, j) / (h.get(i, j) * (1 - h.get(i, j))));
                }
            }
            Vector term = Vector.zeros(Precision.FLOAT64, size);
            at.vjp(rh, term);
            expected.slice(0, size).axpy(MU / h.rows(), term);
        }
    }

    @Test
    void oneProductIsOnePassForwardAndOneBack() {
        AtomicInteger passes = new AtomicInteger();
        Layer counting = new CountingLayer(new DenseLayer(3, true), passes);
        Network network = new Network(
                new Shape.Features(4),
                List.of(counting, new Activation(ElementaryFunction.TANH), new DenseLayer(2, true)));
        Vector theta = random(1, network.layout().size(), 1).row(0);
        try (var ws = Workspace.serial(); var at = at(network, theta, random(3, 4, 2), ws)) {
            at.gaussNewton(new StructuralDamping(MU, Distance.SQUARED_ERROR, List.of(1))).apply(theta, theta.copy(),
                    ws);
        }
        assertEquals(2, passes.get());
    }

    @Test
    void recurrentLayersAreMeantBeforeActivations() {
        Layer tanh = new Activation(ElementaryFunction.TANH);
        Layer dense = new DenseLayer(2, true);
        Layer all = lstm(SequenceOutput.ALL);
        assertEquals(
                List.of(0, 2),
                StructuralDamping.hiddenLayers(List.of(all, tanh, all, tanh, dense)));
        assertEquals(
                List.of(1), StructuralDamping.hiddenLayers(List.of(dense, tanh, dense, tanh)));
        assertThrows(
                IllegalArgumentException.class, () -> StructuralDamping.hiddenLayers(List.of(dense, tanh)));
    }
}
