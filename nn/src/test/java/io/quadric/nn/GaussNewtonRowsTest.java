package io.quadric.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.AveragePoolingLayer;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.ElementwiseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.GlobalAveragePoolingLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.MaxPoolingLayer;
import io.quadric.nn.layer.PadChannelsLayer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/// Gauss-Newton products of several directions in one pass are those of single passes.
class GaussNewtonRowsTest {
    private static final Layer TANH = new Activation(ElementaryFunction.TANH);
    private static final Shape IMAGE = new Shape.Image(2, 7, 6);
    private static final Shape SEQUENCE = new Shape.Sequence(7, 3);

    static final List<Network> NETWORKS = List.of(
            new Network(
                    new Shape.Features(5),
                    List.of(new DenseLayer(6, true), TANH, new DenseLayer(4, false), TANH, new DenseLayer(3, true))),
            new Network(
                    new Shape.Features(5),
                    List.of(
                            new DenseLayer(6, true),
                            new BatchNormalizationLayer(1e-3),
                            new ElementwiseLayer("sine", Math::sin, Math::cos, x -> -Math.sin(x)),
                            new DenseLayer(3, true))),
            new Network(
                    IMAGE,
                    List.of(
                            new ConvolutionLayer(3, new Window(3, 2, 1, 1), true),
                            TANH,
                            new MaxPoolingLayer(new Window(2, 2, 2, 0)),
                            new ConvolutionLayer(4, new Window(2, 2, 1, 0), false),
                            new FlattenLayer(),
                            new DenseLayer(3, true))),
            new Network(
                    IMAGE,
                    List.of(
                            new ConvolutionLayer(4, new Window(3, 3, 1, 1), true),
                            new ResidualLayer(
                                    List.of(new ConvolutionLayer(6, new Window(3, 3, 2, 1), false), TANH),
                                    List.of(
                                            new AveragePoolingLayer(new Window(1, 1, 2, 0)),
                                            new PadChannelsLayer(6))),
                            new ResidualLayer(List.of(new BatchNormalizationLayer(1e-3), TANH), List.of()),
                            new GlobalAveragePoolingLayer(),
                            new DenseLayer(3, true))),
            new Network(
                    SEQUENCE,
                    List.of(
                            new DenseLayer(4, true),
                            TANH,
                            new RecurrentLayer(5, ElementaryFunction.TANH, SequenceOutput.ALL),
                            new LstmLayer(4, SequenceOutput.ALL),
                            new DenseLayer(3, true))),
            new Network(
                    SEQUENCE,
                    List.of(
                            new LstmLayer(4, true, SequenceOutput.ALL, StateMemory.CHECKPOINTS),
                            new LstmLayer(3, false, SequenceOutput.ALL, StateMemory.ALL_STEPS),
                            recurrentToLast())));

    private static Layer recurrentToLast() {
        return new RecurrentLayer(
                3, ElementaryFunction.LOGISTIC, false, SequenceOutput.LAST, StateMemory.ALL_STEPS);
    }

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(8);

    private Linearization at(Network network, Precision precision, Workspace ws) {
        Matrix inputs = Matrix.zeros(precision, 9, network.input().size());
        Sampling.gaussian(0, 1, random, inputs);
        Matrix targets = Matrix.zeros(precision, 9, network.output().size());
        targets.columns(0, 1).fill(1);
        Parameters parameters = network.initialize(Initializer.glorot(), precision, random);
        Model model = new Model(network, new SoftmaxCrossEntropy(), 0.01);
        return Linearization.at(model, parameters, new Batch(inputs, targets), ws);
    }

    private Matrix directions(int count, Linearization at) {
        Vector theta = at.parameters().values();
        Matrix v = Matrix.zeros(theta.precision(), count, theta.size());
        Sampling.gaussian(0, 1, random, v);
        return v;
    }

