package io.quadric.engine.train;

import io.quadric.nn.CaseSet;
import io.quadric.nn.chunk.ChunkSource;
import io.quadric.nn.chunk.Chunks;

/// Where the chunks of batches are computed: here, or on the machines of a cluster. It does not change figures.
///
/// A place elsewhere comes from a [ChunkPlaceProvider].
public interface ChunkPlace extends AutoCloseable {
    /// {@return a batch whose chunks are there}
    ///
    /// @param chunks of the batch, valid until it is released
    /// @param chunking says how much memory activations may take, where they are kept, and how chunks are normalised
    CaseSet place(ChunkSource chunks, Chunking chunking);

    /// Gives back what is held for a batch.
    ///
    /// @param batch of [#place], which is not used any more
    void release(CaseSet batch);

    /// Gives back everything.
    @Override
    void close();

    /// {@return this machine}
    static ChunkPlace here() {
        return new ChunkPlace() {
            @Override
            public CaseSet place(ChunkSource chunks, Chunking chunking) {
                return new Chunks(chunks, chunking.budget(), chunking.normalization());
            }

            @Override
            public void release(CaseSet batch) {}

            @Override
            public void close() {}
        };
    }
}
