package io.quadric.engine.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Which cases each step sees, as a function of the seed and the step alone.
///
/// An epoch passes over all N cases once, in ⌈N / batchSize⌉ steps whose batches differ in size by one case at most:
/// no case is dropped, and no step is left with a small rest. With 1,497 cases, a batch size of 1,000 gives batches
/// of 748 and 749. The order is a new permutation in each epoch. If an epoch is a single step, its batch is the whole
/// data.
///
/// Steps count from 1, epochs from 0.
///
/// @param cases N
/// @param sizes of the batches
/// @param seed decides everything
/// @param chunking how the batches are taken in chunks
public record TrainingPlan(int cases, BatchSizes sizes, long seed, Chunking chunking) {
    /// Checks the number of cases. Batches cannot be larger than the data: larger sizes mean all cases.
    ///
    /// @throws IllegalArgumentException if there is no case, or too few for batches that must differ
    public TrainingPlan {
        BatchSizes.requireAtLeast("cases", cases, 1);
        BatchSizes first = sizes.in(0, cases);
        boolean lost = (sizes.curvature() > 0 && first.curvature() == 0)
                || (sizes.evaluation() > 0 && first.evaluation() == 0);
        if (lost) {
            throw new IllegalArgumentException(
                    cases + " cases, expected at least 2 for batches that have no case in common");
        }
    }

    /// In whole batches.
    ///
    /// @param cases N
    /// @param sizes of the batches
    /// @param seed decides everything
    /// @throws IllegalArgumentException if there is no case, or too few for batches that must differ
    public TrainingPlan(int cases, BatchSizes sizes, long seed) {
        this(cases, sizes, seed, Chunking.NONE);
    }

    /// {@return the same in other chunks}
    ///
    /// @param other how the batches are taken in chunks
    public TrainingPlan in(Chunking other) {
        return new TrainingPlan(cases, sizes, seed, other);
    }

    /// A separate curvature batch from all cases, sizes constant.
    ///
    /// @param cases N
    /// @param batchSize the most cases of a gradient batch
    /// @param curvatureBatchSize the cases of a curvature batch; 0 if the curvature is that of the gradient batch
    /// @param seed decides everything
    /// @throws IllegalArgumentException if a size is out of range
    public TrainingPlan(int cases, int batchSize, int curvatureBatchSize, long seed) {
        this(cases, new BatchSizes(batchSize, curvatureBatchSize), seed);
    }

    /// {@return the sizes in an epoch}
    ///
    /// @param epoch from 0
    public BatchSizes sizes(long epoch) {
        return sizes.in(epoch, cases);
    }

    /// {@return the most cases of a gradient batch of epoch 0}
    public int batchSize() {
        return sizes(0).gradient();
    }

    /// {@return the cases of a curvature batch of epoch 0; 0 if the curvature is that of the gradient batch}
    public int curvatureBatchSize() {
        return sizes(0).curvature();
    }

    /// {@return which sizes the data cannot give, and what they are cut to, in epoch 0}; empty if none
    public List<String> cuts() {
        BatchSizes given = sizes(0);
        List<String> cuts = new ArrayList<>();
        cut("gradient", Math.min(sizes.gradient(), cases), given.gradient(), cuts);
        cut("curvature", sizes.curvature(), given.curvature(), cuts);
        cut("evaluation", sizes.evaluation(), given.evaluation(), cuts);
        return cuts;
    }

    private void cut(String name, int wanted, int given, List<String> cuts) {
        if (given < wanted) {
            cuts.add(name + " batch of " + given + " cases instead of " + wanted + ", as there are " + cases);
        }
    }

    /// {@return ⌈N / batchSize⌉ for epoch 0}
    public int stepsPerEpoch() {
        return stepsPerEpoch(0);
    }

    /// {@return ⌈N / batchSize⌉ for an epoch}
    ///
    /// @param epoch from 0
    public int stepsPerEpoch(long epoch) {
        return Math.ceilDiv(cases, sizes(epoch).gradient());
    }

