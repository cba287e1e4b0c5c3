package io.quadric.engine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// When the seconds of a run are believed.
class MachineLoadTest {
    private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

    private static MachineLoad load(double before, double after, int threads, double wall, double cpu) {
        return new MachineLoad(OptionalDouble.of(before), OptionalDouble.of(after), threads, wall, OptionalDouble.of(
                cpu));
    }

    @Test
    void moreWorkThanProcessorsDisturbs() {
        assertEquals(Optional.empty(), load(0.5, 1.05, 2, 10, 18).disturbance());
        assertEquals(Optional.of("load 1.60"), load(0.5, 1.6, 2, 10, 18).disturbance());
        assertEquals(Optional.of("load 1.60"), load(1.6, 0.5, 2, 0.1, 0.1).disturbance());
    }

    @Test
    void lessThanAProcessorDisturbs() {
        assertEquals(Optional.of("6.00 of 10.00 s on a processor"), load(1, 1, 1, 10, 6).disturbance());
        assertEquals(Optional.empty(), load(1, 1, 1, 10, 9.5).disturbance());
        assertEquals(Optional.empty(), load(1, 1, 4, 10, 12).disturbance());
        assertEquals(Optional.empty(), load(1, 1, 1, 0.5, 0.1).disturbance());
        assertEquals(0.3, load(1, 1, 4, 10, 12).share().getAsDouble(), 1e-15);
    }

    @Test
    void whatTheSystemDoesNotTellDisturbsNothing() {
        MachineLoad unknown = new MachineLoad(UNKNOWN, UNKNOWN, 1, 10, UNKNOWN);
        assertEquals(Optional.empty(), unknown.disturbance());
        assertEquals(UNKNOWN, unknown.share());
        MachineLoad both = unknown.and(load(0.2, 0.4, 2, 5, 5));
        assertEquals(new MachineLoad(OptionalDouble.of(0.2), OptionalDouble.of(0.4), 2, 15, UNKNOWN), both);
    }

    @Test
    void aRunThatGoesOnKeepsItsDisturbance() {
        MachineLoad both = load(1.5, 0.5, 2, 4, 5).and(load(0.7, 0.8, 1, 6, 3));
        assertEquals(load(1.5, 0.8, 2, 10, 8), both);
        assertEquals(Optional.of("load 1.50"), both.disturbance());
    }

    @Test
    void aThreadAtWorkIsMeasured() {
        MachineLoad.Meter meter = MachineLoad.meter(1);
        long end = System.nanoTime() + 300_000_000L;
        double sum = 0;
        while (System.nanoTime() < end) {
            sum += Math.sqrt(System.nanoTime());
        }
        MachineLoad load = meter.load();
        assertTrue(sum > 0 && load.wallSeconds() >= 0.3, load::toString);
        assertTrue(load.cpuSeconds().isEmpty() || load.cpuSeconds().getAsDouble() > 0, load::toString);
        assertTrue(load.before().orElse(0) >= 0 && load.after().orElse(0) >= 0, load::toString);
    }
}
