package io.quadric.optim.hessianfree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.StepReport;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.step.RatioRule;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The damping of Hessian-free optimisation on a quadratic, where each step is known in closed form.
class DampingTest {
    private static final double LAMBDA = 0.5;

    private static Optimizer exact(Map<String, String> values) {
        Optimizer plain = HyperParameters.with(
                Optimizers.hessianFree(),
                Map.of("lambda", "" + LAMBDA, "epsilon", "0", "tolerance", "1e-13", "preconditioner", "none",
                        "backtracking", "false", "lineSearch", "false"));
        return HyperParameters.with(plain, values);
    }

    /// (B + λ(diag B + κ)^ξ) δ = −∇f
    @Test
    void aScaleSensitiveStepSolvesItsSystem() {
        try (Problem problem = Problem.quadratic()) {
            Vector residual = problem.gradient();
            Vector before = problem.parameters.values().copy();
            Matrix b;
            try (var at = problem.linearization()) {
                b = Problem.dense(at.gaussNewton(), problem.ws);
            }
            problem.step(problem.start(
                    exact(Map.of("dampingMatrix", "exact", "dampingXi", "0.5", "dampingKappa", "0.1"))));
            Vector delta = problem.parameters.values().copy().axpy(-1, before);
            for (int i = 0; i < delta.size(); i++) {
                double scale = Math.sqrt(b.get(i, i) + 0.1);
                double sum = residual.get(i) + b.row(i).dot(delta) + LAMBDA * scale * delta.get(i);
                assertEquals(0, sum, 1e-10);
            }
        }
    }

    /// δ = −B⁻¹∇f / (1 + λ) leaves the gradient λ/(1 + λ) ∇f.
    @Test
    void dampingByTheCurvatureShortensTheStep() {
        try (Problem problem = Problem.quadratic()) {
            Vector before = problem.gradient();
            problem.step(problem.start(exact(Map.of("dampingMatrix", "curvature"))));
            Vector after = problem.gradient();
            assertEquals(0, after.axpy(-LAMBDA / (1 + LAMBDA), before).norm(), 1e-10);
        }
    }

    /// At the solution the damped model is ½∇fᵀδ.
    @Test
    void theDampedRatioDividesByTheDampedModel() {
        try (Problem problem = Problem.quadratic()) {
            double loss = problem.loss();
            Vector gradient = problem.gradient();
            Vector before = problem.parameters.values().copy();
            StepReport report = problem.step(problem.start(exact(Map.of("ratio", "damped"))));
            Vector delta = problem.parameters.values().copy().axpy(-1, before);
            double expected = (problem.loss() - loss) / (0.5 * gradient.dot(delta));
            assertEquals(expected, report.figures().get("reductionRatio"), 1e-9);
        }
    }

    @Test
    void thresholdsAndFactorsAreParameters() {
        var rule = new LevenbergMarquardt(
                1, true, 0.5, 2, new RatioRule(0.1, 0.9), LevenbergMarquardt.Ratio.UNDAMPED);
        assertEquals(0.5, rule.factor(0.95));
        assertEquals(1, rule.factor(0.5));
        assertEquals(2, rule.factor(0.05));
        assertEquals(2, rule.factor(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> exact(Map.of("lower", "0.8")));
    }
}
