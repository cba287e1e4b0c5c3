package io.quadric.optim.recipe;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In the steady state a step allocates views and tasks only: of all threads less than 96 KiB, where the gradient alone
/// has 80 KiB and the matrices of a batch several hundred. K-BFGS(L) is not among them: it makes views for each of its
/// 100 pairs.
///
/// It has a JVM of its own (pom.xml): in one that has run the other tests C2 may have compiled a kernel so that its
/// vectors are objects, one for each tile.
@Tag("allocation")
class StepAllocationTest {
    private static final long MOST = 96 * 1024;
    private static final long LONGEST_WARM_UP = 40_000_000_000L;
    private static final int CASES = 512;

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "adam", "kfac", "kbfgs", "tnt", "shampoo"})
    void aStepAllocatesNoScratch(String recipe) {
        assumeFalse("512".equals(System.getProperty("quadric.simd")), "emulated vectors are objects");
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        Network network = new Network(new Shape.Features(100), List.of(
                new DenseLayer(100, true),
                new Activation(ElementaryFunction.RELU),
                new DenseLayer(100, true)));
        Model model = new Model(network, new SigmoidCrossEntropy());
        Parameters parameters = network.initialize(Initializer.fanIn(), Precision.FLOAT32, random);
        Matrix x = Matrix.zeros(Precision.FLOAT32, CASES, 100);
        Sampling.uniform(0, 1, random, x);
        Batch batch = new Batch(x, x);
        try (Workspace ws = Workspace.withThreads(2)) {
            Run run = Optimizers.named(recipe)
                    .optimizer()
                    .start(new Start(model, parameters, List.of(batch), 1, ws));
            long least = leastOfAStep(run, new StepData(batch));
            assertTrue(least < MOST, recipe + ": " + least + " bytes a step");
        }
    }

    /// The steady state begins when C2 has compiled all kernels; what is interpreted until then makes objects of
    /// vectors.
    private static long leastOfAStep(Run run, StepData data) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long begin = System.nanoTime();
        long least = Long.MAX_VALUE;
        while (least >= MOST && System.nanoTime() - begin < LONGEST_WARM_UP) {
            long before = threads.getTotalThreadAllocatedBytes();
            run.step(data);
            least = Math.min(least, threads.getTotalThreadAllocatedBytes() - before);
        }
        return least;
    }
}
