package io.quadric.engine.train;

/// How batches are taken in chunks, so that a chunk and not the batch decides how much memory a step takes. Batches
/// that are no larger than a chunk are left whole.
///
/// @param size the most cases of a chunk, 0 for whole batches
/// @param megabytes how much scratch activations may take that are kept for later passes; it does not change figures
public record Chunking(int size, int megabytes) {
    private static final int MEGABYTES = 256;

    /// Whole batches.
    public static final Chunking NONE = new Chunking(0, MEGABYTES);

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is negative
    public Chunking {
        BatchSizes.requireAtLeast("chunk size", size, 0);
        BatchSizes.requireAtLeast("chunk memory", megabytes, 0);
    }

    /// With 256 MB of activations.
    ///
    /// @param size the most cases of a chunk, 0 for whole batches
    public Chunking(int size) {
        this(size, MEGABYTES);
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
