package io.quadric.engine.train;

import io.quadric.engine.cases.BatchRoom;
import io.quadric.engine.cases.Cases;
import io.quadric.engine.cases.Draw;
import io.quadric.nn.Batch;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Layer;
import io.quadric.optim.StepData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The batches of a plan, gathered into matrices that the next step overwrites.
public final class Batches {
    private static final int LARGEST_CHUNK = 1000;

    /// Elements that a forward pass over a chunk may keep, about.
    private static final long CHUNK_ELEMENTS = 1 << 25;

    private final TrainingPlan plan;
    private final BatchCases cases;
    private final Cases data;
    private final BatchRoom gradient;
    private final BatchRoom curvature;
    private final BatchRoom evaluation;
    private final ChunkPlace place;
    private final List<CaseSet> placed = new ArrayList<>();
    private final Whole whole;

    /// All cases in chunks, once they are at their place.
    private static final class Whole {
        private Optional<CaseSet> cases = Optional.empty();
    }

    /// For a plan.
    ///
    /// @param plan sizes and order
    /// @param data as many cases as the plan is for
    public Batches(TrainingPlan plan, Cases data) {
        this(plan, data, ChunkPlace.here());
    }

    /// For a plan, with chunks elsewhere.
    ///
    /// @param plan sizes and order
    /// @param data as many cases as the plan is for
    /// @param place where the chunks of batches are computed
    public Batches(TrainingPlan plan, Cases data, ChunkPlace place) {
        this(plan, data, place, new Whole());
    }

    private Batches(TrainingPlan plan, Cases data, ChunkPlace place, Whole whole) {
        this.plan = plan;
        this.data = data;
        this.place = place;
        this.whole = whole;
        cases = new BatchCases(plan);
        gradient = new BatchRoom(data.form());
        curvature = new BatchRoom(data.form());
        evaluation = new BatchRoom(data.form());
    }

    /// {@return the batches of a step, valid until the next call}
    ///
    /// @param step from 1
    public StepData step(long step) {
        release();
        BatchSizes sizes = plan.sizes(plan.epoch(step));
        int[] seen = cases.gradient(step);
        Draw draw = new Draw(plan.seed(), step);
        CaseSet first = drawn(draw, seen, gradient);
        boolean separate = sizes.curvature() > 0;
        int[] curved = separate ? cases.curvature(step, seen) : seen;
        CaseSet second = separate ? drawn(draw, curved, curvature) : first;
        boolean judged = sizes.evaluation() > 0;
        return new StepData(
                first, second, judged ? drawn(draw, cases.evaluation(step, curved), evaluation) : first);
    }

    /// {@return the gradient batches of a plan's first epoch}: one pass over the data in batches as large as those of
    /// the steps. Each is valid until the next one is asked for.
    ///
    /// @param plan sizes and order
    /// @param data as many cases as the plan is for
    public static Iterable<CaseSet> pass(TrainingPlan plan, Cases data) {
        return new Batches(plan, data).pass();
    }

    /// {@return the gradient batches of the first epoch}: as [#pass(TrainingPlan, Cases)], in chunks where these are.
    /// They leave the batches of steps as they are; if they are all cases, both are the same.
    public Iterable<CaseSet> pass() {
        return () -> {
            Batches batches = new Batches(plan, data, place, whole);
            return LongStream.rangeClosed(1, plan.stepsPerEpoch()).mapToObj(batches::undrawn).iterator();
        };
    }

    /// The gradient batch of a step without random changes.
    private CaseSet undrawn(long step) {
        release();
        return gather(cases.gradient(step), gradient);
    }

    private void release() {
        placed.forEach(place::release);
        placed.clear();
    }

    /// All cases are the data itself, in its order.
    private CaseSet gather(int[] chosen, BatchRoom room) {
        return take(chosen, room, (numbers, into) -> numbers.length == plan.cases()
                ? data.rows(0, numbers.length, into)
                : data.chosen(numbers, into));
    }

    private CaseSet drawn(Draw draw, int[] chosen, BatchRoom room) {
        return take(chosen, room, (numbers, into) -> data.drawn(draw, numbers, into));
    }

    private CaseSet take(int[] chosen, BatchRoom room, BiFunction<int[], BatchRoom, Batch> from) {
        Chunking chunking = plan.chunking();
        if (!chunking.divides(chosen.length)) {
            return from.apply(chosen, room);
        }
        if (chosen.length == plan.cases() && !data.changes()) {
            return whole.cases.orElseGet(() -> keep(chosen.length, room, from));
        }
        int[] numbers = chosen.length == plan.cases() ? IntStream.range(0, chosen.length).toArray() : chosen;
        CaseSet batch = place.place(new GatheredChunks(numbers, chunking.size(), room, from), chunking);
        placed.add(batch);
        return batch;
    }

    /// All cases, which stay where they are from step to step.
    private CaseSet keep(int count, BatchRoom room, BiFunction<int[], BatchRoom, Batch> from) {
        int[] numbers = IntStream.range(0, count).toArray();
        Chunking chunking = plan.chunking();
        CaseSet all = place.place(new GatheredChunks(numbers, chunking.size(), room, from), chunking);
        whole.cases = Optional.of(all);
        return all;
    }

    /// All cases in order, about 1,000 at a time, and fewer where a network keeps much of each. No batch has one case,
    /// unless there is no other: layers may normalise by it. Each is valid until the next one is asked for.
    static Iterable<Batch> chunks(Network network, Cases data) {
        return chunks(network, data, data.cases());
    }

    /// As many chunks as have about `cases` cases, spread over all of them.
    static Iterable<Batch> chunks(Network network, Cases data, int cases) {
        int size = chunkSize(network);
        int all = Math.max(1, (data.cases() + size - 2) / size);
        int some = Math.min(all, Math.ceilDiv(cases, size));
        BatchRoom room = new BatchRoom(data.form());
        return () -> IntStream.range(0, some)
                .map(i -> (int) ((long) i * all / some))
                .mapToObj(i -> data.rows(i * size, i == all - 1 ? data.cases() : (i + 1) * size, room))
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
}
