package io.quadric.engine.train;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.chunk.ChunkSource;
import io.quadric.nn.chunk.Chunks;
import java.util.Arrays;

/// Some cases of the data in chunks, which are gathered into scratch whenever they are needed.
///
/// @param data all cases
/// @param cases the numbers of the chosen ones
/// @param size the most cases of a chunk
record GatheredChunks(Batch data, int[] cases, int size) implements ChunkSource {
    @Override
    public int count() {
        return Chunks.count(cases.length, size);
    }

    private int first(int chunk) {
        return Chunks.first(cases.length, count(), chunk);
    }

    @Override
    public int cases(int chunk) {
        return first(chunk + 1) - first(chunk);
    }

    private int[] chosen(int chunk) {
        return Arrays.copyOfRange(cases, first(chunk), first(chunk + 1));
    }

    @Override
    public double weight(int chunk) {
        return data.weights().areEqual() ? cases(chunk) : data.weights().chosen(chosen(chunk)).sum(cases(chunk));
    }

    @Override
    public Batch chunk(int chunk, Workspace.Frame frame) {
        int[] chosen = chosen(chunk);
        Matrix x = gathered(data.inputs(), chosen, frame);
        Matrix t = data.targets() == data.inputs() ? x : gathered(data.targets(), chosen, frame);
        return new Batch(x, t, data.lengths().chosen(chosen), data.weights().chosen(chosen));
    }

    private static Matrix gathered(Matrix rows, int[] chosen, Workspace.Frame frame) {
        Matrix some = frame.matrix(rows.precision(), chosen.length, rows.columns());
        Elementwise.gatherRows(rows, chosen, some);
        return some;
    }
}
