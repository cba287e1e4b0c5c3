package io.quadric.optim.hessianfree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.layer.StructuralDamping;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import io.quadric.optim.curvature.CurvatureMatrix;
import io.quadric.optim.recipe.Optimizers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HessianFreeTest {
    private static HessianFree undamped(CurvatureMatrix curvature) {
        return new HessianFree(
                curvature,
                new LevenbergMarquardt(0, true),
                DampingMatrix.identity(),
                new ModelSolver(new CgSettings(100, 1e-12, 0, 0.95)),
                new Preconditioner(Preconditioner.None.NONE, 0.75, 0),
                new StepSearch(BacktrackingRule.none(), false, 1),
                StructuralDampingRule.none());
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

    /// ‖h(θ + δ) − h(θ)‖² to first order, of the step that CG finds with the given μ.
    private static double change(double mu, StructuralDamping.Distance distance) {
        HessianFree plain = undamped(CurvatureMatrix.GAUSS_NEWTON);
        HessianFree held = new HessianFree(
                plain.curvature(),
                new LevenbergMarquardt(0.01, true),
                plain.dampingMatrix(),
                plain.solver(),
                plain.preconditioner(),
                plain.search(),
                new StructuralDampingRule(mu, distance, StructuralDampingRule.Strength.FIXED));
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1);
                Problem before = Problem.curved(
                        Precision.FLOAT64, 1)) {
            problem.step(problem.start(held));
            Vector delta = problem.parameters.values().copy().axpy(-1, before.parameters.values());
            List<Integer> layers = StructuralDamping.hiddenLayers(problem.model.network().layers());
            Vector product = delta.copy();
            Vector without = delta.copy();
            try (var at = before.linearization()) {
                at.gaussNewton(new StructuralDamping(1, distance, layers)).apply(delta, product, before.ws);
                at.gaussNewton().apply(delta, without, before.ws);
            }
            return delta.dot(product) - delta.dot(without);
        }
    }

    /// The minimiser of a quadratic plus μ times another one has less of the other, the larger μ.
    @ParameterizedTest
    @EnumSource
    void structuralDampingHoldsHiddenUnits(StructuralDamping.Distance distance) {
        double free = change(0, distance);
        double held = change(0.1, distance);
        double tight = change(10, distance);
        assertTrue(free > held && held > tight && tight < 0.01 * free, free + ", " + held + ", " + tight);
    }

    @Test
    void structuralDampingGoesOnAsItSays() {
        assertEquals(0.3, muAfterOneGoodStep(StructuralDampingRule.Strength.FIXED));
        assertEquals(0.3, muAfterOneGoodStep(StructuralDampingRule.Strength.TIMES_LAMBDA));
        assertEquals(0.3 * 2 / 3, muAfterOneGoodStep(StructuralDampingRule.Strength.BY_RATIO), 1e-15);
    }

    private static double muAfterOneGoodStep(StructuralDampingRule.Strength strength) {
        HessianFree config = (HessianFree) HyperParameters.with(
                Optimizers.hessianFree(),
                Map.of("structuralDamping", "0.3", "structuralStrength", name(strength)));
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(config);
            assertTrue(problem.step(run).figures().get("reductionRatio") > 0.75);
            return run.state().number("mu");
        }
    }

    private static String name(StructuralDampingRule.Strength strength) {
        return strength.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Test
    void structuralDampingNeedsHiddenUnits() {
        Optimizer held = HyperParameters.with(Optimizers.hessianFree(), Map.of("structuralDamping", "0.3"));
        try (Problem problem = Problem.quadratic()) {
            assertThrows(IllegalArgumentException.class, () -> problem.start(held));
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
