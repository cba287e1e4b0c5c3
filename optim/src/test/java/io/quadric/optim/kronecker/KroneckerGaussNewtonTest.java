package io.quadric.optim.kronecker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.recipe.Optimizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KroneckerGaussNewtonTest {
    private static Optimizer kflr(String gamma, boolean adapt) {
        return HyperParameters.with(Optimizers.kflr(), Map.of("gamma", gamma, "adaptGamma", Boolean.toString(adapt),
                "gammaPeriod", "1", "gammaFactor", "0.5", "tau", "0", "adaptTau", "false"));
    }

    /// The γ that is kept is the one of the three whose step, taken alone, lowers the quadratic objective most: there
    /// the full model with τ = 0 is exact.
    @Test
    void gammaIsTheBestOfThree() {
        for (String gamma : List.of("0.0001", "0.1", "100")) {
            List<Double> losses = new ArrayList<>();
            for (double factor : new double[]{0.5, 1, 2}) {
                losses.add(lossAfterOneStep(Double.toString(Double.parseDouble(gamma) * factor), false));
            }
            double best = losses.stream().min(Double::compare).orElseThrow();
            assertEquals(best, lossAfterOneStep(gamma, true), 1e-12 * best, "γ = " + gamma);
            assertTrue(losses.stream().distinct().count() == 3, "three steps that differ");
        }
    }

    private static double lossAfterOneStep(String gamma, boolean adapt) {
        try (Problem problem = Problem.quadratic()) {
            assertTrue(problem.step(problem.start(kflr(gamma, adapt))).moved());
            return problem.loss();
        }
    }

    @Test
    void theKeptGammaIsThatOfTheNextStep() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(kflr("100", true));
            double first = problem.step(run).figures().get("damping");
            assertEquals(50, first, 1e-12, "far too much damping is halved");
            assertEquals(first, run.state().number("gamma"));
        }
    }
}
