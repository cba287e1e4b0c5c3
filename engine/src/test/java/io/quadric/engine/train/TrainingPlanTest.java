package io.quadric.engine.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.train.BatchSizes.Pool;
import io.quadric.optim.recipe.Optimizers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingPlanTest {
    private static int[] order(TrainingPlan plan, long epoch) {
        int[] order = new int[plan.cases()];
        plan.order(epoch, order);
        return order;
    }

    private static List<Integer> sizes(TrainingPlan plan) {
        return IntStream.rangeClosed(1, plan.stepsPerEpoch())
                .mapToObj(step -> plan.end(step) - plan.first(step))
                .toList();
    }

    @Test
    void everyEpochIsAPermutationOfItsOwn() {
        TrainingPlan plan = new TrainingPlan(103, 10, 0, 7);
        for (long epoch = 0; epoch < 5; epoch++) {
            int[] order = order(plan, epoch);
            assertFalse(Arrays.equals(order, order(plan, epoch + 1)));
            Arrays.sort(order);
            assertArrayEquals(IntStream.range(0, 103).toArray(), order);
        }
    }

    @Test
    void theSeedDecidesTheOrder() {
        assertArrayEquals(
                order(new TrainingPlan(50, 7, 0, 3), 4), order(new TrainingPlan(50, 11, 5, 3), 4));
        assertFalse(Arrays.equals(
                order(new TrainingPlan(50, 7, 0, 3), 4), order(new TrainingPlan(50, 7, 0, 4), 4)));
    }

    @ParameterizedTest
    @CsvSource({"1497, 1000", "1497, 100", "1497, 1497", "10, 3", "10, 1", "7, 100", "1, 1"})
    void batchesOfAnEpochCoverEveryCaseAndDifferByOneAtMost(int cases, int batchSize) {
        TrainingPlan plan = new TrainingPlan(cases, batchSize, 0, 1);
        List<Integer> sizes = sizes(plan);
        assertEquals(cases, sizes.stream().mapToInt(Integer::intValue).sum());
        int most = sizes.stream().max(Integer::compare).orElseThrow();
        int fewest = sizes.stream().min(Integer::compare).orElseThrow();
        assertTrue(most <= batchSize && most - fewest <= 1, sizes::toString);
        assertEquals(Math.ceilDiv(cases, batchSize), sizes.size());
    }

    @Test
    void theSecondEpochContinuesWhereTheFirstEnds() {
        TrainingPlan plan = new TrainingPlan(10, 3, 0, 1);
        assertEquals(List.of(0L, 0L, 1L, 1L), List.of(plan.epoch(1), plan.epoch(4), plan.epoch(5), plan.epoch(8)));
        assertEquals(plan.first(1), plan.first(5));
        assertTrue(plan.endsEpoch(4) && plan.endsEpoch(8) && !plan.endsEpoch(5));
        assertEquals(1.25, plan.epochs(5));
    }

    /// With 1,000 cases and batches of 100 that double: 10, 5, 3, 2, 1, 1 … steps.
    @Test
    void growingBatchesStillCoverEveryEpoch() {
        TrainingPlan plan = new TrainingPlan(1000, new BatchSizes(100, 20, 0, BatchSizes.Pool.ALL, 2), 1);
        assertEquals(
                List.of(10, 5, 3, 2, 1, 1), IntStream.range(0, 6).mapToObj(plan::stepsPerEpoch).toList());
        assertEquals(List.of(20, 40, 80, 160, 320, 640, 1000),
                IntStream.range(0, 7).mapToObj(e -> plan.sizes(e).curvature()).toList());
        int seen = 0;
        for (long step = 1; step <= 22; step++) {
            assertEquals(seen, plan.first(step));
            seen = plan.endsEpoch(step) ? 0 : plan.end(step);
            assertEquals(plan.epoch(step) + 1, (long) Math.ceil(plan.epochs(step)));
        }
        assertEquals(6, plan.epochs(22));
    }

    @Test
    void sizesThatDoNotFitTogetherAreCut() {
        BatchSizes disjoint = new BatchSizes(900, 700, 800, BatchSizes.Pool.OTHERS, 1).in(0, 1000);
        assertEquals(new BatchSizes(500, 500, 500, BatchSizes.Pool.OTHERS, 1), disjoint);
        BatchSizes subset = new BatchSizes(100, 700, 0, BatchSizes.Pool.GRADIENT_BATCH, 1).in(0, 1000);
        assertEquals(100, subset.curvature());
        assertEquals(900, new BatchSizes(2000, 0, 100, BatchSizes.Pool.ALL, 1).in(0, 1000).gradient());
    }

    @Test
    void sizesOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new TrainingPlan(0, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new TrainingPlan(10, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new TrainingPlan(10, 1, -1, 1));
        BatchSizes disjoint = new BatchSizes(1, 1, 0, BatchSizes.Pool.OTHERS, 1);
        assertThrows(IllegalArgumentException.class, () -> new TrainingPlan(1, disjoint, 1));
        assertThrows(IllegalArgumentException.class, () -> new BatchSizes(1, 1, 0, BatchSizes.Pool.ALL, 0.5));
    }

    private static BatchSizes made(String recipe, int cases, String... values) {
        Map<String, String> all = new HashMap<>();
        for (String value : values) {
            all.put(value.split("=")[0], value.split("=")[1]);
        }
        return new BatchRequest(OptionalInt.empty())
                .plan(recipe, Optimizers.named(recipe).with(all), cases, 1).sizes();
    }

    /// Gradient, curvature and evaluation as the papers have them.
    @Test
    void recipesBringTheirBatches() {
        assertEquals(new BatchSizes(5000, 2500, 0, Pool.GRADIENT_BATCH, 1), made("hessian-free", 60_000));
        assertEquals(new BatchSizes(5000, 2500, 2500, Pool.GRADIENT_BATCH, 1), made("hessian-free-early", 60_000));
        assertEquals(new BatchSizes(5000, 2500, 2500, Pool.GRADIENT_BATCH, 1),
                made("krylov-subspace-descent", 60_000));
        assertEquals(new BatchSizes(1000, 0, 0, Pool.ALL, 1), made("hessian-free-momentum", 60_000));
        assertEquals(new BatchSizes(1000, 500, 0, Pool.GRADIENT_BATCH, 1), made("block-hessian-free", 60_000));
        assertEquals(new BatchSizes(100, 50, 0, Pool.GRADIENT_BATCH, 1), made("smw-ng", 1000));
        assertEquals(new BatchSizes(1000, 0, 0, Pool.ALL, 1), made("kfac", 60_000));
    }

    @Test
    void aBatchIsDrawnIfAndOnlyIfTheMethodLooksAtIt() {
        assertEquals(0, made("hessian-free-early", 1000, "selectionBatch=gradient").evaluation());
        assertEquals(500, made("hessian-free", 1000, "selectionBatch=evaluation").evaluation());
        assertEquals(0, made("hessian-free", 1000, "selectionBatch=evaluation", "backtracking=false").evaluation());
    }

    @Test
    void whatTheDataCannotGiveIsSaid() {
        assertEquals(List.of(), new TrainingPlan(100, new BatchSizes(5000, 50, 50, Pool.ALL, 1), 1).cuts());
        assertEquals(List.of("evaluation batch of 50 cases instead of 70, as there are 100"),
                new TrainingPlan(100, new BatchSizes(10, 20, 70, Pool.ALL, 1), 1).cuts());
        assertEquals(List.of("gradient batch of 60 cases instead of 100, as there are 100"),
                new TrainingPlan(100, new BatchSizes(5000, 40, 0, Pool.OTHERS, 1), 1).cuts());
        Exception e = assertThrows(InputException.class, () -> made("hessian-free-early", 1));
        assertTrue(e.getMessage().contains("1 cases, expected at least 2"), e.getMessage());
    }
}