    /// Ten directions: one full pass and a smaller one.
    @ParameterizedTest
    @FieldSource("NETWORKS")
    void theyEqualSingleProducts(Network network) {
        assertEquals(0, difference(network, Precision.FLOAT64, 2), 1e-14);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void theyDoSoInEitherPrecision(Precision precision) {
        assertEquals(0, difference(NETWORKS.get(3), precision, 1), 20 * precision.epsilon());
    }

    private double difference(Network network, Precision precision, int threads) {
        try (Workspace ws = Workspace.withThreads(threads);
                Linearization at = at(network, precision, ws)) {
            Matrix v = directions(10, at);
            Matrix together = v.copy();
            Matrix single = v.copy();
            at.gaussNewton().applyRows(v, together, ws);
            for (int i = 0; i < v.rows(); i++) {
                at.gaussNewton().apply(v.row(i), single.row(i), ws);
            }
            return together.axpby(-1, single, 1).maxAbs() / single.maxAbs();
        }
    }

    /// V G Vᵀ without a backward pass is what products with the directions make of it.
    @ParameterizedTest
    @FieldSource("NETWORKS")
    void quadraticFormsAreThoseOfProducts(Network network) {
        try (Workspace ws = Workspace.serial();
                Linearization at = at(network, Precision.FLOAT64, ws)) {
            Matrix v = directions(3, at);
            Matrix products = v.copy();
            at.gaussNewton().applyRows(v, products, ws);
            Matrix expected = Matrix.zeros(Precision.FLOAT64, 3, 3);
            Gemm.SET.multiply(v, products.t(), expected, ws);
            Matrix gram = expected.copy();
            at.gaussNewton().quadraticForms(v, gram, ws);
            assertEquals(0, gram.axpby(-1, expected, 1).maxAbs(), 1e-12 * expected.maxAbs());
            try (var inner = ws.open()) {
                Matrix hessian = expected.copy();
                CurvatureOperator b = at.hessian(inner);
                b.applyRows(v, products, ws);
                Gemm.SET.multiply(v, products.t(), expected, ws);
                b.quadraticForms(v, hessian, ws);
                assertEquals(0, hessian.axpby(-1, expected, 1).maxAbs(), 1e-12 * expected.maxAbs());
            }
            assertThrows(IllegalArgumentException.class, () -> at.gaussNewton().quadraticForms(v, gram.rows(0, 2), ws));
        }
    }

    /// Eight directions cost no more views than eight products do, and no arrays: a tangent alone has 36 kB.
    @Test
    void theyAllocateWhatSingleProductsDo() {
        Network wide = new Network(
                new Shape.Features(5), List.of(new DenseLayer(500, true), TANH, new DenseLayer(3, true)));
        try (Workspace ws = Workspace.serial();
                Linearization at = at(wide, Precision.FLOAT64, ws)) {
            var gaussNewton = at.gaussNewton();
            Matrix v = directions(8, at);
            Matrix gv = v.copy();
            long together = leastAllocated(() -> gaussNewton.applyRows(v, gv, ws));
            long single = leastAllocated(() -> gaussNewton.apply(v.row(0), gv.row(0), ws));
            assertTrue(together <= 8 * single + 9 * 500 * Double.BYTES, together + " and " + single);
        }
    }

    /// The least of many calls: the first ones run before the kernels are compiled.
    private static long leastAllocated(Runnable task) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3000; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            task.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @Test
    void aMatrixOfAnotherShapeIsRefused() {
        try (Workspace ws = Workspace.serial();
                Linearization at = at(NETWORKS.getFirst(), Precision.FLOAT64, ws)) {
            var gaussNewton = at.gaussNewton();
            Matrix v = directions(3, at);
            Matrix fewer = directions(2, at);
            assertThrows(IllegalArgumentException.class, () -> gaussNewton.applyRows(v, fewer, ws));
            Matrix narrow = v.columns(1, v.columns());
            assertThrows(IllegalArgumentException.class, () -> gaussNewton.applyRows(narrow, narrow, ws));
        }
    }
}
