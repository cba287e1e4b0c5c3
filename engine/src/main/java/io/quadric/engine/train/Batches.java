package io.quadric.engine.train;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.nn.Batch;
import io.quadric.optim.StepData;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;

/// The batches of a plan, gathered into matrices that the next step overwrites.
final class Batches {
    private static final int CHUNK = 1000;

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

    /// All of a batch in order, in views of at most 1,000 cases.
    static Iterable<Batch> chunks(Batch batch) {
        return () -> chunkIterator(batch);
    }

    private static Iterator<Batch> chunkIterator(Batch batch) {
        int n = batch.cases();
        return IntStream.range(0, Math.ceilDiv(n, CHUNK))
                .mapToObj(i -> rows(batch, i * CHUNK, Math.min(n, (i + 1) * CHUNK)))
                .iterator();
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
