package io.quadric.optim.internal;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The random numbers of a step: a function of the run's seed and the step alone, so that no generator has to be stored
/// to resume a run.
public final class StepRandom {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private StepRandom() {}

    public static RandomGenerator of(long seed, long step) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed + GOLDEN * step);
    }
}
