package io.quadric.linalg.internal.kernel;

/// How much of A a product packs at a time, by the second-level cache of a core.
///
/// @param leftBytes bytes of a packed block of A
/// @param leftBytesAlone the same if one thread has the last-level cache to itself
/// @param allRowsBytes if all rows of packed A take no more than this, right panels are packed one by one, just before
///     they are used
public record Blocking(int leftBytes, int leftBytesAlone, int allRowsBytes) {
    private static final int MIB = 1024 * 1024;

    /// Caches of 256 to 512 KiB, as processors with AVX2 have: A comes from the last-level cache, which sustains the
    /// rate at which it is read. Right panels come from there too, but only for their first tile, so a taller block
    /// costs less per row (docs/performance.md).
    public static final Blocking SMALL_CACHE = new Blocking(MIB, 2 * MIB, 8 * MIB);

    /// Caches of 1 to 2 MiB, as processors with AVX-512 have: they keep the block of A.
    public static final Blocking LARGE_CACHE = new Blocking(MIB, MIB, MIB);
}
