package io.quadric.optim.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.StepData;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// All recipes in turn, again and again in one virtual machine, from several threads with a workspace each: parameters
/// are the same bits every time, and heap, native memory and threads stay as they are. The long form
/// (`-Dquadric.torture=true`) takes an hour, or as many minutes as `-Dquadric.torture.minutes` says, and looks at the
/// speed too, in seconds of the processors, which other programs take less part in; `target/soak.txt` has what every
/// round took.
class SoakTest {
    private static final long MINUTES = Boolean.getBoolean("quadric.torture")
            ? Long.getLong("quadric.torture.minutes", 60)
            : 0;
    private static final int THREADS = 3;
    private static final int LEAST_ROUNDS = 4;
    private static final int STEPS = 3;
    private static final long TOLERATED = 8 << 20;
    private static final double TOLERATED_SLOWDOWN = 1.2;

    /// Memory and threads, after everything that can be collected is.
    private record Footprint(long heap, long direct, int threads, double seconds) {
        static Footprint now(double seconds) {
            System.gc();
            long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
            return new Footprint(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    direct,
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    seconds);
        }
    }

    private static double processorSeconds() {
        return 1e-9 * ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    /// The parameters after some steps by each recipe.
    private static Map<String, Integer> round() {
        Map<String, Integer> parameters = new LinkedHashMap<>();
        for (Recipe recipe : Optimizers.all()) {
            for (Precision precision : Precision.values()) {
                parameters.put(recipe.name() + precision, trained(recipe, precision));
            }
        }
        return parameters;
    }

    private static int trained(Recipe recipe, Precision precision) {
        try (Problem problem = Problem.curved(precision, 1)) {
            Run run = problem.start(recipe.optimizer());
            for (int k = 0; k < STEPS; k++) {
                run.step(new StepData(problem.batch));
            }
            return Arrays.hashCode(problem.parameters.values().toArray());
        }
    }

    @Test
    void nothingGrowsAndNothingChanges() throws Exception {
        long end = System.nanoTime() + MINUTES * 60_000_000_000L;
        Map<String, Integer> expected = round();
        List<Footprint> footprints = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            while (footprints.size() < LEAST_ROUNDS || System.nanoTime() < end) {
                double start = processorSeconds();
                List<Callable<Map<String, Integer>>> rounds = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    rounds.add(SoakTest::round);
                }
                for (Future<Map<String, Integer>> done : threads.invokeAll(rounds)) {
                    assertEquals(expected, done.get());
                }
                footprints.add(Footprint.now(processorSeconds() - start));
            }
        }
        Footprint first = footprints.get(1);
        Footprint last = footprints.getLast();
        assertTrue(last.heap() < first.heap() + TOLERATED, () -> first + " → " + last);
        assertTrue(last.direct() <= first.direct(), () -> first + " → " + last);
        assertTrue(last.threads() <= first.threads(), () -> first + " → " + last);
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target", "soak.txt"), footprints.stream().map(Footprint::toString).toList());
        if (MINUTES > 0) {
            double before = median(footprints.subList(LEAST_ROUNDS, footprints.size() / 2));
            double after = median(footprints.subList(footprints.size() / 2, footprints.size()));
            assertTrue(after < TOLERATED_SLOWDOWN * before, () -> before + " s → " + after + " s a round");
        }
    }

    private static double median(List<Footprint> rounds) {
        double[] seconds = rounds.stream().mapToDouble(Footprint::seconds).sorted().toArray();
        return seconds[seconds.length / 2];
    }
}
