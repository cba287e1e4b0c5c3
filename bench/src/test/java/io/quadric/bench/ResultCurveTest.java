package io.quadric.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultCurveTest {
    private static final ResultCurve RUN = new ResultCurve("digits", "adam 0.001", 7, 30, List.of(0.5, 1.0, 1.5),
            List.of(2.0, 0.5, 0.75));

    @Test
    void theTargetIsReachedAtTheFirstLossBelowIt() {
        assertEquals(1.0, RUN.secondsTo(0.5));
        assertEquals(1.0, RUN.secondsTo(0.6));
        assertEquals(Double.POSITIVE_INFINITY, RUN.secondsTo(0.4));
        assertEquals(0.75, RUN.last());
    }

    @Test
    void aRunSurvivesItsLine() {
        assertEquals(RUN, ResultCurve.parse(RUN.line()));
        ResultCurve failed = new ResultCurve("digits", "sgd 0.1", 7, 3, List.of(0.5), List.of(Double.NaN));
        assertEquals(Double.POSITIVE_INFINITY, ResultCurve.parse(failed.line()).last());
    }

    @Test
    void aProfileCountsProblemsWithinTau() {
        double never = Double.POSITIVE_INFINITY;
        double[] best = {1, 2, 3, never};
        double[] own = {1, 5, never, never};
        assertEquals(0.25, ResultCurve.profile(own, best, 1));
        assertEquals(0.25, ResultCurve.profile(own, best, 2));
        assertEquals(0.5, ResultCurve.profile(own, best, 3));
    }
}
