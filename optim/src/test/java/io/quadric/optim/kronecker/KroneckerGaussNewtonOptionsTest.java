package io.quadric.optim.kronecker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.StepReport;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import io.quadric.optim.internal.JoinedBlock;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.step.RatioRule;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a step of KFLR satisfies, checked on the parameters it leaves behind.
class KroneckerGaussNewtonOptionsTest {
    private static final double GAMMA = 0.3;
    private static final double TAU = 0.2;
    private static final double L2 = 0.001;

    private static Optimizer kflr(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(Map.of("gamma", Double.toString(GAMMA), "tau", Double.toString(TAU)));
        all.putAll(options);
        return HyperParameters.with(Optimizers.kflr(), all);
    }

    /// For the move M of each block and its gradient g: the damped block times M is αg with one α for all blocks.
    private static void assertSolves(String option, String value, BiFunction<Matrix, Matrix, BlockProduct> block) {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            KroneckerFactors factors = new KroneckerFactors(problem.parameters.layout(), Precision.FLOAT64);
            try (var at = problem.linearization()) {
                factors.observe(new Observation(0, 1), at, GradientSource.EXACT, Problem.random(0));
            }
            Vector g = problem.gradient();
            Vector move = problem.parameters.values().copy().scale(-1);
            StepReport report = problem.step(problem.start(kflr(Map.of(option, value))));
            move.axpy(1, problem.parameters.values());
            double alpha = -report.figures().get("stepSize");
            for (AffineBlock b : problem.parameters.layout().blocks()) {
                Matrix wanted = joined(b, g).scale(alpha);
                Matrix got = block.apply(factors.input(b.index()), factors.output(b.index()))
                        .times(joined(b, move), problem.ws);
                assertArrayEquals(wanted.toDoubleArray(), got.toDoubleArray(), 1e-10 * wanted.maxAbs());
            }
        }
    }

    private static Matrix joined(AffineBlock block, Vector flat) {
        Matrix joined = Matrix.zeros(Precision.FLOAT64, block.outputs(), block.augmentedInputs());
        JoinedBlock.gather(block, flat, joined);
        return joined;
    }

    private interface BlockProduct {
        Matrix times(Matrix m, Workspace ws);
    }

    private static Matrix product(Matrix g, Matrix m, Matrix a, Workspace ws) {
        Matrix half = Matrix.zeros(Precision.FLOAT64, m.rows(), m.columns());
        Matrix whole = Matrix.zeros(Precision.FLOAT64, m.rows(), m.columns());
        Gemm.SET.multiply(g, m, half, ws);
        Gemm.SET.multiply(half, a, whole, ws);
        return whole;
    }

    /// (35): G M A + κM.
    @Test
    void theExactInverseAddsTheDampingToTheProduct() {
        assertSolves("blockInverse", "exact", (a, g) -> (m, ws) -> product(g, m, a, ws).axpby(GAMMA + L2, m, 1));
    }

    /// (36) and (38): (G + (√κ/π) I) M (A + π√κ I) with π² = (‖A‖ / ‖I‖) / (‖G‖ / ‖I‖).
    @ParameterizedTest
    @ValueSource(strings = {"trace", "frobenius"})
    void theDampingIsSplitByTheNorm(String norm) {
        double root = Math.sqrt(GAMMA + L2);
        assertSolves("factorNorm", norm, (a, g) -> (m, ws) -> {
            double pi = Math.sqrt(mean(norm, a) / mean(norm, g));
            return product(g.copy().addToDiagonal(root / pi), m, a.copy().addToDiagonal(root * pi), ws);
        });
    }

    private static double mean(String norm, Matrix m) {
        double sum = 0;
        for (int i = 0; i < m.rows(); i++) {
            for (int j = 0; j < m.rows(); j++) {
                sum += norm.equals("trace") ? (i == j ? m.get(i, i) : 0) : m.get(i, j) * m.get(i, j);
            }
        }
        return norm.equals("trace") ? sum / m.rows() : Math.sqrt(sum / m.rows());
    }

    /// The derivative of the full model along the step is 0 at its end: Mᵀg + Mᵀ(B + τI)M = 0.
    @Test
    void theStepEndsWhereTheFullModelIsLowest() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Vector g = problem.gradient();
            Vector before = problem.parameters.values().copy();
            Vector product = before.copy();
            problem.step(problem.start(kflr(Map.of())));
            Vector move = problem.parameters.values().copy().axpy(-1, before);
            problem.parameters.update(theta -> theta.copyFrom(before));
            try (var at = problem.linearization()) {
                at.gaussNewton().damped(TAU).apply(move, product, problem.ws);
            }
            assertEquals(-move.dot(g), move.dot(product), 1e-12 * move.dot(product));
        }
    }

    /// S targets for each case give the mean of S factors G, and one A.
    @Test
    void severalSamplesAreAveraged() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1);
                var at = problem.linearization()) {
            KroneckerFactors three = new KroneckerFactors(problem.parameters.layout(), Precision.FLOAT64);
            KroneckerFactors one = new KroneckerFactors(problem.parameters.layout(), Precision.FLOAT64);
            three.observe(new Observation(0, 1, 3), at, GradientSource.SAMPLED, Problem.random(1));
            RandomGenerator random = Problem.random(1);
            for (int s = 0; s < 3; s++) {
                one.observe(new Observation(s == 0 ? 0 : 1, 1.0 / 3), at, GradientSource.SAMPLED, random);
            }
            for (int b = 0; b < one.count(); b++) {
                assertArrayEquals(one.output(b).toDoubleArray(), three.output(b).toDoubleArray(), 1e-14);
                assertArrayEquals(one.input(b).toDoubleArray(), three.input(b).toDoubleArray(), 1e-14);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> kflr(Map.of("samples", "2")));
    }

    /// With the rule as printed (C.3.1) there is nothing between a good step and a poor one.
    @Test
    void thePrintedRuleHasOneThreshold() {
        RatioRule printed = new RatioRule(0.75, 0.75);
        KroneckerGaussNewton.TauRule rule = new KroneckerGaussNewton.TauRule(1, true, 5, 0.5, printed);
        assertEquals(0.5, rule.next(1, 0.76));
        assertEquals(2, rule.next(1, 0.74));
        KroneckerGaussNewton.TauRule usual = new KroneckerGaussNewton.TauRule(1, true, 5, 0.5, RatioRule.QUARTERS);
        assertEquals(1, usual.next(1, 0.74));
    }

    /// A step whose ρ is too small is not taken, and τ rises at once.
    @Test
    void poorStepsAreRefused() {
        Map<String, String> bold = Map.of("gamma", "1e-8", "tau", "1e-8", "tauPeriod", "1", "upper", "0.95");
        double ratio = ratioOfOneStep(bold, Double.NEGATIVE_INFINITY, true);
        assertTrue(ratio < 0.9, "too good a step: " + ratio);
        assertEquals(ratio, ratioOfOneStep(bold, ratio + 0.01, false));
    }

    private static double ratioOfOneStep(Map<String, String> options, double smallest, boolean moves) {
        Map<String, String> all = new HashMap<>(options);
        all.put("smallestRatio", Double.toString(smallest));
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            double[] before = problem.parameters.values().toArray();
            Run run = problem.start(kflr(all));
            StepReport report = problem.step(run);
            assertEquals(moves, report.moved());
            if (!moves) {
                assertArrayEquals(before, problem.parameters.values().toArray());
                assertEquals(0, report.figures().get("stepSize"));
                assertTrue(run.state().number("tau") > 1e-8);
            }
            return report.figures().get("reductionRatio");
        }
    }

    /// f(θ + αδ) is computed when τ is to be adapted, and the length of a step is positive.
    @Test
    void theObjectiveAfterTheStepIsComputedEveryPeriod() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(kflr(Map.of("tauPeriod", "3")));
            for (int k = 1; k <= 6; k++) {
                StepReport report = problem.step(run);
                assertEquals(k % 3 != 0, report.figures().get("reductionRatio").isNaN());
                assertTrue(report.figures().get("stepSize") > 0);
            }
        }
    }

    /// Â ← rÂ + (1−r)A, from the first minibatch on.
    @Test
    void factorsAreAveraged() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(kflr(Map.of("factorDecay", "0.75")));
            KroneckerFactors expected = new KroneckerFactors(problem.parameters.layout(), Precision.FLOAT64);
            for (int k = 0; k < 3; k++) {
                double decay = k == 0 ? 0 : 0.75;
                try (var at = problem.linearization()) {
                    expected.observe(
                            new Observation(decay, 1 - decay), at, GradientSource.EXACT, Problem.random(0));
                }
                problem.step(run);
            }
            for (int b = 0; b < expected.count(); b++) {
                double[] got = run.state().arrays().get("output." + b).toArray();
                assertArrayEquals(expected.output(b).toDoubleArray(), got, 1e-14);
            }
        }
    }
}
