package io.quadric.nn;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.MaxPoolingLayer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SquaredError;
import io.quadric.nn.recurrent.GruLayer;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// After a warm-up a gradient and the two products allocate views and tasks only, whatever the batch: of all threads
/// less than a bound for each network, a fraction of what their scratch takes. Recurrent ones make views for each time
/// step.
class AllocationTest {
    private static final long KIB = 1024;
    private static final int CASES = 64;
    private static final long LONGEST_WARM_UP = 30_000_000_000L;
    private static final int CALLS = 20;

    static Stream<Arguments> networks() {
        Layer tanh = new Activation(ElementaryFunction.TANH);
        Window window = new Window(3, 3, 1, 1);
        Layer same = new ConvolutionLayer(8, window, true);
        Layer normalized = new BatchNormalizationLayer(1e-5);
        return Stream.of(
                network("dense", 128 * KIB, new Shape.Features(100), new DenseLayer(100, true), tanh,
                        new DenseLayer(10, true)),
                network(
                        "images", 192 * KIB,
                        new Shape.Image(8, 10, 10),
                        same,
                        normalized,
                        new ResidualLayer(List.of(same, tanh), List.of()),
                        new MaxPoolingLayer(new Window(2, 2, 2, 0)),
                        new FlattenLayer(),
                        new DenseLayer(10, true)),
                network(
                        "recurrent", 512 * KIB,
                        new Shape.Sequence(8, 20),
                        new RecurrentLayer(20, ElementaryFunction.TANH, SequenceOutput.ALL),
                        new DenseLayer(10, true)),
                network(
                        "gru", 1024 * KIB,
                        new Shape.Sequence(8, 20),
                        new GruLayer(20, SequenceOutput.LAST, StateMemory.ALL_STEPS),
                        new DenseLayer(10, true)),
                network(
                        "lstm", 1024 * KIB,
                        new Shape.Sequence(8, 20),
                        new LstmLayer(20, SequenceOutput.LAST),
                        new DenseLayer(10, true)));
    }

    private static Arguments network(String name, long most, Shape input, Layer... layers) {
        return Arguments.of(name, most, new Network(input, List.of(layers)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void gradientsAndProductsAllocateNoScratch(String name, long most, Network network) {
        assumeFalse("512".equals(System.getProperty("quadric.simd")), "emulated vectors are objects");
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        Model model = new Model(network, new SquaredError(), 0.01);
        Parameters parameters = network.initialize(Initializer.glorot(), Precision.FLOAT32, random);
        Batch batch = new Batch(
                normal(network.input().size(), random), normal(network.output().size(), random));
        Vector v = normal(network.layout().size(), random).row(0);
        Vector product = v.copy();
        try (Workspace ws = Workspace.withThreads(2);
                var at = Linearization.at(model, parameters, batch, ws);
                var frame = ws.open()) {
            var gaussNewton = at.gaussNewton();
            var hessian = at.hessian(frame);
            assertSmall(most, name + " gradient", () -> at.gradient(product));
            assertSmall(most, name + " Gauss-Newton product", () -> gaussNewton.apply(v, product, ws));
            assertSmall(most, name + " Hessian product", () -> hessian.apply(v, product, ws));
            ParameterBlock last = new ParameterBlock(network.layout().slices().reversed().subList(0, 2));
            var block = gaussNewton.restrictedTo(last);
            Vector part = Vector.zeros(Precision.FLOAT32, last.size());
            Vector image = part.copy();
            assertSmall(most / 2, name + " product with a block", () -> block.apply(part, image, ws));
        }
    }

    private static Matrix normal(int columns, RandomGenerator random) {
        Matrix x = Matrix.zeros(Precision.FLOAT32, CASES, columns);
        Sampling.gaussian(0, 1, random, x);
        return x;
    }

    /// The steady state begins when C2 has compiled all kernels; what is interpreted until then makes objects of
    /// vectors.
    private static void assertSmall(long most, String what, Runnable call) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long begin = System.nanoTime();
        long least = Long.MAX_VALUE;
        while (least >= most && System.nanoTime() - begin < LONGEST_WARM_UP) {
            long before = threads.getTotalThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            least = Math.min(least, (threads.getTotalThreadAllocatedBytes() - before) / CALLS);
        }
        assertTrue(least < most, what + ": " + least + " bytes a call");
    }
}
