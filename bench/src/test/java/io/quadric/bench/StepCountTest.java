package io.quadric.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepCountTest {
    /// Floors at 1000 cases that were counted independently, to two digits.
    private static final Map<StepMethod, Double> KNOWN = Map.of(
            StepMethod.KFAC, 2.29, StepMethod.K_BFGS, 2.43, StepMethod.K_BFGS_L, 2.28, StepMethod.TNT, 2.53,
            StepMethod.SHAMPOO, 2.05);

    private static StepCount count(int cases) {
        return new StepCount(AutoencoderBenchmark.network().layout().blocks(), cases, 20);
    }

    @ParameterizedTest
    @EnumSource
    void countsTheKnownFloors(StepMethod method) {
        assertEquals(KNOWN.get(method), method.floor(count(1000)), 0.005);
    }

    /// What does not grow with the batch weighs less in larger ones.
    @ParameterizedTest
    @EnumSource
    void fallsWithTheBatch(StepMethod method) {
        assertTrue(method.floor(count(256)) > method.floor(count(1000)));
        assertTrue(method.floor(count(1000)) > method.floor(count(4096)));
    }
}
