package io.quadric.optim.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.CaseSet;
import io.quadric.nn.chunk.ChunkNormalization;
import io.quadric.nn.chunk.ChunkSource;
import io.quadric.nn.chunk.Chunks;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.Weights;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every method on cases in chunks.
class ChunksTest {
    private static final int STEPS = 2;

    /// Methods of which something is no mean over cases.
    private static final Set<String> INDIVISIBLE = Set.of("smw-gn", "smw-ng", "smw-ng-bd", "kfra", "ekfac");

    static Stream<Recipe> recipes() {
        return Optimizers.all().stream().filter(recipe -> !INDIVISIBLE.contains(recipe.name()));
    }

    private static Optimizer tamed(Recipe recipe) {
        return Set.of("kfac", "kfac-averaged").contains(recipe.name())
                ? HyperParameters.with(recipe.optimizer(), Map.of("learningRate", "0.1", "damping", "1"))
                : recipe.optimizer();
    }

    /// The parameters after some steps.
    private static double[] trained(Optimizer optimizer, Problem problem, long seed, Function<Batch, CaseSet> divided) {
        CaseSet cases = divided.apply(problem.batch);
        Run run = optimizer.start(new Start(problem.model, problem.parameters, List.of(cases), seed, problem.ws));
        for (int k = 0; k < STEPS; k++) {
            assertTrue(run.step(new StepData(cases)).moved());
        }
        return problem.parameters.values().toArray();
    }

