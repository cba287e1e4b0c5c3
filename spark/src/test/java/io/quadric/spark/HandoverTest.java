package io.quadric.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Initializer;
import io.quadric.nn.Model;
import io.quadric.nn.Parameters;
import io.quadric.nn.chunk.ChunkSource;
import io.quadric.nn.chunk.Chunks;
import io.quadric.nn.chunk.TreeSum;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.Test;

class HandoverTest {
    /// A tenth of what the parameters take; tasks themselves, with what they are told, take some kilobytes.
    private static final int LARGEST = 40_000;

    /// The bytes of the results of tasks, and of the blocks of broadcasts, of which each job has one for its task.
    private static final class Sizes extends SparkListener {
        private final Queue<Long> results = new ConcurrentLinkedQueue<>();
        private final Queue<Long> broadcasts = new ConcurrentLinkedQueue<>();

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            results.add(end.taskMetrics().resultSize());
        }

        @Override
        public void onBlockUpdated(SparkListenerBlockUpdated updated) {
            var block = updated.blockUpdatedInfo();
            if (block.blockId().isBroadcast()) {
                broadcasts.add(block.memSize());
            }
        }
    }

    private static void areSmall(Queue<Long> sizes, int least) {
        assertTrue(sizes.size() >= least, sizes::toString);
        assertTrue(sizes.stream().allMatch(size -> size < LARGEST), sizes::toString);
    }

    private static float[] trained(Model model, CaseSet cases) {
        Parameters theta = model.network().initialize(
                Initializer.glorot(), Precision.FLOAT32, SparkChunksTest.random(1));
        try (Workspace ws = Workspace.serial()) {
            var run = SparkChunksTest.optimizer("kfac").start(new Start(model, theta, List.of(cases), 7, ws));
            assertTrue(run.step(new StepData(cases)).moved());
            return theta.values().toFloatArray();
        }
    }

    /// 101,200 parameters, and more numbers in the factors.
    @Test
    void numbersAreNotSerialisedInTheJvmOfTheDriver() throws TimeoutException {
        Model model = StepCosts.autoencoder(784, 64, 784);
        List<Batch> batches = StepCosts.batches(16, 784);
        SparkContext context = TestSession.context().sc();
        Sizes sizes = new Sizes();
        context.listenerBus().waitUntilEmpty(); // of other tests' tasks
        context.addSparkListener(sizes);
        try (SparkChunks chunks = SparkChunks.of(TestSession.context(), batches, 3)) {
            assertArrayEquals(trained(model, new Chunks(ChunkSource.of(batches), 0)), trained(model, chunks));
            context.listenerBus().waitUntilEmpty();
        } finally {
            context.removeSparkListener(sizes);
        }
        areSmall(sizes.results, 2 * 3);
        areSmall(sizes.broadcasts, 2);
    }

    private static List<TreeSum.Node> nodes(Vector... values) {
        return List.of(values).stream().map(v -> new TreeSum.Node(1, 3, 0.1, v)).toList();
    }

    /// Two attempts of a task that both end before their job, and one that ends after it.
    @Test
    void attemptsAreApartAndLateOnesSend() throws IOException, ClassNotFoundException {
        List<TreeSum.Node> nodes = nodes(Vector.of(new float[]{0.1f, -0f}), Vector.zeros(Precision.FLOAT32, 0));
        Handover handover = Handover.open();
        Sums first = Handover.deliver(handover.job(), nodes);
        Sums second = Handover.deliver(handover.job(), nodes);
        assertNotEquals(first, second);
        assertEquals(nodes, handover.nodes(second, Precision.FLOAT32));
        handover.close();
        Sums late = Handover.deliver(handover.job(), nodes);
        assertInstanceOf(Sums.Sent.class, late);
        List<TreeSum.Node> received = handover.nodes(copy(late), Precision.FLOAT32);
        for (int i = 0; i < nodes.size(); i++) {
            Vector values = received.get(i).values();
            assertEquals(Precision.FLOAT32, values.precision());
            assertArrayEquals(nodes.get(i).values().toFloatArray(), values.toFloatArray());
            assertEquals(nodes.get(i), new TreeSum.Node(received.get(i).level(), received.get(i).index(),
                    received.get(i).scalar(), nodes.get(i).values()));
        }
    }

    private static Sums copy(Sums sums) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(sums);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Sums) in.readObject();
        }
    }
}
