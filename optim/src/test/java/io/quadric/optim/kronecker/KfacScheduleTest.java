package io.quadric.optim.kronecker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.State;
import io.quadric.optim.StepReport;
import io.quadric.optim.recipe.Optimizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When KFAC inverts, and how it adapts its damping.
class KfacScheduleTest {
    /// An inverse that was spoiled stays so until the next inversion: with T₁ = 4 and T₂ = 6 the factors are those of
    /// the steps 1, 5, 9, … and their inverses are computed no more often than they change.
    @ParameterizedTest
    @CsvSource({
        "kfac, 1 5 13", // in each of the first six steps, and in 7 and 13, where there is something new
        "kfac-printed, 1 6 12", // of the warm start, and after the steps 6 and 12
        "ekfac, 1 7 13"})
    void nothingIsInvertedTwice(String recipe, String expected) {
        Map<String, String> periods = recipe.equals("ekfac")
                ? Map.of("statisticsPeriod", "4", "basisPeriod", "6")
                : Map.of("statisticsPeriod", "4", "inversePeriod", "6");
        Optimizer optimizer = HyperParameters.with(Optimizers.named(recipe).optimizer(), periods);
        String array = recipe.equals("ekfac") ? "eigen.0.input.values" : "rightInverse.0";
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(optimizer);
            List<String> inverted = new ArrayList<>();
            for (int k = 1; k <= 13; k++) {
                State state = k == 1 ? null : run.state();
                if (k > 1) {
                    state.arrays().get(array).set(0, 123);
                    run.restore(state);
                }
                problem.step(run);
                if (run.state().arrays().get(array).get(0) != 123) {
                    inverted.add("" + k);
                }
            }
            assertEquals(expected, String.join(" ", inverted));
        }
    }

    private static Optimizer adaptive(String period) {
        return HyperParameters.with(Optimizers.kfac(), Map.of("dampingPeriod", period, "momentum", "0", "damping", "1",
                "tau", "0.25", "boost", "2", "drop", "0.5", "source", "exact"));
    }

    /// λ = λ_LM + τ; λ_LM follows ρ = (f(θ−p) − f(θ)) / (−gᵀp + ½pᵀBp), computed here from the move.
    @Test
    void theDampingFollowsTheReductionRatio() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(adaptive("1"));
            double lambda = 1;
            for (int k = 1; k <= 5; k++) {
                Vector before = problem.parameters.values().copy();
                Vector g = problem.gradient();
                double loss = problem.loss();
                StepReport report = problem.step(run);
                Vector p = before.copy().axpy(-1, problem.parameters.values()).scale(1 / 0.1);
                double ratio = ratio(problem, before, p, g, loss);
                assertEquals(ratio, report.figures().get("reductionRatio"), 1e-9);
                lambda *= ratio > 0.75 ? 0.5 : ratio < 0.25 ? 2 : 1;
                assertEquals(lambda + 0.25, report.figures().get("damping"), 1e-12);
            }
            assertTrue(lambda != 1, "it moves");
        }
    }

    private static double ratio(Problem problem, Vector theta, Vector p, Vector g, double loss) {
        Vector after = problem.parameters.values().copy();
        Vector bp = p.copy();
        problem.parameters.update(values -> values.copyFrom(theta));
        try (var at = problem.linearization()) {
            at.gaussNewton().apply(p, bp, problem.ws);
        }
        problem.parameters.update(values -> values.axpy(-1, p));
        double moved = problem.loss();
        problem.parameters.update(values -> values.copyFrom(after));
        return (moved - loss) / (0.5 * p.dot(bp) - g.dot(p));
    }

    @Test
    void withoutAdaptationTheDampingStays() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(adaptive("0"));
            StepReport report = problem.step(run);
            assertEquals(1, report.figures().get("damping"));
            assertFalse(report.figures().containsKey("reductionRatio"));
        }
    }
}
