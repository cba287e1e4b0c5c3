package io.quadric.engine.cli;

import io.quadric.engine.InputException;
import io.quadric.engine.train.BatchSizes;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.optim.recipe.Optimizers;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that choose the batches.
final class BatchOptions {
    private static final int SMALL_DATA = 5000;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Most cases of a gradient batch (default: what the method is made for, see "
                    + "'quadric optimizers', else 100 for up to 5000 training cases and 1000 beyond).")
    private Optional<Integer> batchSize = Optional.empty();

    @Option(
            names = "--curvature-batch-size",
            paramLabel = "N",
            description = "Cases of a separate curvature batch, for the Hessian-free methods "
                    + "(default: the gradient batch is used).")
    private Optional<Integer> curvatureBatchSize = Optional.empty();

    @Option(
            names = "--curvature-pool",
            paramLabel = "POOL",
            description = "Where a separate curvature batch is drawn from: all, gradient-batch or others, which are "
                    + "the cases outside the gradient batch (default: all).")
    private BatchSizes.Pool curvaturePool = BatchSizes.Pool.ALL;

    @Option(
            names = "--evaluation-batch-size",
            paramLabel = "N",
            description = "Cases of a separate batch outside the curvature batch, for methods that judge on one "
                    + "(default: the gradient batch is used).")
    private Optional<Integer> evaluationBatchSize = Optional.empty();

    @Option(
            names = "--batch-growth",
            paramLabel = "F",
            description = "Factor by which all batches grow from epoch to epoch (default: 1).")
    private double growth = 1;

    void check() {
        Checks.atLeast(1, "--batch-size", batchSize);
        Checks.atLeast(1, "--curvature-batch-size", curvatureBatchSize);
        Checks.atLeast(1, "--evaluation-batch-size", evaluationBatchSize);
        if (!(growth >= 1) || Double.isInfinite(growth)) {
            throw new InputException("--batch-growth is " + growth + ", expected a number of at least 1");
        }
        if (curvaturePool != BatchSizes.Pool.ALL && curvatureBatchSize.isEmpty()) {
            throw new InputException("--curvature-pool is given without --curvature-batch-size, expected both");
        }
    }

    TrainingPlan plan(String recipe, int cases, long seed) {
        BatchSizes sizes = new BatchSizes(
                batchSize.orElse(defaultSize(recipe, cases)),
                curvatureBatchSize.orElse(0),
                evaluationBatchSize.orElse(0),
                curvaturePool,
                growth);
        try {
            return new TrainingPlan(cases, sizes, seed);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage());
        }
    }

    private static int defaultSize(String recipe, int cases) {
        return Optimizers.named(recipe).batch().orElse(cases <= SMALL_DATA ? 100 : 1000);
    }
}
