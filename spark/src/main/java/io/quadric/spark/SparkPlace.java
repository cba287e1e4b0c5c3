package io.quadric.spark;

import io.quadric.engine.train.ChunkPlace;
import io.quadric.engine.train.Chunking;
import io.quadric.linalg.Workspace;
import io.quadric.nn.CaseSet;
import io.quadric.nn.chunk.ChunkSource;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/// The executors of Spark as the place of chunks. The driver gathers a batch and sends each executor its part.
final class SparkPlace implements ChunkPlace {
    private final Cluster cluster;

    private final boolean own;

    /// @param context where the chunks go
    /// @param own whether it is stopped in the end
    SparkPlace(JavaSparkContext context, boolean own) {
        this.cluster = new Cluster(context);
        this.own = own;
    }

    /// Executors keep no activations.
    @Override
    public CaseSet place(ChunkSource chunks, Chunking chunking) {
        try (Workspace ws = Workspace.serial()) {
            ChunkData[] data = IntStream.range(0, chunks.count()).mapToObj(c -> {
                try (var frame = ws.open()) {
                    return ChunkData.of(c, chunks.chunk(c, frame));
                }
            }).toArray(ChunkData[]::new);
            return SparkChunks.of(cluster, data).normalizing(chunking.normalization());
        }
    }

    @Override
    public void release(CaseSet batch) {
        if (batch instanceof SparkChunks chunks) {
            chunks.close();
        }
    }

    @Override
    public void close() {
        cluster.close();
        if (own) {
            cluster.context().stop();
        }
    }
}
