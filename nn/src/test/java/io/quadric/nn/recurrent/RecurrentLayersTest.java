package io.quadric.nn.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecurrentLayersTest {
    private static final int CASES = 500;

    private static Network network(StateMemory memory) {
        return new Network(
                new Shape.Sequence(6, 4),
                List.of(
                        new RecurrentLayer(70, ElementaryFunction.TANH, true, SequenceOutput.ALL, memory),
                        new GruLayer(60, SequenceOutput.ALL, memory),
                        new LstmLayer(80, true, SequenceOutput.LAST, memory),
                        new DenseLayer(3, true)));
    }

    private static Linearization at(Network network, Workspace ws) {
        Parameters parameters = network.initialize(Initializer.glorot(), Precision.FLOAT32, new Random(1));
        Matrix inputs = Matrix.zeros(Precision.FLOAT32, CASES, network.input().size());
        Sampling.gaussian(0, 1, new Random(2), inputs);
        Matrix targets = Matrix.zeros(Precision.FLOAT32, CASES, network.output().size());
        return Linearization.at(new Model(network, new SquaredError()), parameters, new Batch(inputs, targets), ws);
    }

    private static double[] hessianProduct(StateMemory memory, int threads) {
        Network network = network(memory);
        Vector g = Vector.zeros(Precision.FLOAT32, network.layout().size());
        Vector hg = g.copy();
        try (var ws = Workspace.withThreads(threads); var at = at(network, ws); var frame = ws.open()) {
            at.gradient(g);
            at.hessian(frame).apply(g, hg, ws);
        }
        return hg.toArray();
    }

    @ParameterizedTest
    @EnumSource
    void bitsDoNotDependOnThreads(StateMemory memory) {
        assertArrayEquals(hessianProduct(memory, 1), hessianProduct(memory, 3));
    }

    @ParameterizedTest
    @EnumSource
    void scratchIsGivenBack(StateMemory memory) {
        Network network = network(memory);
        Vector g = Vector.zeros(Precision.FLOAT32, network.layout().size());
        try (var ws = Workspace.serial(); var at = at(network, ws)) {
            at.gradient(g);
            at.gaussNewton().apply(g.copy(), g, ws);
            long once = ws.highWater();
            at.gradient(g);
            at.gaussNewton().apply(g.copy(), g, ws);
            assertEquals(once, ws.highWater());
        }
    }

    static Stream<Layer> layers() {
        return Stream.of(
                new RecurrentLayer(2, ElementaryFunction.TANH, SequenceOutput.ALL),
                new LstmLayer(2, SequenceOutput.ALL),
                new GruLayer(2, SequenceOutput.ALL, StateMemory.ALL_STEPS));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void onlySequencesAreTaken(Layer layer) {
        String message = assertThrows(
                IllegalArgumentException.class,
                () -> new Network(new Shape.Features(4), List.of(layer))).getMessage();
        assertEquals("layer 0: a recurrent layer takes a sequence, got features [4]: " + layer, message);
    }

    /// h₀ enters as the state it is: a layer that only keeps its state gives h₀ back at every time step.
    @Test
    void theFirstStateIsAParameter() {
        Network network = new Network(
                new Shape.Sequence(5, 1),
                List.of(new RecurrentLayer(2, ElementaryFunction.LINEAR, SequenceOutput.ALL)));
        Parameters parameters = Parameters.zeros(network.layout(), Precision.FLOAT64);
        parameters.update(theta -> {
            network.layout().slice("0.whh").matrixOf(theta).addToDiagonal(1);
            network.layout().slice("0.h0").of(theta).copyFrom(Vector.of(3.0, -2.0));
        });
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, 1, 5);
        Batch batch = new Batch(inputs, Matrix.zeros(Precision.FLOAT64, 1, 10));
        try (var ws = Workspace.serial();
                var at = Linearization.at(new Model(network, new SquaredError()), parameters, batch, ws)) {
            assertArrayEquals(
                    new double[]{3, -2, 3, -2, 3, -2, 3, -2, 3, -2}, at.outputs().row(0).toArray());
        }
    }
}
