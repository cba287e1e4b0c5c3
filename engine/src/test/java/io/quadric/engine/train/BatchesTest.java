package io.quadric.engine.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.cases.Cases;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import io.quadric.nn.Network;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.optim.StepData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchesTest {
    /// Case i has the input (i, i) and the target 100 + i.
    private static Batch cases(int n) {
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, n, 2);
        Matrix targets = Matrix.zeros(Precision.FLOAT64, n, 1);
        for (int i = 0; i < n; i++) {
            inputs.row(i).fill(i);
            targets.row(i).fill(100 + i);
        }
        return new Batch(inputs, targets);
    }

    private static double[] seen(Batch batch) {
        double[] seen = new double[batch.cases()];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = batch.inputs().get(i, 0);
            assertEquals(100 + seen[i], batch.targets().get(i, 0));
        }
        return seen;
    }

    @Test
    void theStepsOfAnEpochSeeEveryCaseOnce() {
        Batches batches = new Batches(new TrainingPlan(10, 4, 0, 1), Cases.of(cases(10)));
        List<Double> seen = new ArrayList<>();
        for (int step = 4; step <= 6; step++) {
            DoubleStream.of(seen(batches.step(step).gradient())).forEach(seen::add);
        }
        seen.sort(null);
        assertEquals(IntStream.range(0, 10).mapToObj(i -> (double) i).toList(), seen);
    }

    @Test
    void aStepSeesTheSameCasesWhateverWasSeenBefore() {
        TrainingPlan plan = new TrainingPlan(10, 4, 3, 1);
        Batches inOrder = new Batches(plan, Cases.of(cases(10)));
        for (int step = 1; step < 5; step++) {
            inOrder.step(step);
        }
        Batches jumped = new Batches(plan, Cases.of(cases(10)));
        assertArrayEquals(seen(inOrder.step(5).gradient()), seen(jumped.step(5).gradient()));
        assertArrayEquals(seen(inOrder.step(5).curvature()), seen(jumped.step(5).curvature()));
    }

    private static Set<Double> set(Batch batch) {
        double[] seen = seen(batch);
        Set<Double> set = new HashSet<>();
        DoubleStream.of(seen).forEach(set::add);
        assertEquals(seen.length, set.size(), "without replacement");
        return set;
    }

    @ParameterizedTest
    @EnumSource
    void theBatchesOfAStepHaveTheCasesInCommonThatTheyShould(BatchSizes.Pool pool) {
        Batches batches = new Batches(new TrainingPlan(50, new BatchSizes(20, 12, 15, pool, 1), 3),
                Cases.of(cases(50)));
        Set<Set<Double>> drawn = new HashSet<>();
        for (int step = 1; step < 6; step++) {
            StepData data = batches.step(step);
            Set<Double> curvature = set(data.curvature());
            Set<Double> common = new HashSet<>(curvature);
            common.retainAll(set(data.gradient()));
            assertEquals(12, curvature.size());
            assertTrue(pool != BatchSizes.Pool.GRADIENT_BATCH || common.size() == 12);
            assertTrue(pool != BatchSizes.Pool.OTHERS || common.isEmpty());
            Set<Double> evaluation = set(data.evaluation());
            assertEquals(15, evaluation.size());
            assertTrue(Collections.disjoint(curvature, evaluation));
            drawn.add(curvature);
        }
        assertEquals(5, drawn.size(), "anew for each step");
    }

    @Test
    void withoutASizeABatchIsTheGradientBatch() {
        StepData data = new Batches(new TrainingPlan(10, 4, 0, 1), Cases.of(cases(10))).step(1);
        assertSame(data.gradient(), data.curvature());
        assertSame(data.gradient(), data.evaluation());
    }

    @Test
    void aSingleStepAnEpochSeesTheDataItself() {
        Batch data = cases(5);
        assertSame(data, new Batches(new TrainingPlan(5, 100, 0, 1), Cases.of(data)).step(1).gradient());
    }

    /// Statistics that depend on the size of a batch need the sizes of the steps.
    @Test
    void aPassConsistsOfTheBatchesOfTheFirstEpoch() {
        TrainingPlan plan = new TrainingPlan(10, 4, 3, 1);
        List<List<Double>> expected = new ArrayList<>();
        for (int step = 1; step <= 3; step++) {
            Batch batch = new Batches(plan, Cases.of(cases(10))).step(step).gradient();
            expected.add(DoubleStream.of(seen(batch)).boxed().toList());
        }
        List<List<Double>> pass = new ArrayList<>();
        Batches.pass(plan, Cases.of(cases(10)))
                .forEach(batch -> pass.add(DoubleStream.of(seen(batch)).boxed().toList()));
        assertEquals(expected, pass);
    }

    private static Network network(int size) {
        return new Network(new Shape.Features(1), List.of(new DenseLayer(size, true)));
    }

    @Test
    void chunksAreTheWholeInOrder() {
        List<Batch> chunks = new ArrayList<>();
        Batches.chunks(network(3), Cases.of(cases(2500))).forEach(chunks::add);
        assertEquals(List.of(1000, 1000, 500), chunks.stream().map(Batch::cases).toList());
        double[] all = chunks.stream().flatMapToDouble(chunk -> DoubleStream.of(seen(chunk))).toArray();
        assertArrayEquals(IntStream.range(0, 2500).asDoubleStream().toArray(), all);
    }

    @Test
    void someChunksAreSpreadOverTheWhole() {
        List<Batch> chunks = new ArrayList<>();
        Batches.chunks(network(3), Cases.of(cases(4000)), 1500).forEach(chunks::add);
        assertEquals(List.of(0.0, 2000.0), chunks.stream().map(chunk -> seen(chunk)[0]).toList());
    }

    @Test
    void chunksAreSmallWhereMuchIsKept() {
        Batches.chunks(network(1 << 23), Cases.of(cases(10))).forEach(chunk -> assertTrue(chunk.cases() <= 4));
    }
}
