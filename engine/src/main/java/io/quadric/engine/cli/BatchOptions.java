package io.quadric.engine.cli;

import io.quadric.engine.train.TrainingPlan;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that choose the batches.
final class BatchOptions {
    private static final int SMALL_DATA = 5000;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Most cases of a gradient batch (default: 5000 for hessian-free and its variants, 1000 for "
                    + "hessian-free-momentum and -recurrent, else 100 for up to 5000 training cases and 1000 beyond).")
    private Optional<Integer> batchSize = Optional.empty();

    @Option(
            names = "--curvature-batch-size",
            paramLabel = "N",
            description = "Cases of a separate curvature batch, for hessian-free "
                    + "(default: the gradient batch is used).")
    private Optional<Integer> curvatureBatchSize = Optional.empty();

    void check() {
        Checks.atLeast(1, "--batch-size", batchSize);
        Checks.atLeast(1, "--curvature-batch-size", curvatureBatchSize);
    }

    TrainingPlan plan(String recipe, int cases, long seed) {
        return new TrainingPlan(
                cases, batchSize.orElse(defaultSize(recipe, cases)), curvatureBatchSize.orElse(0), seed);
    }

    private static int defaultSize(String recipe, int cases) {
        return switch (recipe) {
            case "hessian-free", "hessian-free-early", "hessian-free-trust-region", "krylov-subspace-descent" -> 5000;
            case "hessian-free-momentum", "hessian-free-recurrent" -> 1000;
            default -> cases <= SMALL_DATA ? 100 : 1000;
        };
    }
}
