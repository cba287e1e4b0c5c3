package io.quadric.optim.gram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SmwTest {
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

    static Stream<Problem> problems() {
        return Stream.of(
                Problem.curved(Precision.FLOAT64, 1), Problem.convolutional(), Problem.recurrent(),
                Problem.quadratic());
    }

    /// SMW-GN is −(GGN + λI)⁻¹g, and SMW-NG −((1/N) Σ ∇ᵢ∇ᵢᵀ + (η+λ)I)⁻¹g, by dense factorisations.
    @ParameterizedTest
    @MethodSource("problems")
    void theDirectionIsTheDenseSolution(Problem given) {
        try (Problem problem = given) {
            double lambda = 0.3;
            Matrix gaussNewton;
            try (var at = problem.linearization()) {
                gaussNewton = Problem.dense(at.gaussNewton(), problem.ws).addToDiagonal(lambda);
            }
            Matrix natural = empiricalFisher(problem).addToDiagonal(lambda + problem.model.l2());
            assertSolves(gaussNewton, Optimizers.smwGn(), lambda, problem);
            assertSolves(natural, Optimizers.smwNg(), lambda, problem);
        }
    }

    private static Matrix empiricalFisher(Problem problem) {
        int n = problem.parameters.values().size();
        Matrix rows = Matrix.zeros(Precision.FLOAT64, Problem.CASES, n);
        for (int i = 0; i < Problem.CASES; i++) {
            Vector g = rows.row(i);
            try (var at = problem.cases(i, i + 1).linearization()) {
                at.gradient(g);
            }
            g.axpy(-problem.model.l2(), problem.parameters.values());
        }
        Matrix fisher = Matrix.zeros(Precision.FLOAT64, n, n);
        new Gemm(1.0 / Problem.CASES, 0).syrk(rows.t(), fisher, problem.ws);
        return fisher;
    }

    private static void assertSolves(Matrix damped, Optimizer method, double lambda, Problem problem) {
        Vector before = problem.parameters.values().copy();
        Vector g = problem.gradient();
        problem.step(problem.start(HyperParameters.with(
                method, Map.of("lambdaLM", Double.toString(lambda - 1e-3), "tau", "1e-3", "learningRate", "1"))));
        Vector step = problem.parameters.values().copy().axpy(-1, before);
        Vector residual = g.copy();
        Gemm.ADD.multiply(damped, step.asMatrix(g.size(), 1), residual.asMatrix(g.size(), 1), problem.ws);
        assertEquals(0, residual.norm(), 1e-12 * (1 + g.norm()));
        problem.parameters.update(theta -> theta.copyFrom(before));
    }

    @Test
    void layersThatCoupleTheCasesAreRefused() {
        try (Problem problem = Problem.normalised()) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> problem.start(Optimizers.smwNg()));
            assertTrue(e.getMessage().contains("normalises by the batch"), e.getMessage());
        }
    }
}
