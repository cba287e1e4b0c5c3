package io.quadric.optim.hessianfree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import io.quadric.optim.recipe.Optimizers;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustRegionTest {
    private static Optimizer region(String norm, String radius, Map<String, String> more) {
        Map<String, String> values = new TreeMap<>(Map.of("trustRegion", norm, "radius", radius, "lambda", "0",
                "kappa", "0.01", "lineSearch", "false", "epsilon", "0", "tolerance", "1e-12"));
        values.putAll(more);
        return HyperParameters.with(Optimizers.hessianFree(), values);
    }

    private static Vector step(Problem problem, Optimizer optimizer) {
        Vector before = problem.parameters.values().copy();
        problem.step(problem.start(optimizer));
        return problem.parameters.values().copy().axpy(-1, before);
    }

    @Test
    void aSmallRegionIsUsedUp() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            assertEquals(0.05, step(problem, region("spherical", "0.05", Map.of())).norm(), 1e-12);
        }
    }

    /// δᵀPδ = r² with P = (diag B + κ)^ξ
    @Test
    void anEllipticRegionIsMeasuredByThePreconditioner() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Vector p = problem.gradient();
            try (var at = problem.linearization()) {
                CurvatureDiagonal.Usual.EXACT.compute(at, Problem.random(1), p);
            }
            Vector delta = step(problem, region("elliptic", "0.05", Map.of("preconditioner", "exact", "xi", "0.5")));
            double norm = 0;
            for (int i = 0; i < p.size(); i++) {
                norm += Math.sqrt(p.get(i) + 0.01) * delta.get(i) * delta.get(i);
            }
            assertEquals(0.05, Math.sqrt(norm), 1e-10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"spherical", "elliptic"})
    void aLargeRegionGivesTheFreeStep(String norm) {
        Map<String, String> damped = Map.of("lambda", "0.1", "backtracking", "false", "adaptLambda", "false");
        try (Problem one = Problem.curved(Precision.FLOAT64, 1);
                Problem two = Problem.curved(Precision.FLOAT64, 1)) {
            Vector bounded = step(one, region(norm, "1e6", damped));
            Vector free = step(two, HyperParameters.with(region("none", "1", damped), damped));
            assertArrayEquals(free.toArray(), bounded.toArray(), 1e-8);
        }
    }

    @Test
    void theRadiusFollowsTheRatio() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(region("spherical", "0.05", Map.of()));
            StepReport good = problem.step(run);
            assertTrue(good.figures().get("reductionRatio") > 0.75, "the model is good within a small region");
            assertEquals(0.05 * 1.5, run.state().number("radius"), 1e-12);
            assertFalse(run.step(new StepData(problem.spoiled())).moved());
            assertEquals(0.05, run.state().number("radius"), 1e-12);
            assertEquals(0, run.state().number("lambda"), "λ stays");
        }
    }

    @Test
    void negativeCurvatureIsFollowedToTheBoundary() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            HessianFreeTroubleTest.findNegativeCurvature(problem);
            Run run = problem.start(region("spherical", "0.01", Map.of("curvature", "hessian")));
            double before = problem.loss();
            StepReport report = problem.step(run);
            assertTrue(report.moved() && report.figures().get("negativeCurvature") < 0, report.toString());
            assertTrue(problem.loss() < before);
        }
    }
}
