package io.quadric.engine.train;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.nn.Batch;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Network;
import io.quadric.nn.chunk.Chunks;
import io.quadric.nn.layer.Layer;
import io.quadric.optim.StepData;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The batches of a plan, gathered into matrices that the next step overwrites.
public final class Batches {
    private static final int LARGEST_CHUNK = 1000;

    /// Elements that a forward pass over a chunk may keep, about.
    private static final long CHUNK_ELEMENTS = 1 << 25;

    private final TrainingPlan plan;
    private final BatchCases cases;
    private final Batch data;
    private final Gathered gradient;
    private final Gathered curvature;
    private final Gathered evaluation;

    /// For a plan.
    ///
    /// @param plan sizes and order
    /// @param data as many cases as the plan is for
    public Batches(TrainingPlan plan, Batch data) {
        this.plan = plan;
        this.data = data;
        cases = new BatchCases(plan);
        gradient = new Gathered(data);
        curvature = new Gathered(data);
        evaluation = new Gathered(data);
    }

    /// {@return the batches of a step, valid until the next call}
    ///
    /// @param step from 1
    public StepData step(long step) {
        BatchSizes sizes = plan.sizes(plan.epoch(step));
        int[] seen = cases.gradient(step);
        CaseSet first = gather(seen, gradient);
        boolean separate = sizes.curvature() > 0;
        int[] curved = separate ? cases.curvature(step, seen) : seen;
        CaseSet second = separate ? gather(curved, curvature) : first;
        boolean judged = sizes.evaluation() > 0;
        return new StepData(first, second, judged ? gather(cases.evaluation(step, curved), evaluation) : first);
    }

    /// {@return the gradient batches of a plan's first epoch}: one pass over the data in batches as large as those of
    /// the steps. Each is valid until the next one is asked for.
    ///
    /// @param plan sizes and order
    /// @param data as many cases as the plan is for
    public static Iterable<CaseSet> pass(TrainingPlan plan, Batch data) {
        return () -> {
            Batches batches = new Batches(plan, data);
            return LongStream.rangeClosed(1, plan.stepsPerEpoch())
                    .mapToObj(step -> batches.gather(batches.cases.gradient(step), batches.gradient))
                    .iterator();
        };
    }

    /// All cases are the data itself, in its order.
    private CaseSet gather(int[] chosen, Gathered room) {
        boolean all = chosen.length == plan.cases();
        Chunking chunking = plan.chunking();
        if (!chunking.divides(chosen.length)) {
            return all ? data : room.gather(chosen);
        }
        return all
                ? Chunks.of(data, chunking.size(), chunking.budget())
                : new Chunks(new GatheredChunks(data, chosen, chunking.size()), chunking.budget());
    }

    /// All of a batch in order, in views of about 1,000 cases, and fewer where a network keeps much of each. None has
    /// one case, unless there is no other: layers may normalise by it.
    static Iterable<Batch> chunks(Network network, Batch batch) {
        return chunks(network, batch, batch.cases());
    }

    /// As many chunks of a batch as have about `cases` cases, spread over it.
    static Iterable<Batch> chunks(Network network, Batch batch, int cases) {
        int size = chunkSize(network);
        int all = Math.max(1, (batch.cases() + size - 2) / size);
        int some = Math.min(all, Math.ceilDiv(cases, size));
        return () -> IntStream.range(0, some)
                .map(i -> (int) ((long) i * all / some))
                .mapToObj(i -> batch.rows(i * size, i == all - 1 ? batch.cases() : (i + 1) * size))
                .iterator();
    }

    private static int chunkSize(Network network) {
        long kept = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            List<List<Layer>> paths = network.layers().get(i).paths();
            int inside = Math.max(1, paths.size() + paths.stream().mapToInt(List::size).sum());
            kept += (long) inside * network.shape(i + 1).size();
        }
        return Math.clamp(CHUNK_ELEMENTS / kept, 2, LARGEST_CHUNK);
    }

    /// Room for a batch, which grows with it. Targets that are the inputs are gathered once.
    private static final class Gathered {
        private final Batch data;
        private Matrix inputs;
        private Matrix targets;

        Gathered(Batch data) {
            this.data = data;
            makeRoom(0);
        }

        private void makeRoom(int capacity) {
            inputs = Matrix.zeros(data.inputs().precision(), capacity, data.inputs().columns());
            targets = data.targets() == data.inputs()
                    ? inputs
                    : Matrix.zeros(data.targets().precision(), capacity, data.targets().columns());
        }

        Batch gather(int[] cases) {
            if (cases.length > inputs.rows()) {
                makeRoom(cases.length);
            }
            Matrix x = inputs.rows(0, cases.length);
            gather(data.inputs(), cases, x);
            if (targets == inputs) {
                return batch(x, x, cases);
            }
            Matrix t = targets.rows(0, cases.length);
            gather(data.targets(), cases, t);
            return batch(x, t, cases);
        }

        private Batch batch(Matrix x, Matrix t, int[] cases) {
            return new Batch(x, t, data.lengths().chosen(cases), data.weights().chosen(cases));
        }

        private static void gather(Matrix from, int[] cases, Matrix to) {
            Elementwise.gatherRows(from, cases, to);
        }
    }
}
