package io.quadric.engine.train;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.nn.Batch;
import io.quadric.nn.Layer;
import io.quadric.nn.Network;
import io.quadric.nn.ResidualLayer;
import io.quadric.optim.StepData;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The batches of a plan, gathered into matrices that the next step overwrites.
final class Batches {
    private static final int LARGEST_CHUNK = 1000;

    /// Elements that a forward pass over a chunk may keep, about.
    private static final long CHUNK_ELEMENTS = 1 << 25;

    private final TrainingPlan plan;
    private final Batch data;
    private final Gathered gradient;
    private final Gathered curvature;
    private final int[] curvatureOrder;
    private final int[] order;
    private long orderedEpoch = -1;

    Batches(TrainingPlan plan, Batch data) {
        this.plan = plan;
        this.data = data;
        boolean whole = plan.stepsPerEpoch() == 1;
        order = new int[whole ? 0 : plan.cases()];
        gradient = new Gathered(data, whole ? 0 : plan.batchSize());
        boolean separate = plan.curvatureBatchSize() > 0 && plan.curvatureBatchSize() < plan.cases();
        curvatureOrder = new int[separate ? plan.cases() : 0];
        curvature = new Gathered(data, separate ? plan.curvatureBatchSize() : 0);
    }

    /// The batches of a step, valid until the next call.
    StepData step(long step) {
        Batch first = gradient(step);
        if (plan.curvatureBatchSize() == 0) {
            return new StepData(first);
        }
        if (curvatureOrder.length == 0) {
            return new StepData(first, data);
        }
        plan.curvatureOrder(step, curvatureOrder);
        return new StepData(first, curvature.gather(Arrays.copyOf(curvatureOrder, plan.curvatureBatchSize())));
    }

    private Batch gradient(long step) {
        if (plan.stepsPerEpoch() == 1) {
            return data;
        }
        long epoch = plan.epoch(step);
        if (epoch != orderedEpoch) {
            plan.order(epoch, order);
            orderedEpoch = epoch;
        }
        return gradient.gather(Arrays.copyOfRange(order, plan.first(step), plan.end(step)));
    }

    /// All of a batch in order, in views of at most 1,000 cases, and fewer where a network keeps much of each.
    static Iterable<Batch> chunks(Network network, Batch batch) {
        return chunks(network, batch, batch.cases());
    }

    /// As many chunks of a batch as have about `cases` cases, spread over it.
    static Iterable<Batch> chunks(Network network, Batch batch, int cases) {
        int size = chunkSize(network);
        int all = Math.ceilDiv(batch.cases(), size);
        int some = Math.min(all, Math.ceilDiv(cases, size));
        return () -> IntStream.range(0, some)
                .map(i -> (int) ((long) i * all / some))
                .mapToObj(i -> rows(batch, i * size, Math.min(batch.cases(), (i + 1) * size)))
                .iterator();
    }

    private static int chunkSize(Network network) {
        long kept = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            int inside = network.layers().get(i) instanceof ResidualLayer(List<Layer> body, List<Layer> shortcut)
                    ? body.size() + shortcut.size() + 2
                    : 1;
            kept += (long) inside * network.shape(i + 1).size();
        }
        return Math.clamp(CHUNK_ELEMENTS / kept, 1, LARGEST_CHUNK);
    }

    private static Batch rows(Batch batch, int from, int to) {
        return new Batch(batch.inputs().rows(from, to), batch.targets().rows(from, to));
    }

    /// Room for a batch. Targets that are the inputs are gathered once.
    private static final class Gathered {
        private final Batch data;
        private final Matrix inputs;
        private final Matrix targets;

        Gathered(Batch data, int capacity) {
            this.data = data;
            inputs = Matrix.zeros(data.inputs().precision(), capacity, data.inputs().columns());
            targets = data.targets() == data.inputs()
                    ? inputs
                    : Matrix.zeros(data.targets().precision(), capacity, data.targets().columns());
        }

        Batch gather(int[] cases) {
            Matrix x = inputs.rows(0, cases.length);
            gather(data.inputs(), cases, x);
            if (targets == inputs) {
                return new Batch(x, x);
            }
            Matrix t = targets.rows(0, cases.length);
            gather(data.targets(), cases, t);
            return new Batch(x, t);
        }

        private static void gather(Matrix from, int[] cases, Matrix to) {
            Elementwise.gatherRows(from, cases, to);
        }
    }
}
