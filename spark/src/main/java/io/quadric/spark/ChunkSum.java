package io.quadric.spark;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.nn.Parameters;
import io.quadric.nn.chunk.TreeSum;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/// The task of a partition: computes a mean on each of its chunks and adds up what it can of the tree.
///
/// @param point θ
/// @param workspaces of the executors
/// @param request the mean
/// @param range which chunks belong to the cases
record ChunkSum(Broadcast<Point> point, Broadcast<Workspaces> workspaces, Request request, ChunkRange range)
        implements FlatMapFunction<Iterator<ChunkData>, ChunkSum.Part> {
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
    public Iterator<Part> call(Iterator<ChunkData> chunks) {
        Workspace ws = workspaces.value().take();
        Parameters parameters = point.value().parameters();
        TreeSum sum = new TreeSum(() -> Vector.zeros(request.precision(), request.size()));
        while (chunks.hasNext()) {
            ChunkData chunk = chunks.next();
            if (range.contains(chunk.number())) {
                add(chunk, parameters, sum, ws);
            }
        }
        List<Part> parts = new ArrayList<>();
        sum.nodes().forEach(node -> parts.add(Part.of(node)));
        workspaces.value().giveBack(ws);
        return parts.iterator();
    }

    private void add(ChunkData chunk, Parameters parameters, TreeSum sum, Workspace ws) {
        Vector argument = request.argument().columns() == 0
                ? parameters.values().slice(0, 0)
                : request.argument().vector();
        int number = chunk.number() - range.from();
        double share = range.share(chunk.number());
        try (var at = Linearization.at(point.value().model(), parameters, chunk.batch(), ws)) {
            Vector values = sum.next();
            double scalar = request.quantity().compute(at, argument, request.draws().of(number), values);
            if (share != 1) {
                values.scale(share);
            }
            sum.add(number, share * scalar);
        }
    }
}
