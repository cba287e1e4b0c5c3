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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Executors in processes of their own, one of which is killed in the middle of a step. They take their time to start.
@EnabledIfSystemProperty(named = "quadric.torture", matches = "true")
class LostExecutorTest {
    private static final int STEPS = 2;

    /// Where executors look for Spark; what they need is on their class path, which is that of this JVM.
    private static JavaSparkContext cluster(Path home) throws IOException {
        Files.createDirectory(home.resolve("jars"));
        System.setProperty("spark.testing", "true");
        System.setProperty("spark.test.home", home.toString());
        return new JavaSparkContext(new SparkConf()
                .setMaster("local-cluster[2,1,1024]")
                .setAppName("quadric tests")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set("spark.executor.extraJavaOptions", SparkChunks.JVM_FLAGS)
                .set("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
                .set("spark.executorEnv.JAVA_HOME", System.getProperty("java.home")));
    }

    /// The arguments of an executor are too long for the system to tell; no other child is a JVM.
    private static Optional<ProcessHandle> executor() {
        return ProcessHandle.current().descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .findFirst();
    }

    /// The parameters after some steps; the second one tells the observer of its gradient.
    private static float[] trained(CaseSet all, CaseSet few, Runnable observer) {
        Parameters theta = SparkChunksTest.MODEL.network()
                .initialize(Initializer.glorot(), Precision.FLOAT32, SparkChunksTest.random(1));
        int[] seen = new int[1];
        try (Workspace ws = Workspace.serial()) {
            Run run = SparkChunksTest.optimizer("hessian-free").start(
                    new Start(SparkChunksTest.MODEL, theta, List.of(all), 7, ws, gradient -> {
                        if (++seen[0] == 2) {
                            observer.run();
                        }
                    }));
            for (int k = 0; k < STEPS; k++) {
                assertTrue(run.step(new StepData(all, few, few)).moved());
            }
            return theta.values().toFloatArray();
        }
    }

    @Test
    void aLostExecutorChangesNothing(@TempDir Path home) throws IOException {
        try (JavaSparkContext context = cluster(home);
                SparkChunks chunks = SparkChunks.of(context, SparkChunksTest.batches(), 4)) {
            boolean[] killed = new boolean[1];
            float[] trained = trained(chunks, chunks.range(0, 3),
                    () -> killed[0] = executor().orElseThrow().destroyForcibly());
            assertTrue(killed[0]);
            CaseSet all = SparkChunksTest.local(SparkChunksTest.CHUNKS);
            assertArrayEquals(trained(all, SparkChunksTest.local(3), () -> {}), trained);
        } finally {
            System.clearProperty("spark.testing");
            System.clearProperty("spark.test.home");
        }
    }
}
