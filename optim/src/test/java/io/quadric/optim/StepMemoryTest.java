package io.quadric.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What steps take from the heap.
class StepMemoryTest {
    private static final int PERIOD = 20;
    private static final int LONGEST_WARM_UP = 15;
    private static final long LIMIT = 256 * 1024;

    static List<Recipe> recipes() {
        return Optimizers.all();
    }

    /// After a warm-up, until vectors of the kernels are no longer objects, a step of a method with factors, those with
    /// inverses included, allocates views, tasks and reports only: a fraction of its statistics, which
    /// take up to a megabyte.
    @ParameterizedTest
    @ValueSource(strings = {"kfac", "kbfgs", "kbfgs-l", "tnt", "shampoo", "adam", "sgd"})
    void stepsAllocateLittle(String name) {
        assumeFalse("512".equals(System.getProperty("quadric.simd")), "emulated vectors are objects");
        Recipe recipe = Optimizers.named(name);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Problem problem = Problem.wide(Precision.FLOAT32, 1)) {
            Run run = problem.start(recipe.optimizer());
            long least = Long.MAX_VALUE;
            for (int window = 0; window < LONGEST_WARM_UP && least >= LIMIT; window++) {
                long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
                steps(problem, run, PERIOD);
                long after = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
                least = Math.min(least, (after - before) / PERIOD);
            }
            assertTrue(least < LIMIT, least + " bytes a step");
        }
    }

    /// What a run takes from the heap when it starts is what was predicted, but for what is smaller than a factor's
    /// row; and nothing of it is missing in a checkpoint.
    @ParameterizedTest
    @MethodSource("recipes")
    void memoryIsAsPredicted(Recipe recipe) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Problem problem = Problem.wide(Precision.FLOAT64, 1)) {
            OptionalLong predicted = recipe.optimizer().memory(problem.parameters.layout());
            assumeTrue(predicted.isPresent(), "solvers by conjugate gradients do not tell");
            double bytes = 8.0 * predicted.getAsLong();
            problem.start(recipe.optimizer());
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
            Run run = problem.start(recipe.optimizer());
            long after = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
            assertEquals(bytes, after - before, 0.05 * bytes + 32 * 1024);
            if (run instanceof DescentRun) {
                double stored = run.state().arrays().values().stream().mapToLong(Vector::size).sum();
                assertEquals(bytes, 8 * stored, 0.02 * bytes);
            }
        }
    }

    private static void steps(Problem problem, Run run, int count) {
        for (int k = 0; k < count; k++) {
            problem.step(run);
        }
    }
}
