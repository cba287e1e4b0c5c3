package io.quadric.engine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.engine.InputException;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.TrainingPlan;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
    /// Batches of 128 of 50,000 cases: 391 steps an epoch.
    private static final TrainingPlan PLAN = new TrainingPlan(50_000, 128, 0, 1);
    private static final Pace SECOND_ORDER = new Pace(0.75, 0.1, 0.25);

    /// Ren (2022), §3.7.1: 150 of 200 epochs, a tenth of the rate after each 50.
    @Test
    void sharesOfThePublishedBudgetAreThePapers() {
        Schedule longest = Schedule.epochs(200);
        assertEquals(150, SECOND_ORDER.schedule(longest).epochs());
        assertEquals(Map.of("decayFactor", "0.1", "decayPeriod", Integer.toString(50 * 391)),
                SECOND_ORDER.decay(PLAN, longest));
        assertEquals(Integer.toString(60 * 391), new Pace(1, 0.1, 0.3).decay(PLAN, longest).get("decayPeriod"));
    }

    @Test
    void theNearerLimitCounts() {
        Schedule longest = Schedule.epochs(200).withSteps(1000);
        assertEquals("250", SECOND_ORDER.decay(PLAN, longest).get("decayPeriod"));
        assertEquals(750, SECOND_ORDER.schedule(longest).steps());
        assertEquals(Double.POSITIVE_INFINITY, SECOND_ORDER.schedule(longest).seconds());
    }

    @Test
    void aShareIsAtLeastAStep() {
        assertEquals("1", SECOND_ORDER.decay(PLAN, Schedule.steps(1)).get("decayPeriod"));
        assertEquals(1, new Pace(0.1, 1, 1).schedule(Schedule.steps(2)).steps());
        assertEquals(0, SECOND_ORDER.schedule(Schedule.steps(0)).steps());
    }

    @Test
    void aConstantRateNeedsNoLimit() {
        assertEquals(Map.of(), Pace.WHOLE.decay(PLAN, Schedule.seconds(5)));
        assertEquals(Schedule.seconds(5), Pace.WHOLE.schedule(Schedule.seconds(5)));
        assertThrows(InputException.class, () -> SECOND_ORDER.decay(PLAN, Schedule.seconds(5)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.1, 0.1", "1.1, 0.1, 0.1", "1, 0, 0.1", "1, NaN, 0.1", "1, 0.1, -1"})
    void sharesAreOfTheWhole(double length, double factor, double share) {
        assertThrows(IllegalArgumentException.class, () -> new Pace(length, factor, share));
    }
}
