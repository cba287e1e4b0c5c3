package io.quadric.optim.curvature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import io.quadric.optim.kronecker.FactorSchedule;
import io.quadric.optim.kronecker.Kfac;
import io.quadric.optim.recipe.Optimizers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Averages of second moments, and what they do with what is not finite.
class FactorAverageTest {
    /// The decay that enters with the first rows is the one of a pass of its own.
    @ParameterizedTest
    @MethodSource("problems")
    void twoObservationsAverage(Problem of) {
        try (Problem problem = of; var at = problem.linearization()) {
            KroneckerFactors once = factors(problem);
            KroneckerFactors twice = factors(problem);
            once.observe(new Observation(0, 1), at, GradientSource.EXACT, Problem.random(1));
            twice.observe(new Observation(0.3, 2), at, GradientSource.EXACT, Problem.random(1));
            assertEquals(0, twice.observe(new Observation(0.3, 2), at, GradientSource.EXACT, Problem.random(1)));
            for (int i = 0; i < once.count(); i++) {
                assertArrayEquals(scaled(once.input(i).flat()), twice.input(i).flat().toArray(), 1e-12);
                assertArrayEquals(scaled(once.output(i).flat()), twice.output(i).flat().toArray(), 1e-12);
            }
        }
    }

    static Stream<Problem> problems() {
        return Stream.of(Problem.curved(Precision.FLOAT64, 1), Problem.convolutional());
    }

    private static KroneckerFactors factors(Problem problem) {
        return new KroneckerFactors(problem.parameters.layout(), Precision.FLOAT64);
    }

    private static double[] scaled(Vector x) {
        return x.copy().scale(2.6).toArray();
    }

    /// A NaN, and squares that overflow: the affected factors stay as they were and are counted.
    @ParameterizedTest
    @MethodSource("spoilers")
    void whatIsNotFiniteDoesNotEnter(double spoiler) {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            KroneckerFactors factors = factors(problem);
            try (var at = problem.linearization()) {
                factors.observe(new Observation(0, 1), at, GradientSource.EMPIRICAL, Problem.random(1));
            }
            double[] before = factors.input(0).flat().toArray();
            problem.batch.inputs().set(1, 1, spoiler);
            try (var at = problem.linearization()) {
                Observation observation = new Observation(0.9, 0.1);
                assertTrue(factors.observe(observation, at, GradientSource.EMPIRICAL, Problem.random(1)) > 0);
            }
            assertArrayEquals(before, factors.input(0).flat().toArray());
            for (int i = 0; i < factors.count(); i++) {
                assertTrue(factors.input(i).isFinite() && factors.output(i).isFinite());
            }
        }
    }

    static double[] spoilers() {
        return new double[]{Double.NaN, Double.POSITIVE_INFINITY, 1e160};
    }

    /// A bad batch in the warm-up is as if it were not there; nothing but bad batches is refused.
    @ParameterizedTest
    @MethodSource("warmed")
    void badWarmUpBatchesAreLeftOut(Optimizer optimizer) {
        double[][] moved = new double[2][];
        for (int bad = 0; bad < 2; bad++) {
            try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
                List<Batch> all = List.of(problem.spoiled(), problem.batch, problem.spoiled());
                Run run = started(optimizer, problem, bad == 0 ? List.of(problem.batch) : all);
                assertTrue(problem.step(run).moved());
                moved[bad] = problem.parameters.values().toArray();
                Run none = started(optimizer, problem, List.of(problem.spoiled()));
                Exception e = assertThrows(IllegalArgumentException.class, () -> problem.step(none));
                assertTrue(e.getMessage().contains("finite loss"), e.getMessage());
            }
        }
        assertArrayEquals(moved[0], moved[1]);
    }

    private static Run started(Optimizer optimizer, Problem problem, List<Batch> warmUp) {
        return optimizer.start(new Start(problem.model, problem.parameters, warmUp, 7, problem.ws));
    }

    static Stream<Optimizer> warmed() {
        Kfac kfac = Optimizers.kfac();
        Kfac.Statistics after = new Kfac.Statistics(0.9, 1, 20, FactorSchedule.AFTER_DIRECTION);
        return Stream.of(new Kfac(kfac.step(), kfac.source(), kfac.momentum(), after, kfac.damping()),
                Optimizers.kbfgs(), Optimizers.kbfgsAveraged(), Optimizers.tnt(), Optimizers.shampoo());
    }

    /// Without rows an observation is a decay.
    @Test
    void withoutRowsTheAverageDecays() {
        FactorAverage average = new FactorAverage(Precision.FLOAT64, 1);
        average.begin(0);
        average.add(1, Vector.of(3.0).asRow(), Workspace.serial());
        average.end();
        average.begin(0.5);
        assertTrue(average.end());
        assertEquals(4.5, average.matrix().get(0, 0));
    }
}
