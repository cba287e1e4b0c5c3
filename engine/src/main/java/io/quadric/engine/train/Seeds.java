package io.quadric.engine.train;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Independent generators for each purpose: each is a function of the seed and an index alone, so that a resumed run
/// needs no generator state.
enum Seeds {
    PARAMETERS,
    PERMUTATION,
    CURVATURE_BATCH,
    EVALUATION_BATCH,
    JUDGED_CASES;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    RandomGenerator of(long seed, long index) {
        long mixed = mix(mix(seed + GOLDEN * (ordinal() + 1)) + GOLDEN * index);
        return RandomGeneratorFactory.of("L64X128MixRandom").create(mixed);
    }

    /// The finalizer of SplitMix64 (Steele, Lea & Flood 2014).
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
