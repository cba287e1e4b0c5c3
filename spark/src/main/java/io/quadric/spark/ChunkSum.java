package io.quadric.spark;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.nn.Parameters;
import io.quadric.nn.chunk.TreeSum;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Function2;
import scala.collection.Iterator;

/// The task of a partition: computes a mean on each of its chunks and adds up what it can of the tree. A function by
/// name: of a lambda Spark reads the byte code anew for each job, which takes longer than a small job.
///
/// @param point θ
/// @param workspaces of the executors
/// @param request the mean
/// @param range which chunks belong to the cases
record ChunkSum(Broadcast<Point> point, Broadcast<Workspaces> workspaces, Request request, ChunkRange range)
        implements Function2<TaskContext, Iterator<ChunkData>, ChunkSum.Part[]>, Serializable {
    /// A node of the tree that a partition has added up.
    ///
    /// @param level 0 for a chunk
    /// @param index from 0
    /// @param scalar the sum of the scalar parts
    /// @param values the sum of the others
    record Part(int level, int index, double scalar, Numbers values) implements Serializable {
        private static Part of(TreeSum.Node node) {
            return new Part(node.level(), node.index(), node.scalar(), Numbers.of(node.values()));
        }

        TreeSum.Node node(Vector empty) {
            return new TreeSum.Node(level, index, scalar, values.columns() == 0 ? empty : values.vector());
        }
    }

    @Override
    public Part[] apply(TaskContext task, Iterator<ChunkData> chunks) {
        Workspace ws = workspaces.value().take();
        Parameters parameters = point.value().parameters();
        TreeSum sum = new TreeSum(ws, () -> Vector.zeros(request.precision(), request.size()));
        while (chunks.hasNext()) {
            ChunkData chunk = chunks.next();
            if (range.contains(chunk.number())) {
                add(chunk, parameters, sum, ws);
            }
        }
        Part[] parts = sum.nodes().stream().map(Part::of).toArray(Part[]::new);
        workspaces.value().giveBack(ws);
        return parts;
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
