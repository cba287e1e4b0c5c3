package io.quadric.spark;

import io.quadric.nn.chunk.Chunks;
import java.util.Objects;
import org.apache.spark.Partitioner;

/// Which cases are in which chunk, and which chunks in which partition, by the places of the cases.
final class ChunkPlan extends Partitioner {
    private static final long serialVersionUID = 1;

    private final int cases;
    private final int chunks;
    private final int partitions;

    /// @param cases N
    /// @param chunks at most N
    /// @param partitions at most as many as chunks
    ChunkPlan(int cases, int chunks, int partitions) {
        this.cases = cases;
        this.chunks = chunks;
        this.partitions = partitions;
    }

    /// The last chunk whose first case is not after the place.
    int chunk(int place) {
        return (int) (((place + 1L) * chunks - 1) / cases);
    }

    int size(int chunk) {
        return Chunks.first(cases, chunks, chunk + 1) - Chunks.first(cases, chunks, chunk);
    }

    @Override
    public int numPartitions() {
        return partitions;
    }

    @Override
    public int getPartition(Object place) {
        return (int) ((long) chunk((Integer) place) * partitions / chunks);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChunkPlan plan
                && cases == plan.cases && chunks == plan.chunks && partitions == plan.partitions;
    }

    @Override
    public int hashCode() {
        return Objects.hash(cases, chunks, partitions);
    }
}
