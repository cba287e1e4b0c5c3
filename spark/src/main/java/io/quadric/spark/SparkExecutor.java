package io.quadric.spark;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Draws;
import io.quadric.nn.Objective;
import io.quadric.nn.chunk.ChunkExecutor;
import io.quadric.nn.chunk.TreeSum;
import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/// Computes means by jobs, one for each.
///
/// @param chunks on the executors, in order
/// @param cluster of the executors
/// @param point θ, released in the end
/// @param range which chunks belong to the cases
/// @param ws whose threads add up here
record SparkExecutor(
        JavaRDD<ChunkData> chunks, Cluster cluster, Broadcast<Point> point, ChunkRange range, Workspace ws)
        implements ChunkExecutor {
    @Override
    public double mean(Objective.Mean quantity, Vector argument, Draws.Streams draws, Vector mean) {
        Payload payload = Payload.of(cluster.context(), argument);
        Request request = new Request(quantity, payload, draws, mean.precision(), mean.size());
        try {
            return sum(cluster.run(chunks, new ChunkSum(point, cluster.workspaces(), request, range)), mean);
        } finally {
            payload.release();
        }
    }

    /// The rest of the tree, from the nodes of the partitions.
    private double sum(ChunkSum.Part[][] parts, Vector mean) {
        Vector empty = mean.slice(0, 0);
        TreeSum sum = new TreeSum(ws, () -> Vector.zeros(mean.precision(), mean.size()));
        Arrays.stream(parts).flatMap(Arrays::stream).forEach(part -> sum.add(part.node(empty)));
        return sum.total(mean);
    }

    @Override
    public void close() {
        cluster.release(point);
    }
}
