package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.train.BatchRequest;
import io.quadric.engine.train.BatchSizes;
import io.quadric.engine.train.Chunking;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.nn.chunk.ChunkNormalization;
import io.quadric.optim.BatchRole;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// The options that choose the batches.
public final class BatchOptions {
    private static final String CURVATURE = "--curvature-batch-size";
    private static final String EVALUATION = "--evaluation-batch-size";
    private static final String CHUNKS = "--chunk-size";
    private static final String NORMALISATION = "--normalise-by-chunk";
    private static final String POOL = "--curvature-pool";

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Most cases of a gradient batch (default: what the method is made for, see "
                    + "'quadric optimizers', else 100 for up to 5000 training cases and 1000 beyond).")
    @Range(from = 1)
    private Optional<Integer> batchSize = Optional.empty();

    @Option(
            names = CURVATURE,
            paramLabel = "N",
            description = "Cases of a separate curvature batch, 0 for that of the gradient (default: what the method "
                    + "is made for). An error if no method looks at one.")
    @Range(from = 0)
    private Optional<Integer> curvatureBatchSize = Optional.empty();

    @Option(
            names = POOL,
            paramLabel = "POOL",
            description = "Where a separate curvature batch is drawn from: all, gradient-batch or others, which are "
                    + "the cases outside the gradient batch (default: gradient-batch for methods made so, else all).")
    private Optional<BatchSizes.Pool> curvaturePool = Optional.empty();

    @Option(
            names = EVALUATION,
            paramLabel = "N",
            description = "Cases of a separate batch outside the curvature batch, on which a method judges; 0 for the "
                    + "gradient batch (default: what the method is made for). An error if no method looks at one.")
    @Range(from = 0)
    private Optional<Integer> evaluationBatchSize = Optional.empty();

    @Option(
            names = "--batch-growth",
            paramLabel = "F",
            description = "Factor by which all batches grow from epoch to epoch (default: 1).")
    @Range(from = 1)
    private double growth = 1;

    @Option(
            names = CHUNKS,
            paramLabel = "N",
            description = "Most cases of a batch that are in memory with their activations at a time; larger batches "
                    + "are taken in chunks (default: 0, whole batches). Models with batch normalisation need "
                    + NORMALISATION + " with it.")
    @Range(from = 0)
    private int chunkSize;

    @Option(
            names = "--chunk-memory",
            paramLabel = "MB",
            description = "Activations of chunks that are kept for further passes, up to so much memory; the others "
                    + "are computed anew (default: 256, or an eighth of the heap if that is less). It does not change "
                    + "figures.")
    @Range(from = 0)
    private Optional<Integer> chunkMemory = Optional.empty();

    @Option(
            names = NORMALISATION,
            description = "Layers that normalise by the batch take mean and variance of each chunk. It changes the "
                    + "objective; without it such models are refused in chunks.")
    private boolean normalisedByChunk;

    /// Checks that no option is without effect.
    ///
    /// @param methods for which the options are given
    public void requireUsed(List<OptimizerSpec> methods) {
        curvatureBatchSize.ifPresent(size -> requireUsed(CURVATURE, BatchRole.CURVATURE, methods));
        curvaturePool.ifPresent(pool -> requireUsed(POOL, BatchRole.CURVATURE, methods));
        evaluationBatchSize.ifPresent(size -> requireUsed(EVALUATION, BatchRole.EVALUATION, methods));
        if (curvaturePool.isPresent() && methods.stream().noneMatch(this::hasCurvatureBatch)) {
            throw new InputException(POOL + " is given without " + CURVATURE + ", expected both");
        }
    }

    private static void requireUsed(String option, BatchRole role, List<OptimizerSpec> methods) {
        if (methods.stream().anyMatch(method -> method.optimizer().batches().contains(role))) {
            return;
        }
        String users = Optimizers.all().stream()
                .filter(recipe -> recipe.optimizer().batches().contains(role))
                .map(Recipe::name)
                .collect(Collectors.joining(", "));
        String given = methods.stream().map(OptimizerSpec::recipe).distinct().collect(Collectors.joining(", "));
        throw new InputException(option + " is given, but " + given
                + " looks at no such batch with these hyper-parameters, expected one of " + users);
    }

    private boolean hasCurvatureBatch(OptimizerSpec method) {
        return curvatureBatchSize.isPresent()
                || Optimizers.named(method.recipe()).batches().curvatureShare() > 0;
    }

    public TrainingPlan plan(OptimizerSpec method, int cases, long seed) {
        BatchRequest request = new BatchRequest(
                of(batchSize), of(curvatureBatchSize), of(evaluationBatchSize), curvaturePool, growth);
        return request.plan(method.recipe(), method.optimizer(), cases, seed)
                .in(chunking());
    }

    private Chunking chunking() {
        chunkMemory.ifPresent(megabytes -> requireChunks(chunkSize));
        if (normalisedByChunk && chunkSize == 0) {
            throw new InputException(NORMALISATION + ": batches are whole, expected " + CHUNKS + " with it");
        }
        return new Chunking(
                chunkSize,
                chunkMemory.orElse(Chunking.defaultMegabytes()),
                normalisedByChunk ? ChunkNormalization.BY_CHUNK : ChunkNormalization.REFUSED);
    }

    private static void requireChunks(int size) {
        if (size == 0) {
            throw new InputException("--chunk-memory: batches are whole, expected " + CHUNKS + " with it");
        }
    }

    /// A run that goes on, with another memory for chunks if that is given.
    public RunSpec resumed(RunSpec run) {
        chunkMemory.ifPresent(megabytes -> requireChunks(run.plan().chunking().size()));
        return chunkMemory.map(run::withChunkMemory).orElse(run);
    }

    private static OptionalInt of(Optional<Integer> size) {
        return size.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
