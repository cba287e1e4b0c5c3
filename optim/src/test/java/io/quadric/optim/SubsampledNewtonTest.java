package io.quadric.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubsampledNewtonTest {
    /// Theorem 6: all cases as S₁, α = 1, steps only with ρ ≥ η. Then f falls in every step that is taken, and ‖∇f‖
    /// goes to 0.
    @Test
    void theSemiStochasticMethodConverges() {
        Map<String, String> rule = Map.of("smallestRatio", "0.1", "boost", "2", "drop", "0.5");
        try (Problem problem = Problem.quadratic()) {
            Run run = problem.start(HyperParameters.with(Optimizers.smwGn(), rule));
            double loss = problem.loss();
            double norm = problem.gradient().norm();
            for (int k = 0; k < 100; k++) {
                boolean moved = run.step(new StepData(problem.batch, problem.firstCases(30 + k % 3).batch)).moved();
                double next = problem.loss();
                assertTrue(moved ? next <= loss : next == loss, "step " + k);
                loss = next;
            }
            assertTrue(problem.gradient().norm() < 1e-6 * norm, "‖∇f‖ = " + problem.gradient().norm());
        }
    }

    @Test
    void aStepBelowTheSmallestRatioIsNotTakenAndRaisesTheDamping() {
        Map<String, String> rule = Map.of("smallestRatio", "0.7", "lambdaLM", "1e-6", "tau", "1e-6", "boost", "4");
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(HyperParameters.with(Optimizers.smwNg(), rule));
            double[] before = problem.parameters.values().toArray();
            StepReport report = run.step(new StepData(problem.batch, problem.firstCases(2).batch));
            assertTrue(report.figures().get("reductionRatio") < 0.25, report::toString);
            assertFalse(report.moved());
            assertArrayEquals(before, problem.parameters.values().toArray());
            assertEquals(4e-6, run.state().number("lambdaLM"), 1e-20);
        }
    }
}
