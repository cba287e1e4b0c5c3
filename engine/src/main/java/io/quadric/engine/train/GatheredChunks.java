package io.quadric.engine.train;

import io.quadric.engine.cases.BatchRoom;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.chunk.ChunkSource;
import io.quadric.nn.chunk.Chunks;
import java.util.Arrays;
import java.util.function.BiFunction;

/// Some cases of the data in chunks, which are gathered into scratch whenever they are needed.
final class GatheredChunks implements ChunkSource {
    private final int[] cases;
    private final int count;
    private final BatchRoom room;
    private final BiFunction<int[], BatchRoom, Batch> data;
    /// NaN where not known yet.
    private final double[] weights;

    /// @param cases the numbers of the chosen cases
    /// @param size the most cases of a chunk
    /// @param room for one chunk
    /// @param data gathers cases of these numbers into the room
    GatheredChunks(int[] cases, int size, BatchRoom room, BiFunction<int[], BatchRoom, Batch> data) {
        this.cases = cases.clone();
        this.count = Chunks.count(cases.length, size);
        this.room = room;
        this.data = data;
        this.weights = new double[count];
        Arrays.fill(weights, Double.NaN);
    }

    @Override
    public int count() {
        return count;
    }

    private int first(int chunk) {
        return Chunks.first(cases.length, count, chunk);
    }

    @Override
    public int cases(int chunk) {
        return first(chunk + 1) - first(chunk);
    }

    private Batch gathered(int chunk) {
        Batch batch = data.apply(Arrays.copyOfRange(cases, first(chunk), first(chunk + 1)), room);
        weights[chunk] = batch.weight();
        return batch;
    }

    @Override
    public double weight(int chunk) {
        return Double.isNaN(weights[chunk]) ? gathered(chunk).weight() : weights[chunk];
    }

    @Override
    public Batch chunk(int chunk, Workspace.Frame frame) {
        Batch batch = gathered(chunk);
        Matrix x = copy(batch.inputs(), frame);
        Matrix t = batch.targets() == batch.inputs() ? x : copy(batch.targets(), frame);
        return new Batch(x, t, batch.lengths(), batch.weights());
    }

    /// Chunks before this one may be in use still.
    private static Matrix copy(Matrix rows, Workspace.Frame frame) {
        return frame.matrix(rows.precision(), rows.rows(), rows.columns()).copyFrom(rows);
    }
}
