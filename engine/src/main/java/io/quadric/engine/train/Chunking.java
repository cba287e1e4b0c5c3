package io.quadric.engine.train;

import io.quadric.nn.chunk.ChunkNormalization;

/// How batches are taken in chunks, so that a chunk and not the batch decides how much memory a step takes. Batches
/// that are no larger than a chunk are left whole.
///
/// @param size the most cases of a chunk, 0 for whole batches
/// @param megabytes how much scratch activations may take that are kept for later passes; it does not change figures
/// @param normalization what layers that normalise by the batch take for it in a chunk
public record Chunking(int size, int megabytes, ChunkNormalization normalization) {
    private static final int MOST_MEGABYTES = 256;

    /// Whole batches.
    public static final Chunking NONE = new Chunking(0);

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is negative
    public Chunking {
        BatchSizes.requireAtLeast("chunk size", size, 0);
        BatchSizes.requireAtLeast("chunk memory", megabytes, 0);
    }

    /// With the default memory for activations, for models without layers that normalise by the batch.
    ///
    /// @param size the most cases of a chunk, 0 for whole batches
    public Chunking(int size) {
        this(size, defaultMegabytes(), ChunkNormalization.REFUSED);
    }

    /// {@return how many megabytes of activations are kept if nothing else is said}: 256, or an eighth of the largest
    /// heap where that is less.
    public static int defaultMegabytes() {
        return (int) Math.min(MOST_MEGABYTES, Runtime.getRuntime().maxMemory() >> 23);
    }

    /// {@return the same with another memory}
    ///
    /// @param other megabytes
    public Chunking withMemory(int other) {
        return new Chunking(size, other, normalization);
    }

    /// {@return the most bytes of activations that are kept}
    public long budget() {
        return (long) megabytes << 20;
    }

    /// {@return whether a batch is taken in chunks}
    ///
    /// @param cases of the batch
    public boolean divides(int cases) {
        return size > 0 && cases > size;
    }
}
