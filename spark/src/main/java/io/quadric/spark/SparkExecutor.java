package io.quadric.spark;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Draws;
import io.quadric.nn.Objective;
import io.quadric.nn.chunk.ChunkExecutor;
import io.quadric.nn.chunk.TreeSum;
import org.apache.spark.api.java.JavaRDD;

/// Computes means by jobs, one for each.
///
/// @param chunks on the executors, in order
/// @param cluster of the executors
/// @param point θ, released in the end
/// @param range which chunks belong to the cases
/// @param ws whose threads add up here
record SparkExecutor(
        JavaRDD<ChunkData> chunks, Cluster cluster, DriverValue<Point> point, ChunkRange range, Workspace ws)
        implements ChunkExecutor {
    @Override
    public double mean(Objective.Mean quantity, Vector argument, Draws.Streams draws, Vector mean) {
        Payload payload = Payload.of(cluster.context(), argument);
        Request request = new Request(quantity, payload, draws, mean.precision(), mean.size());
        try (Handover handover = Handover.open()) {
            Sums[] sums = cluster.run(
                    chunks, new ChunkSum(handover.job(), point, cluster.workspaces(), request, range));
            return total(handover, sums, mean);
        } finally {
            payload.release();
        }
    }

    /// The rest of the tree, from the nodes of the partitions.
    private double total(Handover handover, Sums[] sums, Vector mean) {
        TreeSum total = new TreeSum(ws, () -> Vector.zeros(mean.precision(), mean.size()));
        for (Sums ofTask : sums) {
            handover.nodes(ofTask, mean.precision()).forEach(total::add);
        }
        return total.total(mean);
    }

    @Override
    public void close() {
        cluster.release(point);
    }
}
