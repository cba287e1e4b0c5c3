package io.quadric.nn.chunk;

import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import java.util.List;

/// Cases in chunks, numbered from 0, always the same.
public interface ChunkSource {
    /// {@return the number of chunks, at least 1}
    int count();

    /// {@return the number of cases of a chunk}
    ///
    /// @param chunk its number
    int cases(int chunk);

    /// {@return the sum of the weights of the cases of a chunk}
    ///
    /// @param chunk its number
    double weight(int chunk);

    /// {@return the cases of a chunk}
    ///
    /// @param chunk its number
    /// @param frame the topmost open frame; may hold them
    Batch chunk(int chunk, Workspace.Frame frame);

    /// {@return chunks that are in memory}
    ///
    /// @param batches the chunks in order
    /// @throws IllegalArgumentException if there is none
    static ChunkSource of(List<Batch> batches) {
        if (batches.isEmpty()) {
            throw new IllegalArgumentException("no chunks, expected at least one");
        }
        return new Held(List.copyOf(batches));
    }

    /// The first chunks of others.
    ///
    /// @param all the others
    /// @param count how many
    record Leading(ChunkSource all, int count) implements ChunkSource {
        @Override
        public int cases(int chunk) {
            return all.cases(chunk);
        }

        @Override
        public double weight(int chunk) {
            return all.weight(chunk);
        }

        @Override
        public Batch chunk(int chunk, Workspace.Frame frame) {
            return all.chunk(chunk, frame);
        }
    }

    /// Chunks that are in memory.
    ///
    /// @param batches the chunks in order
    record Held(List<Batch> batches) implements ChunkSource {
        @Override
        public int count() {
            return batches.size();
        }

        @Override
        public int cases(int chunk) {
            return batches.get(chunk).cases();
        }

        @Override
        public double weight(int chunk) {
            return batches.get(chunk).weight();
        }

        @Override
        public Batch chunk(int chunk, Workspace.Frame frame) {
            return batches.get(chunk);
        }
    }
}
