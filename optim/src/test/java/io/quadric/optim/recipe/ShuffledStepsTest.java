package io.quadric.optim.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In the steady state a step allocates views and tasks only, and takes no longer than in a JVM that has done nothing
/// else, whatever ran before it: [ShuffledSteps] in JVMs with orders of their own. The long form
/// (`-Dquadric.torture=true`) has all jobs in as many JVMs as `-Dquadric.torture.orders` says (10 unless given), from
/// the seed `quadric.torture.seed` on, and looks at the time too; `target/shuffled.txt` has what every job took.
class ShuffledStepsTest {
    private static final boolean LONG = Boolean.getBoolean("quadric.torture");
    private static final long SEED = Long.getLong("quadric.torture.seed", 1);
    private static final int ORDERS = LONG ? Integer.getInteger("quadric.torture.orders", 10) : 1;
    private static final String JOBS = LONG
            ? "(sgd|adam|kfac|kbfgs|tnt|shampoo) .*"
            : "(adam|kfac|kbfgs|shampoo) dense FLOAT32|kfac (images|recurrent) FLOAT32";

    /// Milliseconds of each job in the long form.
    private static final int TIME = 500;

    private static final double LEAST_SPEED = 0.9;
    private static final Path KEPT = Path.of("target", "shuffled.txt");

    @TempDir
    private Path directory;

    /// What a job took.
    private record Line(String job, long bytes, long most, long microseconds) {
        static Line of(String text) {
            String[] parts = text.split(",");
            return new Line(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
        }
    }

    @BeforeAll
    static void nothingIsKept() throws IOException {
        Files.createDirectories(KEPT.getParent());
        Files.writeString(KEPT, "");
    }

    @BeforeEach
    void vectorsAreOfTheMachine() {
        assumeFalse("512".equals(System.getProperty("quadric.simd")), "emulated vectors are objects");
    }

    @Test
    void noOrderMakesObjects() throws Exception {
        List<String> objects = new ArrayList<>();
        for (long seed : seeds()) {
            for (Line line : run(seed, JOBS, 0)) {
                if (line.bytes() >= line.most()) {
                    objects.add("order " + seed + ", " + line);
                }
            }
        }
        assertEquals(List.of(), objects);
    }

    @Test
    void noOrderMakesStepsSlower() throws Exception {
        assumeTrue(LONG, "the long form only");
        List<String> slow = new ArrayList<>();
        Map<String, Long> fresh = new HashMap<>();
        for (long seed : seeds()) {
            for (Line line : run(seed, JOBS, TIME)) {
                if (!fresh.containsKey(line.job()) || isSlow(line, fresh)) {
                    fresh.merge(line.job(), run(0, line.job(), TIME).getFirst().microseconds(), Math::max);
                }
                if (isSlow(line, fresh)) {
                    slow.add("order " + seed + ", " + line + ", alone " + fresh.get(line.job()));
                }
            }
        }
        assertEquals(List.of(), slow);
    }

    /// What ran alone is measured again before a job is called slow, since the machine may have become slower.
    private static boolean isSlow(Line line, Map<String, Long> fresh) {
        return fresh.get(line.job()) < LEAST_SPEED * line.microseconds();
    }

    private static long[] seeds() {
        return LongStream.range(SEED, SEED + ORDERS).toArray();
    }

    /// The lines of one JVM.
    private List<Line> run(long seed, String jobs, int milliseconds) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path errors = directory.resolve("errors");
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "--add-modules", "jdk.incubator.vector",
                "-cp", System.getProperty("java.class.path"),
                ShuffledSteps.class.getName(), Long.toString(seed), jobs, Integer.toString(milliseconds))
                .redirectOutput(out.toFile()).redirectError(errors.toFile()).start();
        int code = process.waitFor();
        assertEquals(0, code, Files.readString(errors));
        List<String> lines = Files.readAllLines(out);
        assertTrue(!lines.isEmpty(), jobs);
        Files.writeString(KEPT, "order " + seed + System.lineSeparator(), StandardOpenOption.APPEND);
        Files.write(KEPT, lines, StandardOpenOption.APPEND);
        return lines.stream().map(Line::of).toList();
    }

}
