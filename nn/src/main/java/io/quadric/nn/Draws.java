package io.quadric.nn;

import java.io.Serializable;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The random numbers of a step: a function of the run's seed and the step alone, so that no generator has to be stored
/// to resume a run. A whole batch has one stream for the step. If the cases are in chunks, each chunk has a stream of
/// its own for each quantity that is drawn, wherever the chunk is.
public final class Draws {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final RandomGenerator whole;
    private int uses;

    /// The random numbers of a step.
    ///
    /// @param seed of the run
    /// @param step whose numbers they are
    public Draws(long seed, long step) {
        this.seed = seed + GOLDEN * step;
        whole = generator(this.seed);
    }

    private static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// {@return the stream of a whole batch}, which goes on from use to use
    public RandomGenerator whole() {
        return whole;
    }

    /// {@return the streams of the chunks for the next use}
    public Streams next() {
        return new Streams(seed, uses++);
    }

    /// A stream for each chunk.
    ///
    /// @param seed of the step
    /// @param use the number of earlier uses in the step
    public record Streams(long seed, int use) implements Serializable {
        /// {@return the stream of a chunk}
        ///
        /// @param chunk its number, from 0
        public RandomGenerator of(int chunk) {
            return generator(use == 0 && chunk == 0 ? seed : mixed(mixed(seed) + ((long) use << 32 | chunk)));
        }

        /// A bijection whose values at neighbouring arguments have nothing in common (Stafford 2011, variant 13).
        private static long mixed(long z) {
            long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
            long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
            return b ^ b >>> 31;
        }
    }
}
