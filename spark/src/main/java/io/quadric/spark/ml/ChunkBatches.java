package io.quadric.spark.ml;

import io.quadric.nn.CaseSet;
import io.quadric.optim.BatchRole;
import io.quadric.optim.StepData;
import io.quadric.optim.recipe.RecipeBatches;
import io.quadric.spark.SparkChunks;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Batches of neighbouring chunks, as many as a method is made for.
///
/// @param chunks all of them
/// @param perBatch the most chunks of a batch
/// @param made what the method is made for
/// @param roles the batches that it looks at
record ChunkBatches(SparkChunks chunks, int perBatch, RecipeBatches made, Set<BatchRole> roles) {
    int count() {
        return Math.ceilDiv(chunks.count(), perBatch);
    }

    private int first(int batch) {
        return (int) ((long) batch * chunks.count() / count());
    }

    private SparkChunks gradient(int batch) {
        return chunks.range(first(batch), first(batch + 1));
    }

    /// All batches, once.
    List<CaseSet> gradients() {
        return IntStream.range(0, count()).<CaseSet>mapToObj(this::gradient).toList();
    }

    /// A share of the batch for the curvature, from its beginning, and the rest for evaluation.
    StepData step(int batch) {
        SparkChunks all = gradient(batch);
        int share = RecipeBatches.cases(made.curvatureShare(), all.count());
        boolean curved = roles.contains(BatchRole.CURVATURE) && share > 0;
        SparkChunks curvature = curved ? all.range(0, share) : all;
        boolean judged = roles.contains(BatchRole.EVALUATION) && curved && share < all.count();
        return new StepData(all, curvature, judged ? all.range(share, all.count()) : all);
    }

    /// The numbers of the batches in a random order (Fisher & Yates).
    int[] order(RandomGenerator random) {
        int[] order = IntStream.range(0, count()).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int chosen = order[j];
            order[j] = order[i];
            order[i] = chosen;
        }
        return order;
    }
}
