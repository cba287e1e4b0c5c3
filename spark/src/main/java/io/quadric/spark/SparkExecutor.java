package io.quadric.spark;

import io.quadric.linalg.Vector;
import io.quadric.nn.Draws;
import io.quadric.nn.Objective;
import io.quadric.nn.chunk.ChunkExecutor;
import io.quadric.nn.chunk.TreeSum;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/// Computes means by jobs, one for each.
///
/// @param chunks on the executors, in order
/// @param cluster of the executors
/// @param point θ, released in the end
/// @param range which chunks belong to the cases
record SparkExecutor(
        JavaRDD<ChunkData> chunks, Cluster cluster, Broadcast<Point> point, ChunkRange range)
        implements ChunkExecutor {
    @Override
    public double mean(Objective.Mean quantity, Vector argument, Draws.Streams draws, Vector mean) {
        Request request = new Request(quantity, Numbers.of(argument), draws, mean.precision(), mean.size());
        Vector empty = mean.slice(0, 0);
        TreeSum sum = new TreeSum(() -> Vector.zeros(mean.precision(), mean.size()));
        chunks.mapPartitions(new ChunkSum(point, cluster.workspaces(), request, range))
                .collect()
                .forEach(part -> sum.add(part.node(empty)));
        return sum.total(mean);
    }

    @Override
    public void close() {
        cluster.release(point);
    }
}
