package io.quadric.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Initializer;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.chunk.ChunkSource;
import io.quadric.nn.chunk.Chunks;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.recipe.Optimizers;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/// Runs on Spark have the bits of runs on the same chunks without it.
class SparkChunksTest {
    static final int CHUNKS = 8;
    private static final int STEPS = 2;
    static final List<String> METHODS = List.of(
            "adam", "hessian-free", "block-hessian-free", "kfac", "kbfgs", "tnt", "shampoo");

    static final Model MODEL = new Model(new Network(new Shape.Features(6), List.of(
            new DenseLayer(9, true),
            new Activation(ElementaryFunction.TANH),
            new DenseLayer(5, true),
            new Activation(ElementaryFunction.TANH),
            new DenseLayer(3, true))), new SigmoidCrossEntropy(), 1e-3);

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// Chunks of different sizes.
    static List<Batch> batches() {
        RandomGenerator random = random(3);
        return IntStream.range(0, CHUNKS).mapToObj(c -> {
            Matrix x = Matrix.zeros(Precision.FLOAT32, 10 + 3 * c, 6);
            Matrix t = Matrix.zeros(Precision.FLOAT32, 10 + 3 * c, 3);
            Sampling.gaussian(0, 1, random, x);
            Sampling.bernoulli(t.copy().fill(0.5), random, t);
            return new Batch(x, t);
        }).toList();
    }

    static CaseSet local(int count) {
        return new Chunks(ChunkSource.of(batches().subList(0, count)), 1 << 20);
    }

    /// With a few iterations of conjugate gradients, each of which is a job.
    static Optimizer optimizer(String method) {
        Optimizer optimizer = Optimizers.named(method).optimizer();
        return method.contains("hessian-free")
                ? HyperParameters.with(optimizer, Map.of("maxIterations", "6"))
                : optimizer;
    }

    /// The parameters after some steps whose curvature is that of the first chunks.
    static float[] trained(String method, CaseSet all, CaseSet few) {
        Parameters theta = MODEL.network().initialize(Initializer.glorot(), Precision.FLOAT32, random(1));
        try (Workspace ws = Workspace.withThreads(2)) {
            Run run = optimizer(method).start(new Start(MODEL, theta, List.of(all), 7, ws));
            for (int k = 0; k < STEPS; k++) {
                assertTrue(run.step(new StepData(all, few, few)).moved(), method);
            }
            return theta.values().toFloatArray();
        }
    }

    @Test
    void everyMethodHasTheBitsOfARunWithoutSpark() {
        JavaSparkContext context = TestSession.context();
        for (int partitions : new int[]{1, 3, CHUNKS}) {
            theBitsAreThoseOfLocalChunks(context, partitions);
        }
        theBitsDoNotDependOnFailedTasks(context);
    }

    private static void theBitsAreThoseOfLocalChunks(JavaSparkContext context, int partitions) {
        try (SparkChunks chunks = SparkChunks.of(context, batches(), partitions)) {
            for (String method : partitions == 3 ? METHODS : METHODS.subList(0, 1)) {
                assertArrayEquals(
                        trained(method, local(CHUNKS), local(3)),
                        trained(method, chunks, chunks.range(0, 3)), method);
            }
        }
    }

    /// The chunks come from tasks of which every one fails once, and so does one job in the middle of a step.
    private static void theBitsDoNotDependOnFailedTasks(JavaSparkContext context) {
        List<Batch> batches = batches();
        List<ChunkData> data = IntStream.range(0, CHUNKS).mapToObj(c -> ChunkData.of(c, batches.get(c))).toList();
        try (SparkChunks chunks = SparkChunks.of(context, context.parallelize(data, 4).map(chunk -> {
            if (TaskContext.get().attemptNumber() == 0) {
                throw new IllegalStateException("lost on purpose");
            }
            return chunk;
        }))) {
            assertEquals(CHUNKS, chunks.count());
            assertArrayEquals(
                    trained("adam", local(CHUNKS), local(3)), trained("adam", chunks, chunks.range(0, 3)));
        }
    }
}
