package io.quadric.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.linalg.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HessianFreeTest {
    private static HessianFree undamped(CurvatureMatrix curvature) {
        return new HessianFree(
                curvature,
                new LevenbergMarquardt(0, true),
                new CgSettings(100, 1e-12, 0, 0.95),
                new Preconditioner(Preconditioner.Source.NONE, 0.75, 0),
                new StepSearch(false, false));
    }

    @ParameterizedTest
    @EnumSource
    void oneStepOnAQuadraticLandsOnTheMinimiser(CurvatureMatrix curvature) {
        try (Problem problem = Problem.quadratic()) {
            StepReport report = problem.step(problem.start(undamped(curvature)));
            assertEquals(1, report.figures().get("reductionRatio"), 1e-8);
            assertEquals(0, problem.gradient().norm(), 1e-10);
        }
    }

    @Test
    void aFailedStepRaisesTheDamping() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(Optimizers.hessianFree());
            double before = problem.step(run).figures().get("damping");
            double raised = run.step(new StepData(problem.spoiled())).figures().get("damping");
            double after = problem.step(run).figures().get("damping");
            assertEquals(before * 2 / 3, raised, 1e-12, "the first step is good: λ falls");
            assertEquals(raised * 3 / 2, after, 1e-12, "the failed step raises λ");
        }
    }
}
