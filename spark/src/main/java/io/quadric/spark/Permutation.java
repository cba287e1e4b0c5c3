package io.quadric.spark;

import java.io.Serializable;

/// A permutation of 0 … n − 1 that depends on a seed, of which every machine computes the values it needs: a Feistel
/// network of four rounds on the next even number of bits, walked along its cycles until a value is below n (Black &
/// Rogaway 2002).
///
/// @param size n
/// @param seed decides the permutation
record Permutation(int size, long seed) implements Serializable {
    private static final int ROUNDS = 4;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /// The place of number i.
    int of(int i) {
        int half = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(size - 1L) + 1) / 2);
        long place = i;
        do {
            place = shuffled(place, half);
        } while (place >= size);
        return (int) place;
    }

    private long shuffled(long value, int half) {
        long mask = (1L << half) - 1;
        long left = value >>> half;
        long right = value & mask;
        for (int round = 1; round <= ROUNDS; round++) {
            long mixed = left ^ (mix(seed + GOLDEN * round + mix(right)) & mask);
            left = right;
            right = mixed;
        }
        return left << half | right;
    }

    /// The finalizer of SplitMix64 (Steele, Lea & Flood 2014).
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
