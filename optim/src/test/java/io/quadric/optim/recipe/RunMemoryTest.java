package io.quadric.optim.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.StepData;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a run takes from the heap.
class RunMemoryTest {
    static List<Recipe> recipes() {
        return Optimizers.all();
    }

    /// What a run takes from the heap when it starts is what was predicted, but for what is smaller than a factor's
    /// row; and nothing of it is missing in a checkpoint.
    @ParameterizedTest
    @MethodSource("recipes")
    void memoryIsAsPredicted(Recipe recipe) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Problem problem = Problem.wide(Precision.FLOAT64, 1)) {
            double bytes = 8.0 * recipe.optimizer().memory(problem.parameters.layout()).orElseThrow();
            problem.start(recipe.optimizer());
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
            Run run = problem.start(recipe.optimizer());
            long after = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
            assertEquals(bytes, after - before, 0.05 * bytes + 32 * 1024);
            double stored = run.state().arrays().values().stream().mapToLong(Vector::size).sum();
            assertEquals(bytes, 8 * stored, 0.02 * bytes);
        }
    }

    /// The scratch of a step on four cases, most of which is the method's own, is as predicted up to a third.
    @ParameterizedTest
    @MethodSource("recipes")
    void scratchIsAsPredicted(Recipe recipe) {
        try (Problem problem = Problem.wide(Precision.FLOAT64, 1)) {
            Run run = problem.start(recipe.optimizer());
            for (int step = 0; step < 2; step++) {
                run.step(new StepData(problem.batch.rows(0, 4)));
            }
            double predicted = recipe.optimizer().scratch(problem.model.network(), 4);
            double ratio = problem.ws.highWater() / (8 * predicted);
            assertTrue(ratio > 0.67 && ratio < 1.5, () -> "measured / predicted: " + ratio);
        }
    }
}
