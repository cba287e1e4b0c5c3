package io.quadric.engine.train;

import java.util.random.RandomGenerator;

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
/// @param batchSize the most cases of a gradient batch
/// @param curvatureBatchSize the cases of a curvature batch, drawn from all N without replacement anew for each step;
///     0 if the curvature is that of the gradient batch
/// @param seed decides everything
public record TrainingPlan(int cases, int batchSize, int curvatureBatchSize, long seed) {
    /// Checks the sizes. Batches cannot be larger than the data: larger sizes mean all cases.
    ///
    /// @throws IllegalArgumentException if there is no case or a size is out of range
    public TrainingPlan {
        requireAtLeast("cases", cases, 1);
        requireAtLeast("batch size", batchSize, 1);
        requireAtLeast("curvature batch size", curvatureBatchSize, 0);
        batchSize = Math.min(batchSize, cases);
        curvatureBatchSize = Math.min(curvatureBatchSize, cases);
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", expected at least " + least);
        }
    }

    /// {@return ⌈N / batchSize⌉}
    public int stepsPerEpoch() {
        return Math.ceilDiv(cases, batchSize);
    }

    /// {@return the epoch that step `step` belongs to}
    ///
    /// @param step from 1
    public long epoch(long step) {
        return (step - 1) / stepsPerEpoch();
    }

    /// {@return how many epochs `steps` steps are}
    ///
    /// @param steps taken so far
    public double epochs(long steps) {
        return (double) steps / stepsPerEpoch();
    }

    /// {@return whether step `step` is the last of its epoch}
    ///
    /// @param step from 1
    public boolean endsEpoch(long step) {
        return step % stepsPerEpoch() == 0;
    }

    /// {@return the place of the first case of step `step` in the order of its epoch}; that of the last but one of an
    /// epoch ends where the next one begins.
    ///
    /// @param step from 1
    public int first(long step) {
        return boundary((step - 1) % stepsPerEpoch());
    }

    /// {@return the place behind the last case of step `step` in the order of its epoch}
    ///
    /// @param step from 1
    public int end(long step) {
        return boundary((step - 1) % stepsPerEpoch() + 1);
    }

    private int boundary(long index) {
        return (int) (index * cases / stepsPerEpoch());
    }

    /// Writes the order of the cases in an epoch.
    ///
    /// @param epoch from 0
    /// @param order N entries, overwritten
    public void order(long epoch, int[] order) {
        shuffle(order, cases, Seeds.PERMUTATION.of(seed, epoch));
    }

    /// Writes the cases of a curvature batch.
    ///
    /// @param step from 1
    /// @param order N entries, overwritten; the batch is the first `curvatureBatchSize` of them
    public void curvatureOrder(long step, int[] order) {
        shuffle(order, curvatureBatchSize, Seeds.CURVATURE_BATCH.of(seed, step));
    }

    /// The first `count` places of a uniform permutation (Fisher & Yates).
    private static void shuffle(int[] order, int count, RandomGenerator random) {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i, order.length);
            int chosen = order[j];
            order[j] = order[i];
            order[i] = chosen;
        }
    }
}
