package io.quadric.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Initializer;
import io.quadric.nn.Parameters;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Executors in processes of their own, of which one after the other is killed. They take their time to start.
@EnabledIfSystemProperty(named = "quadric.torture", matches = "true")
class LostExecutorTest {
    private static final int KILLS = Integer.getInteger("quadric.kills", 20);
    private static final int LONGEST_WAIT = 400;

    /// Executors look for Spark in a folder that may be empty, as they have the class path of this JVM. Lost ones are
    /// replaced without end, and slow tasks are run a second time elsewhere.
    static SparkConf cluster(String master, Path home) throws IOException {
        Files.createDirectories(home.resolve("jars"));
        System.setProperty("spark.testing", "true");
        System.setProperty("spark.test.home", home.toString());
        return new SparkConf()
                .setMaster(master)
                .setAppName("quadric tests")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.speculation", "true")
                .set("spark.task.maxFailures", "1000")
                .set("spark.deploy.maxExecutorRetries", "-1")
                .set("spark.stage.maxConsecutiveAttempts", "1000")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set("spark.executor.extraJavaOptions", flags())
                .set("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
                .set("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"));
    }

    /// Those of this JVM for the compiler too: they choose the kernels.
    private static String flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-XX:Tiered"))
                .collect(Collectors.joining(" ", SparkChunks.JVM_FLAGS + " ", ""));
    }

    /// The arguments of an executor are too long for the system to tell; no other child is a JVM.
    private static Optional<ProcessHandle> executor() {
        return ProcessHandle.current().descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .findFirst();
    }

    /// Steps of Hessian-free optimisation; θ after each of some steps is the same with and without lost executors.
    private static final class Steps implements AutoCloseable {
        private final Workspace ws = Workspace.withThreads(2);
        private final Parameters theta = SparkChunksTest.MODEL.network()
                .initialize(Initializer.glorot(), Precision.FLOAT32, SparkChunksTest.random(1));
        private final StepData data;
        private final Run run;

        Steps(CaseSet all, CaseSet few) {
            data = new StepData(all, few, few);
            run = SparkChunksTest.optimizer("hessian-free")
                    .start(new Start(SparkChunksTest.MODEL, theta, List.of(all), 7, ws));
        }

        float[] step() {
            run.step(data);
            return theta.values().toFloatArray();
        }

        @Override
        public void close() {
            ws.close();
        }
    }

    /// In the middle of a step or between two.
    private static Thread killer(RandomGenerator random) {
        int wait = random.nextInt(LONGEST_WAIT);
        return Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(wait);
                Optional<ProcessHandle> victim = executor();
                while (victim.isEmpty()) {
                    Thread.sleep(LONGEST_WAIT);
                    victim = executor();
                }
                victim.get().destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void lostExecutorsChangeNothing(@TempDir Path home) throws Exception {
        RandomGenerator random = SparkChunksTest.random(20);
        CaseSet all = SparkChunksTest.local(SparkChunksTest.CHUNKS);
        try (JavaSparkContext context = new JavaSparkContext(cluster("local-cluster[2,1,1024]", home));
                SparkChunks chunks = SparkChunks.of(context, SparkChunksTest.batches(), 4);
                Steps there = new Steps(chunks, chunks.range(0, 3));
                Steps here = new Steps(all, SparkChunksTest.local(3))) {
            assertArrayEquals(here.step(), there.step());
            for (int kill = 1; kill <= KILLS; kill++) {
                Thread killer = killer(random);
                int steps = 0;
                do {
                    assertArrayEquals(here.step(), there.step(), "after kill " + kill);
                    steps++;
                } while (killer.isAlive());
                assertTrue(steps > 0);
                System.out.println("kill " + kill + ": the same parameters after " + steps + " more steps");
            }
        } finally {
            System.clearProperty("spark.testing");
            System.clearProperty("spark.test.home");
        }
    }
}
