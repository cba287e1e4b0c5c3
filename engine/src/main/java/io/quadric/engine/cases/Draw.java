package io.quadric.engine.cases;

/// For which step of which run a batch is drawn. With the number of a case it decides what is random about the case.
///
/// @param seed of the run
/// @param step from 1
public record Draw(long seed, long step) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /// {@return 64 bits that are as good as random, the same for the same run, step and case}
    ///
    /// @param number of the case
    public long bits(int number) {
        return mix(mix(mix(seed + GOLDEN) + GOLDEN * step) + GOLDEN * number);
    }

    /// The finalizer of SplitMix64 (Steele, Lea & Flood 2014).
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
