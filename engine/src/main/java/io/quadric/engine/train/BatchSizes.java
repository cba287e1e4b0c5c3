package io.quadric.engine.train;

/// How many cases the batches of a step have, and which cases a curvature batch is drawn from (Martens & Sutskever
/// 2012, §12).
///
/// The sizes are those of epoch 0; in epoch e they are ⌊size · growthᵉ⌋. Sizes that the data cannot serve together are
/// cut, in this order: the evaluation batch to half of the cases, a separate curvature batch to what that leaves, and
/// to half of the cases where it must be disjoint, and the gradient batch to what the one leaves that must not meet
/// it.
///
/// @param gradient the most cases of a gradient batch
/// @param curvature the cases of a curvature batch; 0 if the curvature is that of the gradient batch
/// @param evaluation the cases of an evaluation batch, which are outside the curvature batch (§12.2); 0 if iterates
///     are judged on the gradient batch
/// @param pool where a separate curvature batch comes from
/// @param growth the factor from epoch to epoch, at least 1
public record BatchSizes(int gradient, int curvature, int evaluation, Pool pool, double growth) {
    /// Where a separate curvature batch comes from. It is drawn without replacement, anew for each step.
    public enum Pool {
        /// All cases.
        ALL,
        /// The gradient batch, as in Zhang et al. (2017, Algorithm 1) and Byrd et al. (2011).
        GRADIENT_BATCH,
        /// The cases outside the gradient batch.
        OTHERS
    }

    /// Checks the sizes.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public BatchSizes {
        requireAtLeast("batch size", gradient, 1);
        requireAtLeast("curvature batch size", curvature, 0);
        requireAtLeast("evaluation batch size", evaluation, 0);
        if (!(growth >= 1) || Double.isInfinite(growth)) {
            throw new IllegalArgumentException("batch growth is " + growth + ", expected a number of at least 1");
        }
    }

    static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", expected at least " + least);
        }
    }

    /// Without an evaluation batch, a separate curvature batch from all cases, sizes constant.
    ///
    /// @param gradient the most cases of a gradient batch
    /// @param curvature the cases of a curvature batch, or 0
    public BatchSizes(int gradient, int curvature) {
        this(gradient, curvature, 0, Pool.ALL, 1);
    }

    /// The sizes of an epoch, cut to the data.
    BatchSizes in(long epoch, int cases) {
        int judged = Math.min(grown(evaluation, epoch, cases), cases / 2);
        boolean disjoint = pool == Pool.OTHERS;
        int curved = Math.min(grown(curvature, epoch, cases), disjoint ? cases / 2 : cases);
        curved = Math.min(curved, cases - judged);
        int taken = curved == 0 ? judged : disjoint ? curved : 0;
        int first = Math.min(grown(gradient, epoch, cases), cases - taken);
        int second = pool == Pool.GRADIENT_BATCH ? Math.min(curved, first) : curved;
        return new BatchSizes(first, second, judged, pool, growth);
    }

    private int grown(int size, long epoch, int cases) {
        double grown = size * Math.pow(growth, epoch);
        return (int) Math.min(cases, Math.floor(grown));
    }
}
