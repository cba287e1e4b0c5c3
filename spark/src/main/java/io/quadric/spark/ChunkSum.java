package io.quadric.spark;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.nn.Parameters;
import io.quadric.nn.chunk.TreeSum;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.apache.spark.TaskContext;
import scala.Function2;
import scala.collection.Iterator;

/// The task of a partition: computes a mean on each of its chunks and adds up what it can of the tree. A function by
/// name: of a lambda Spark reads the byte code anew for each job, which takes longer than a small job.
///
/// @param job its [Handover]
/// @param point θ
/// @param workspaces of the executors
/// @param request the mean
/// @param range which chunks belong to the cases
record ChunkSum(
        UUID job, DriverValue<Point> point, DriverValue<Workspaces> workspaces, Request request, ChunkRange range)
        implements Function2<TaskContext, Iterator<ChunkData>, Sums>, Serializable {
    @Override
    public Sums apply(TaskContext task, Iterator<ChunkData> chunks) {
        Workspace ws = workspaces.value().take();
        Parameters parameters = point.value().parameters();
        TreeSum sum = new TreeSum(ws, () -> Vector.zeros(request.precision(), request.size()));
        while (chunks.hasNext()) {
            ChunkData chunk = chunks.next();
            if (range.contains(chunk.number())) {
                add(chunk, parameters, sum, ws);
            }
        }
        List<TreeSum.Node> nodes = sum.nodes();
        workspaces.value().giveBack(ws);
        return Handover.deliver(job, nodes);
    }

    private void add(ChunkData chunk, Parameters parameters, TreeSum sum, Workspace ws) {
        Numbers numbers = request.argument().numbers();
        Vector argument = numbers.columns() == 0 ? parameters.values().slice(0, 0) : numbers.vector();
        int number = chunk.number() - range.from();
        try (var at = Linearization.at(point.value().model(), parameters, chunk.batch(), ws)) {
            Vector values = sum.next();
            double scalar = request.quantity().compute(at, argument, request.draws().of(number), values);
            sum.add(number, range.share(chunk.number()), scalar);
        }
    }
}
