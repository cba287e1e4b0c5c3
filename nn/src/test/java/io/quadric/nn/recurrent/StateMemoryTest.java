package io.quadric.nn.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SquaredError;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Checkpoints save memory and change nothing else.
class StateMemoryTest {
    private static final int CASES = 7;
    private static final int FEATURES = 3;

    /// Makes a layer that remembers in a certain way.
    private interface Kind extends Function<StateMemory, Layer> {}

    private static List<Kind> kinds(SequenceOutput output) {
        return List.of(
                memory -> new RecurrentLayer(5, ElementaryFunction.SOFTPLUS, true, output, memory),
                memory -> new LstmLayer(4, true, output, memory),
                memory -> new GruLayer(4, output, memory));
    }

    static Stream<Arguments> all() {
        return Stream.of(SequenceOutput.values())
                .flatMap(output -> kinds(output).stream())
                .flatMap(kind -> Stream.of(Precision.values())
                        .flatMap(precision -> IntStream.of(1, 2, 7, 16).mapToObj(
                                length -> Arguments.of(kind, precision, length))));
    }

    private static Network network(Kind kind, StateMemory memory, int length) {
        Layer below = new RecurrentLayer(4, ElementaryFunction.TANH, false, SequenceOutput.ALL, memory);
        return new Network(new Shape.Sequence(length, FEATURES), List.of(below, kind.apply(memory)));
    }

    private static Linearization at(Network network, Precision precision, Workspace ws) {
        Random random = new Random(1);
        Parameters parameters = network.initialize(Initializer.glorot(), precision, random);
        parameters.update(theta -> Sampling.gaussian(0, 0.4, random, theta.asRow()));
        Matrix inputs = Matrix.zeros(precision, CASES, network.input().size());
        Matrix targets = Matrix.zeros(precision, CASES, network.output().size());
        Sampling.gaussian(0, 1, random, inputs);
        Sampling.gaussian(0, 1, random, targets);
        return Linearization.at(new Model(network, new SquaredError()), parameters, new Batch(inputs, targets), ws);
    }

    private static List<Vector> everything(Network network, Precision precision) {
        List<Vector> all = new ArrayList<>();
        try (var ws = Workspace.serial(); var at = at(network, precision, ws); var frame = ws.open()) {
            int size = network.layout().size();
            Vector v = Vector.zeros(precision, size);
            Sampling.gaussian(0, 1, new Random(2), v.asRow());
            for (int i = 0; i < 4; i++) {
                all.add(Vector.zeros(precision, size));
            }
            at.gradient(all.get(0));
            at.empiricalFisherDiagonal(all.get(1));
            at.gaussNewton().apply(v, all.get(2), ws);
            at.hessian(frame).apply(v, all.get(3), ws);
            all.add(at.outputs().copy().flat());
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("all")
    void bitsAreTheSame(Kind kind, Precision precision, int length) {
        List<Vector> kept = everything(network(kind, StateMemory.ALL_STEPS, length), precision);
        List<Vector> again = everything(network(kind, StateMemory.CHECKPOINTS, length), precision);
        for (int i = 0; i < kept.size(); i++) {
            assertArrayEquals(kept.get(i).toArray(), again.get(i).toArray(), 0, "quantity " + i);
        }
    }

    private static long memory(Kind kind, StateMemory memory, int length) {
        Network network = new Network(new Shape.Sequence(length, FEATURES),
                List.of(kind.apply(memory), new DenseLayer(2, true)));
        try (var ws = Workspace.serial(); var at = at(network, Precision.FLOAT64, ws)) {
            Vector g = Vector.zeros(Precision.FLOAT64, network.layout().size());
            at.gradient(g);
            at.gaussNewton().apply(g.copy(), g, ws);
            return ws.highWater();
        }
    }

    @ParameterizedTest
    @EnumSource(StateMemory.class)
    void memoryGrowsWithTheRootOfTheLength(StateMemory memory) {
        for (Kind kind : kinds(SequenceOutput.LAST)) {
            double growth = (double) memory(kind, memory, 6400) / memory(kind, memory, 1600);
            assertTrue(memory == StateMemory.CHECKPOINTS ? growth < 2.2 : growth > 3.5, "times " + growth);
        }
    }
}
