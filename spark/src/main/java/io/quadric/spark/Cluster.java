package io.quadric.spark;

import io.quadric.nn.Model;
import io.quadric.nn.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/// What all chunks on a cluster have in common: the scratch of its executors, and the points that they have received.
/// Objectives on several batches at the same θ share one point.
final class Cluster implements AutoCloseable {
    private final JavaSparkContext context;
    private final Broadcast<Workspaces> workspaces;
    private final List<Sent> points = new ArrayList<>();

    /// A point that the executors have.
    ///
    /// @param parameters whose values it has
    /// @param version of the values
    /// @param broadcast the point
    /// @param users objectives at it
    private record Sent(Parameters parameters, long version, Broadcast<Point> broadcast, int users) {
        boolean is(Model model, Parameters theta) {
            return parameters == theta && version == theta.version() && broadcast.value().model().equals(model);
        }

        Sent used(int by) {
            return new Sent(parameters, version, broadcast, users + by);
        }
    }

    Cluster(JavaSparkContext context) {
        this.context = context;
        this.workspaces = context.broadcast(new Workspaces());
    }

    JavaSparkContext context() {
        return context;
    }

    Broadcast<Workspaces> workspaces() {
        return workspaces;
    }

    /// The point at θ, which is sent unless the executors have it; to be released as often as it is asked for.
    synchronized Broadcast<Point> point(Model model, Parameters parameters) {
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).is(model, parameters)) {
                points.set(i, points.get(i).used(1));
                return points.get(i).broadcast();
            }
        }
        Broadcast<Point> broadcast = context.broadcast(new Point(model, Numbers.of(parameters.values())));
        points.add(new Sent(parameters, parameters.version(), broadcast, 1));
        return broadcast;
    }

    synchronized void release(Broadcast<Point> point) {
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).broadcast() == point) {
                Sent left = points.get(i).used(-1);
                points.set(i, left);
                if (left.users() == 0) {
                    points.remove(i).broadcast().destroy();
                }
                return;
            }
        }
    }

    /// One job: the results of the partitions that have chunks of the range, in their order.
    Sums[] run(JavaRDD<ChunkData> chunks, ChunkSum task) {
        List<Object> partitions = new ArrayList<>();
        for (int partition : task.range().usedPartitions()) {
            partitions.add(partition);
        }
        return (Sums[]) context.sc().runJob(chunks.rdd(), task,
                CollectionConverters.asScala(partitions).toSeq(), ClassTag.apply(Sums.class));
    }

    @Override
    public void close() {
        points.forEach(point -> point.broadcast().destroy());
        points.clear();
        workspaces.destroy();
    }
}