    /// {@return the epoch that step `step` belongs to}
    ///
    /// @param step from 1
    public long epoch(long step) {
        if (sizes.growth() == 1) {
            return (step - 1) / stepsPerEpoch();
        }
        long epoch = 0;
        long left = step;
        while (left > stepsPerEpoch(epoch)) {
            left -= stepsPerEpoch(epoch);
            epoch++;
        }
        return epoch;
    }

    /// {@return how many steps so many epochs are}
    ///
    /// @param epochs how many
    /// @param most what is returned if they are more
    public long steps(long epochs, long most) {
        if (sizes.growth() == 1) {
            return epochs > most / stepsPerEpoch() ? most : epochs * stepsPerEpoch();
        }
        long steps = 0;
        for (long e = 0; e < epochs && steps < most; e++) {
            int inEpoch = stepsPerEpoch(e);
            if (inEpoch == 1) {
                return epochs - e > most - steps ? most : steps + epochs - e;
            }
            steps += inEpoch;
        }
        return Math.min(steps, most);
    }

    /// Steps before an epoch begins.
    private long stepsBefore(long epoch) {
        return steps(epoch, Long.MAX_VALUE);
    }

    /// {@return how many epochs `steps` steps are}
    ///
    /// @param steps taken so far
    public double epochs(long steps) {
        long epoch = epoch(steps + 1);
        return epoch + (double) (steps - stepsBefore(epoch)) / stepsPerEpoch(epoch);
    }

    /// {@return whether step `step` is the last of its epoch}
    ///
    /// @param step from 1
    public boolean endsEpoch(long step) {
        return epoch(step + 1) > epoch(step);
    }

    /// {@return the place of the first case of step `step` in the order of its epoch}; that of the last but one of an
    /// epoch ends where the next one begins.
    ///
    /// @param step from 1
    public int first(long step) {
        return boundary(step, 1);
    }

    /// {@return the position after the last case of step `step` in the order of its epoch}
    ///
    /// @param step from 1
    public int end(long step) {
        return boundary(step, 0);
    }

    private int boundary(long step, int back) {
        long epoch = epoch(step);
        long index = step - stepsBefore(epoch) - back;
        return (int) (index * cases / stepsPerEpoch(epoch));
    }

    /// Writes the order of the cases in an epoch.
    ///
    /// @param epoch from 0
    /// @param order N entries, overwritten
    public void order(long epoch, int[] order) {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        shuffle(order, cases, Seeds.PERMUTATION.of(seed, epoch));
    }

    /// Draws the curvature batch of a step.
    ///
    /// @param step from 1
    /// @param pool the cases it is drawn from, reordered: the batch comes first
    void drawCurvature(long step, int[] pool) {
        shuffle(pool, Math.min(pool.length, sizes(epoch(step)).curvature()), Seeds.CURVATURE_BATCH.of(seed, step));
    }

    /// Draws the evaluation batch of a step.
    ///
    /// @param step from 1
    /// @param pool the cases it is drawn from, reordered: the batch comes first
    void drawEvaluation(long step, int[] pool) {
        shuffle(pool, Math.min(pool.length, sizes(epoch(step)).evaluation()), Seeds.EVALUATION_BATCH.of(seed, step));
    }

    /// {@return some of the cases, without replacement}, in ascending order: the same for every run with this seed
    ///
    /// @param count how many
    int[] some(int count) {
        int[] all = IntStream.range(0, cases).toArray();
        shuffle(all, count, Seeds.JUDGED_CASES.of(seed, 0));
        int[] some = Arrays.copyOf(all, count);
        Arrays.sort(some);
        return some;
    }

    /// The first `count` places of a uniform permutation (Fisher & Yates).
    private static void shuffle(int[] order, int count, RandomGenerator random) {
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i, order.length);
            int chosen = order[j];
            order[j] = order[i];
            order[i] = chosen;
        }
    }
}
