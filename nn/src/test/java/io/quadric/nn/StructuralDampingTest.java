package io.quadric.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.StructuralDamping;
import io.quadric.nn.layer.StructuralDamping.Distance;
import io.quadric.nn.layer.Weights;
import io.quadric.nn.loss.SquaredError;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
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

    /// A network of three layers whose second one is damped, on cases of different weights and, if sequences, lengths.
    private static Linearization uneven(Hidden hidden, Workspace ws) {
        Network whole = new Network(hidden.input(),
                List.of(hidden.hidden().get(0), hidden.hidden().get(1), new DenseLayer(2, true)));
        Lengths lengths = hidden.input() instanceof Shape.Sequence ? Lengths.of(5, 2, 3, 5) : Lengths.FULL;
        Matrix inputs = random(4, hidden.input().size(), 1);
        Matrix targets = Matrix.zeros(Precision.FLOAT64, 4, whole.output().size());
        Vector theta = random(1, whole.layout().size(), 2).row(0);
        Model model = new Model(whole, new SquaredError());
        return Linearization.at(model, new Parameters(whole.layout(), theta),
                new Batch(inputs, targets, lengths, Weights.of(1, 0.5, 0, 2)), ws);
    }

    /// What the term adds to the Gauss-Newton matrix, and its diagonal, element by element.
    @ParameterizedTest
    @MethodSource({"cases", "coupled"})
    void theTermAloneIsTheDifferenceAndKnowsItsDiagonal(Hidden hidden) {
        try (var ws = Workspace.serial(); var at = uneven(hidden, ws)) {
            StructuralDamping damping = new StructuralDamping(MU, hidden.distance(), List.of(1));
            StructuralTerm term = at.structural(damping);
            Vector diagonal = Vector.zeros(Precision.FLOAT64, term.size()).fill(3);
            term.addDiagonal(diagonal);
            Vector unit = Vector.zeros(Precision.FLOAT64, term.size());
            Vector column = unit.copy();
            Vector difference = unit.copy();
            Vector undamped = unit.copy();
            for (int j = 0; j < term.size(); j++) {
                unit.fill(0).set(j, 1);
                term.apply(unit, column, ws);
                at.gaussNewton(damping).apply(unit, difference, ws);
                at.gaussNewton().apply(unit, undamped, ws);
                difference.axpy(-1, undamped);
                assertArrayEquals(difference.toArray(), column.toArray(), 1e-12);
                assertEquals(3 + column.get(j), diagonal.get(j), 1e-12);
            }
        }
    }

    static Stream<Hidden> coupled() {
        List<Layer> layers = List.of(
                new ResidualLayer(List.of(new DenseLayer(3, false), new BatchNormalizationLayer(1e-3)),
                        List.of(new DenseLayer(3, false))),
                new Activation(ElementaryFunction.LOGISTIC));
        return Stream.of(new Hidden(new Shape.Features(4), layers, layers, Distance.CROSS_ENTROPY, true));
    }

    /// With s signs the mean of the estimates deviates by the estimates' spread over √s.
    @ParameterizedTest
    @MethodSource("cases")
    void theEstimateOfTheDiagonalIsUnbiased(Hidden hidden) {
        int draws = 4000;
        try (var ws = Workspace.serial(); var at = uneven(hidden, ws)) {
            StructuralTerm term = at.structural(new StructuralDamping(MU, hidden.distance(), List.of(1)));
            Vector exact = Vector.zeros(Precision.FLOAT64, term.size());
            Vector mean = exact.copy();
            term.addDiagonal(exact);
            Random random = new Random(5);
            for (int i = 0; i < draws; i++) {
                term.addDiagonalEstimate(random, mean);
            }
            mean.scale(1.0 / draws);
            assertArrayEquals(exact.toArray(), mean.toArray(), 0.1 * maximum(exact));
            assertTrue(mean.copy().axpy(-1, exact).norm() < 0.05 * exact.norm(), hidden::toString);
        }
    }

    private static double maximum(Vector d) {
        return DoubleStream.of(d.toArray()).max().orElseThrow();
    }

    @Test
    void saturatedUnitsHaveNoCurvature() {
        assertEquals(2, Distance.CROSS_ENTROPY.rootCurvature(0.5));
        assertEquals(0, Distance.CROSS_ENTROPY.rootCurvature(1));
        assertEquals(0, Distance.CROSS_ENTROPY.rootCurvature(0));
        assertEquals(1, Distance.SQUARED_ERROR.rootCurvature(0));
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
