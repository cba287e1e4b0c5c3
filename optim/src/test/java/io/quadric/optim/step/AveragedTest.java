package io.quadric.optim.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.step.Averaged.AverageStart;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Averages of the parameters, against sums over the recorded path.
class AveragedTest {
    @Test
    void theAverageBeginsAsTheMeanOfThePath() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(new Averaged(Optimizers.adam(), 0.75, AverageStart.MEAN));
            Vector sum = problem.parameters.values().copy().fill(0);
            for (int t = 1; t <= 4; t++) {
                problem.step(run);
                sum.axpy(0.25, problem.parameters.values());
            }
            assertArrayEquals(sum.toArray(), run.average().orElseThrow().toArray(), 1e-14);
            problem.step(run);
            sum.axpby(0.25, problem.parameters.values(), 0.75);
            assertArrayEquals(sum.toArray(), run.average().orElseThrow().toArray(), 1e-14);
        }
    }

    @Test
    void aConstantAverageBeginsAtTheFirstParameters() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Vector expected = problem.parameters.values().copy();
            Run run = problem.start(new Averaged(Optimizers.adam(), 0.99, AverageStart.FIRST));
            for (int t = 1; t <= 3; t++) {
                problem.step(run);
                expected.axpby(0.01, problem.parameters.values(), 0.99);
            }
            assertArrayEquals(expected.toArray(), run.average().orElseThrow().toArray(), 1e-14);
        }
    }

    @Test
    void itResumesWithTheMethodAndTakesTheMethodsHyperParameters() {
        Optimizer averaged = HyperParameters.with(
                new Averaged(Optimizers.adam()), Map.of("learningRate", "0.01", "averageDecay", "0.5"));
        try (Problem straight = Problem.curved(Precision.FLOAT64, 1);
                Problem resumed = Problem.curved(Precision.FLOAT64, 1)) {
            Run first = straight.start(averaged);
            straight.step(first);
            Run second = resumed.start(averaged);
            second.restore(first.state());
            resumed.parameters.update(theta -> theta.copyFrom(straight.parameters.values()));
            straight.step(first);
            resumed.step(second);
            assertEquals(2, second.steps());
            assertArrayEquals(
                    first.average().orElseThrow().toArray(),
                    second.average().orElseThrow().toArray());
            assertThrows(IllegalArgumentException.class, () -> second.restore(
                    resumed.start(Optimizers.adam()).state()));
        }
    }
}