    private static double[] trained(Optimizer optimizer, long seed, Function<Batch, CaseSet> divided) {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            return trained(optimizer, problem, seed, divided);
        }
    }

    private static Function<Batch, CaseSet> chunks(int size, long budget) {
        return batch -> Chunks.of(batch, size, budget);
    }

    private static CaseSet oneChunk(Batch batch) {
        return new Chunks(ChunkSource.of(List.of(batch)), 0);
    }

    /// Random targets are drawn in streams of the chunks: with one chunk they are those of the whole batch.
    @ParameterizedTest
    @MethodSource("recipes")
    void isTheMethodOnTheWholeBatchToRounding(Recipe recipe) {
        Optimizer optimizer = tamed(recipe);
        double[] whole = trained(optimizer, 7, batch -> batch);
        double tolerance = rounding(recipe) * DoubleStream.of(whole).map(Math::abs).max().orElseThrow();
        assertArrayEquals(whole, trained(optimizer, 7, ChunksTest::oneChunk), tolerance);
        boolean draws = !Arrays.equals(whole, trained(optimizer, 8, batch -> batch));
        if (!draws) {
            assertArrayEquals(whole, trained(optimizer, 7, chunks(11, 0)), tolerance);
        }
    }

    /// Conjugate gradients enlarge rounding errors, the more the less they are damped. The second draw of a step, of
    /// hessian-free-recurrent, has a stream of its own for chunks.
    private static double rounding(Recipe recipe) {
        return recipe.name().contains("hessian-free") || recipe.name().contains("krylov") ? 1e-4 : 1e-9;
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void dependsNeitherOnThreadsNorOnWhatIsKept(Recipe recipe) {
        try (Problem one = Problem.curved(Precision.FLOAT32, 1);
                Problem three = Problem.curved(Precision.FLOAT32, 3);
                Problem some = Problem.curved(Precision.FLOAT32, 1)) {
            double[] first = trained(tamed(recipe), one, 7, chunks(9, 0));
            assertArrayEquals(first, trained(tamed(recipe), three, 7, chunks(9, Long.MAX_VALUE / 100)));
            assertArrayEquals(first, trained(tamed(recipe), some, 7, chunks(9, 2000)));
        }
    }

    @Test
    void aBatchOfOneChunkIsTheBatch() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            assertSame(problem.batch, Chunks.of(problem.batch, Problem.CASES, 0));
            recipes().forEach(recipe -> recipe.optimizer().requireDivisible(problem.model));
        }
    }

    /// Weights and lengths of the cases count in the shares of the chunks.
    @Test
    void casesKeepTheirWeightsAndLengths() {
        double[] weights = DoubleStream.iterate(1, w -> w % 5 + 0.7).limit(Problem.CASES).toArray();
        int[] lengths = DoubleStream.of(weights).mapToInt(w -> 1 + (int) w % 4).toArray();
        for (String name : List.of("hessian-free", "kbfgs", "shampoo")) {
            double[][] ends = new double[2][];
            for (int divided = 0; divided < 2; divided++) {
                boolean inChunks = divided == 1;
                try (Problem problem = Problem.recurrent()) {
                    ends[divided] = trained(Optimizers.named(name).optimizer(), problem, 7, batch -> {
                        Batch own = new Batch(
                                batch.inputs(), batch.targets(), Lengths.of(lengths), Weights.of(weights));
                        return inChunks ? Chunks.of(own, 7, 0) : own;
                    });
                }
            }
            assertArrayEquals(ends[0], ends[1], 1e-9, name);
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNoMeanOverCasesIsRefusedByName(String name) {
        Optimizer optimizer = Optimizers.named(name).optimizer();
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            String before = assertThrows(IllegalArgumentException.class,
                    () -> optimizer.requireDivisible(problem.model)).getMessage();
            CaseSet cases = Chunks.of(problem.batch, 9, 0);
            Run run = optimizer.start(
                    new Start(problem.model, problem.parameters, List.of(cases), 7, problem.ws));
            String inStep = assertThrows(IllegalArgumentException.class,
                    () -> run.step(new StepData(cases))).getMessage();
            assertEquals(before, inStep);
            assertTrue(before.contains("no mean over cases"), before);
        }
    }

    static Stream<String> refused() {
        return INDIVISIBLE.stream();
    }

    @Test
    void networksThatCoupleCasesAreRefused() {
        try (Problem problem = Problem.normalised()) {
            CaseSet cases = Chunks.of(problem.batch, 9, 0);
            String message = assertThrows(IllegalArgumentException.class,
                    () -> cases.at(problem.model, problem.parameters, problem.ws)).getMessage();
            assertTrue(message.contains("normalises by mean and variance of the whole batch"), message);
        }
    }

    private static CaseSet normalizedByChunk(Batch batch) {
        return ((Chunks) Chunks.of(batch, 9, 0)).normalizing(ChunkNormalization.BY_CHUNK);
    }

    private static double loss(Problem problem) {
        try (var at = normalizedByChunk(problem.batch).at(problem.model, problem.parameters, problem.ws)) {
            return at.loss();
        }
    }

    /// The objective is the mean of those of the chunks, and the gradient is its own.
    @Test
    void byChunkLayersNormaliseByTheChunk() {
        try (Problem problem = Problem.normalised()) {
            Vector theta = problem.parameters.values();
            Vector g = Vector.zeros(Precision.FLOAT64, theta.size());
            try (var at = normalizedByChunk(problem.batch).at(problem.model, problem.parameters, problem.ws)) {
                at.gradient(g);
            }
            int cases = problem.batch.cases();
            int count = Chunks.count(cases, 9);
            double mean = 0;
            for (int c = 0; c < count; c++) {
                Batch chunk = problem.batch.rows(Chunks.first(cases, count, c), Chunks.first(cases, count, c + 1));
                try (var at = chunk.at(problem.model, problem.parameters, problem.ws)) {
                    mean += at.loss() * chunk.cases() / cases;
                }
            }
            assertEquals(mean, loss(problem), 1e-12 * mean);
            Vector v = Vector.zeros(Precision.FLOAT64, theta.size()).copyFrom(g).scale(1 / g.norm());
            double step = 1e-5;
            problem.parameters.update(values -> values.axpy(step, v));
            double above = loss(problem);
            problem.parameters.update(values -> values.axpy(-2 * step, v));
            assertEquals(g.norm(), (above - loss(problem)) / (2 * step), 1e-6 * g.norm());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hessian-free", "block-hessian-free", "kfac-botev", "kbfgs", "tnt", "shampoo", "adam", "quadric"})
    void methodsTrainNetworksNormalisedByChunk(String name) {
        try (Problem problem = Problem.normalised()) {
            double before = loss(problem);
            trained(Optimizers.named(name).optimizer(), problem, 7, ChunksTest::normalizedByChunk);
            assertTrue(loss(problem) < before, before + " → " + loss(problem));
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void aStepOnASpoiledChunkFails(Recipe recipe) {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            CaseSet good = Chunks.of(problem.batch, 9, 0);
            Run run = tamed(recipe).start(new Start(problem.model, problem.parameters, List.of(good), 7, problem.ws));
            run.step(new StepData(good));
            double[] before = problem.parameters.values().toArray();
            assertFalse(run.step(new StepData(Chunks.of(problem.spoiled(), 9, 0))).moved());
            assertArrayEquals(before, problem.parameters.values().toArray());
            assertTrue(run.step(new StepData(good)).moved());
        }
    }

    /// Scratch is bounded by the chunk: with four times the cases it does not grow.
    @Test
    void memoryIsBoundedByTheChunk() {
        long[] scratch = new long[2];
        for (int i = 0; i < 2; i++) {
            try (Problem problem = Problem.wide(Precision.FLOAT32, 1)) {
                Batch batch = i == 0 ? problem.firstCases(10).batch : problem.batch;
                CaseSet cases = i == 0 ? oneChunk(batch) : Chunks.of(batch, 10, 0);
                Optimizers.hessianFree().start(
                        new Start(problem.model, problem.parameters, List.of(), 7, problem.ws))
                        .step(new StepData(cases));
                scratch[i] = problem.ws.highWater();
            }
        }
        long vector = 4L * Problem.wide(Precision.FLOAT32, 1).parameters.values().size();
        assertTrue(scratch[1] <= scratch[0] + 4 * vector, scratch[0] + " → " + scratch[1]);
    }
}
