package io.quadric.spark;

import io.quadric.nn.Model;
import io.quadric.nn.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/// What all chunks on a cluster have in common: the scratch of its executors, and the points that they have received.
/// Objectives on several batches at the same θ share one point.
final class Cluster implements AutoCloseable {
    private final JavaSparkContext context;
    private final DriverValue<Workspaces> workspaces;
    private final List<Sent> points = new ArrayList<>();

    /// A point that the executors have.
    ///
    /// @param parameters whose values it has
    /// @param version of the values
    /// @param point with its values
    /// @param users objectives at it
    private record Sent(Parameters parameters, long version, DriverValue<Point> point, int users) {
        boolean is(Model model, Parameters theta) {
            return parameters == theta && version == theta.version() && point.value().model().equals(model);
        }

        Sent used(int by) {
            return new Sent(parameters, version, point, users + by);
        }
    }

    Cluster(JavaSparkContext context) {
        this.context = context;
        this.workspaces = DriverValue.of(context, new Workspaces());
    }

    JavaSparkContext context() {
        return context;
    }

    DriverValue<Workspaces> workspaces() {
        return workspaces;
    }

    /// The point at θ, which is sent unless the executors have it; to be released as often as it is asked for.
    synchronized DriverValue<Point> point(Model model, Parameters parameters) {
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).is(model, parameters)) {
                points.set(i, points.get(i).used(1));
                return points.get(i).point();
            }
        }
        DriverValue<Point> point = DriverValue.of(context, new Point(model, Numbers.of(parameters.values())));
        points.add(new Sent(parameters, parameters.version(), point, 1));
        return point;
    }

    synchronized void release(DriverValue<Point> point) {
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).point() == point) {
                Sent left = points.get(i).used(-1);
                points.set(i, left);
                if (left.users() == 0) {
                    points.remove(i).point().destroy();
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
        points.forEach(point -> point.point().destroy());
        points.clear();
        workspaces.destroy();
    }
}
