package io.quadric.optim.hessianfree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import io.quadric.optim.hessianfree.LevenbergMarquardt.Signs;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.step.RatioRule;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        var rule = rule(Signs.RATIO_ALONE);
        assertEquals(0.5, rule.factor(0.95, -1));
        assertEquals(1, rule.factor(0.5, -1));
        assertEquals(2, rule.factor(0.05, -1));
        assertEquals(2, rule.factor(Double.NaN, -1));
        assertThrows(IllegalArgumentException.class, () -> exact(Map.of("lower", "0.8")));
    }

    private static LevenbergMarquardt rule(Signs signs) {
        return new LevenbergMarquardt(
                1, true, 0.5, 2, new RatioRule(0.1, 0.9), LevenbergMarquardt.Ratio.UNDAMPED, signs, 1);
    }

    /// M(δ), Δf; the factor on λ by ρ alone, and with the signs.
    @ParameterizedTest
    @CsvSource({"1, 2, 0.5, 2", "1, -1, 2, 1", "-1, 1, 2, 2", "-1, -2, 0.5, 0.5", "-2, -1, 1, 1", "-1, NaN, 2, 2",
        "0, 0, 2, 2"})
    void signsDecideWhereTheRatioMisleads(double model, double objective, double alone, double both) {
        double ratio = objective / model;
        assertEquals(alone, rule(Signs.RATIO_ALONE).factor(ratio, model));
        assertEquals(both, rule(Signs.MODEL_AND_OBJECTIVE).factor(ratio, model));
        assertEquals(model >= 0, rule(Signs.MODEL_AND_OBJECTIVE).restarts(model));
        assertTrue(!rule(Signs.RATIO_ALONE).restarts(model));
    }

    /// One iteration on another batch from a long start: M(δ) > 0, so that the next step starts from 0.
    @ParameterizedTest
    @CsvSource({"ratio-alone", "model-and-objective"})
    void aRunThatEndsAboveZeroIsFollowedByOneFromZero(String signs) {
        Optimizer optimizer = HyperParameters.with(Optimizers.hessianFree(), Map.of("ratioSigns", signs, "lambda",
                "1e-4", "zeta", "1", "maxIterations", "60", "maxIterationsEnd", "1", "maxIterationsSteps", "1",
                "adaptLambda", "false", "lineSearch", "false", "learningRate", "0.001"));
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(optimizer);
            run.step(new StepData(problem.firstCases(4).batch));
            StepReport report = run.step(new StepData(problem.cases(20, Problem.CASES).batch));
            assertTrue(report.figures().get("model") > 0, report::toString);
            double start = run.state().arrays().get("lastIterate").norm();
            assertEquals(signs.equals("model-and-objective"), start == 0);
        }
    }

    @Test
    void lambdaFollowsItsSchedule() {
        try (Problem problem = Problem.quadratic()) {
            Run run = problem.start(exact(Map.of("lambdaDecay", "0.1", "adaptLambda", "false")));
            for (double expected : new double[]{0.5, 0.05, 0.005}) {
                assertEquals(expected, problem.step(run).figures().get("damping"), 1e-15);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> exact(Map.of("lambdaDecay", "0.1")));
    }
}
