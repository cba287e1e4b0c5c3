package io.quadric.optim.kronecker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Draws;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.State;
import io.quadric.optim.StepReport;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import io.quadric.optim.recipe.Optimizers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuadricTest {
    private static final String[] WILD = {
        "damping", "1e-6", "length", "whole", "dampingGain", "0", "fullBatch", "1"};

    private static Optimizer quadric(String... settings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return HyperParameters.with(Optimizers.quadric(), values);
    }

    /// The damped blocks as one dense matrix over all parameters, element by element from the factors, with D from the
    /// definition.
    private static Matrix[] denseBlocks(Problem problem, double lambda) {
        KroneckerFactors factors = new KroneckerFactors(problem.model.network().layout(), Precision.FLOAT64);
        try (var at = problem.linearization()) {
            factors.observe(new Observation(0, 1), at, GradientSource.SAMPLED, new Draws(7, 1));
        }
        int n = problem.parameters.values().size();
        Matrix blocks = Matrix.zeros(Precision.FLOAT64, n, n);
        Matrix scale = Matrix.zeros(Precision.FLOAT64, n, n);
        for (AffineBlock block : problem.model.network().layout().blocks()) {
            Matrix a = factors.input(block.index());
            Matrix g = factors.output(block.index());
            double root = Math.sqrt(problem.model.l2());
            double pi = Math.sqrt(a.trace() / a.rows() / (g.trace() / g.rows()));
            for (int p = 0; p < a.rows() * g.rows(); p++) {
                int row = place(block, p / a.rows(), p % a.rows());
                scale.set(row, row, weight(a, p % a.rows()) * weight(g, p / a.rows()));
                for (int q = 0; q < a.rows() * g.rows(); q++) {
                    double ofA = damped(a, p % a.rows(), q % a.rows(), lambda, root * pi);
                    double ofG = damped(g, p / a.rows(), q / a.rows(), lambda, root / pi);
                    blocks.set(row, place(block, q / a.rows(), q % a.rows()), ofA * ofG);
                }
            }
        }
        return new Matrix[]{blocks, scale};
    }

    private static int place(AffineBlock block, int output, int input) {
        return input < block.inputs()
                ? block.weight().offset() + output * block.inputs() + input
                : block.bias().orElseThrow().offset() + output;
    }

    private static double weight(Matrix factor, int j) {
        return Math.sqrt(factor.get(j, j) * factor.trace() / factor.rows());
    }

    private static double damped(Matrix factor, int i, int j, double lambda, double shift) {
        return factor.get(i, j) + (i == j ? Math.sqrt(lambda) * weight(factor, i) + shift : 0);
    }

    /// The first step by dense matrices: Δ from the blocks, its length by the matrix of products with unit vectors.
    @Test
    void theFirstStepIsThatOfDenseMatrices() {
        double lambda = 0.3;
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Matrix[] dense = denseBlocks(problem, lambda);
            Vector gradient = problem.gradient();
            Vector delta = gradient.copy();
            assertTrue(Cholesky.factor(dense[0], problem.ws) instanceof Cholesky.Outcome.Factored);
            if (Cholesky.factor(dense[0], problem.ws) instanceof Cholesky.Outcome.Factored(Cholesky factor)) {
                factor.solve(delta, problem.ws);
            }
            double bend = 0;
            try (var at = problem.linearization()) {
                Matrix b = Problem.dense(at.gaussNewton(), problem.ws).axpby(lambda, dense[1], 1);
                for (int i = 0; i < delta.size(); i++) {
                    bend += delta.get(i) * delta.dot(b.row(i));
                }
            }
            Vector expected = problem.parameters.values().copy().axpy(-gradient.dot(delta) / bend, delta);
            assertTrue(problem.step(problem.start(quadric("damping", "0.3", "fullBatch", "1"))).moved());
            assertArrayEquals(expected.toArray(), problem.parameters.values().toArray(), 1e-9);
        }
    }

    /// On a quadratic with full batches, α and μ make every step the best in the plane of Δ and δ₀: at its end the
    /// gradient of the damped model is orthogonal to δ.
    @Test
    void theSlopeAtTheEndOfAnUndampedStepVanishes() {
        try (Problem problem = Problem.quadratic()) {
            Run run = problem.start(quadric(
                    "damping", "1e-9", "dampingGain", "0", "momentumLimit", "1e9"));
            for (int k = 0; k < 4; k++) {
                Vector before = problem.parameters.values().copy();
                double slope = problem.gradient().norm();
                problem.step(run);
                Vector step = problem.parameters.values().copy().axpy(-1, before);
                assertEquals(0, problem.gradient().dot(step), 1e-6 * slope * step.norm(), "step " + k);
            }
        }
    }

    @Test
    void aStepThatRaisesTheLossIsUndoneAndDamped() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            problem.parameters.update(theta -> theta.scale(8));
            Run run = problem.start(quadric(
                    "damping", "1e-6", "length", "whole", "dampingGain", "0", "fullBatch", "1", "cuts", "0"));
            int undone = 0;
            for (int k = 0; k < 30; k++) {
                double before = problem.loss();
                double[] theta = problem.parameters.values().toArray();
                StepReport report = problem.step(run);
                assertTrue(problem.loss() <= before, "step " + k);
                if (!report.moved()) {
                    undone++;
                    assertArrayEquals(theta, problem.parameters.values().toArray());
                    assertEquals(Math.pow(4, undone) * 1e-6, lambda(run), 1e-12 * lambda(run));
                }
            }
            assertTrue(undone > 0 && undone < 30, undone + " undone");
        }
    }

    /// The whole step raises the loss, and so does half of it, a quarter does not; the next step begins at half of its
    /// own length.
    @Test
    void aStepThatRaisesTheLossIsCutUntilItDoesNot() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            problem.parameters.update(theta -> theta.scale(8));
            Vector first = problem.parameters.values().copy();
            double before = problem.loss();
            Vector whole = firstStep(problem, "undo", "false");
            Run run = problem.start(quadric(WILD));
            double s = 1;
            while (lossAt(problem, first, s, whole) > before) {
                s /= 4;
            }
            assertTrue(s < 1, "nothing to cut");
            assertTrue(problem.step(run).moved());
            assertArrayEquals(
                    first.copy().axpy(s, whole).toArray(), problem.parameters.values().toArray(), 1e-9);
            assertEquals(1e-6, lambda(run), 1e-12, "the damping stays");
            assertEquals(s, run.state().inner("averaged").number("scaleOfStep"));
            problem.step(run);
            double next = run.state().inner("averaged").number("scaleOfStep");
            assertTrue(next == 2 * s || next < s, next + " after " + s);
        }
    }

    /// The next search begins where a step can still be told from none.
    @Test
    void afterManyUndoneStepsTheNextIsNotTooShort() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(Optimizers.quadric().optimizer());
            State state = run.state();
            state.put("scaleOfStep", 1e-300);
            run.restore(state);
            assertTrue(problem.step(run).moved());
            assertEquals(1 / 256.0, run.state().number("scaleOfStep"));
        }
    }

    private static Vector firstStep(Problem problem, String... more) {
        Vector before = problem.parameters.values().copy();
        String[] all = Stream.concat(Stream.of(WILD), Stream.of(more)).toArray(String[]::new);
        problem.step(problem.start(quadric(all)));
        Vector step = problem.parameters.values().copy().axpy(-1, before);
        problem.parameters.update(theta -> theta.copyFrom(before));
        return step;
    }

    private static double lossAt(Problem problem, Vector theta, double s, Vector step) {
        problem.parameters.update(values -> values.copyFrom(theta).axpy(s, step));
        double loss = problem.loss();
        problem.parameters.update(values -> values.copyFrom(theta));
        return loss;
    }

    private static double lambda(Run run) {
        return run.state().inner("averaged").number("lambda");
    }

    /// Too short steps end on a slope: λ falls. On targets of pure noise, without anything to learn from another batch,
    /// it rises.
    @Test
    void theDampingFollowsTheSlopeAtTheEndOfSteps() {
        SlopeRule rule = rule();
        rule.observe(-0.9, -1, 64);
        assertEquals(Math.exp(-0.1), rule.lambda(), 1e-12, "excess below −1");
        rule.raise();
        rule.observe(0.8, -1, 1000);
        assertEquals(4 * Math.exp(-0.1) * Math.exp(0.05), rule.lambda(), 1e-12);
        assertEquals(0.8, rule.slope(), 1e-12);
    }

    private static SlopeRule rule() {
        return new SlopeRule(new Quadric.Damping(1, 0.1, 0.3, 64, 0.05));
    }

    /// A slope of 0.3 is what is wanted of 64 cases and more, and too much of fewer.
    @Test
    void inBatchesOfFewCasesTheDampingBeginsAndStaysHigher() {
        SlopeRule full = rule();
        full.begin(64);
        full.observe(0.3, -1, 64);
        assertEquals(1, full.lambda(), 1e-12);
        SlopeRule few = rule();
        few.begin(8);
        assertEquals(64, few.lambda(), 1e-12);
        few.observe(0.3, -1, 8);
        assertEquals(64 * Math.exp(0.1 * 0.3 * (1 - 8 / 64.0)), few.lambda(), 1e-12);
    }

    /// The directions of factors that are wrong are short; a lower damping makes them worse.
    @Test
    void theDampingRisesWhereDirectionsAreShort() {
        SlopeRule rule = rule();
        rule.observe(0.05 * Math.exp(-0.4), 0.02);
        rule.observe(0, -1, 64);
        assertEquals(Math.exp(0.1 * 0.4), rule.lambda(), 1e-12);
        rule.observe(Double.NaN, 0.02);
        rule.observe(0.05 * Math.exp(1.4), 0.02);
        rule.observe(0, -1, 64);
        assertEquals(Math.exp(0.1 * 0.4 - 0.1 * 0.3), rule.lambda(), 1e-12, "the mean is above: the slope decides");
    }

    /// Whatever the slope, which is noise there.
    @Test
    void theDampingFallsWhereItIsAllThereIs() {
        SlopeRule rule = rule();
        rule.observe(1, 0.009);
        rule.observe(0.9, -1, 1);
        assertEquals(Math.exp(-0.1), rule.lambda(), 1e-12);
    }

    @Test
    void theMomentumIsBounded() {
        Matrix b = Matrix.of(new double[][]{{2, 1}, {1, 3}});
        PlaneModel free = PlaneModel.minimum(1, -20, b, 100);
        assertEquals(8.2, free.mu(), 1e-12);
        assertEquals(-4.6, free.alpha(), 1e-12);
        assertEquals(0.5 * (-4.6 * 1 + 8.2 * -20), free.change(), 1e-12);
        PlaneModel bounded = PlaneModel.minimum(1, -20, b, 1);
        assertEquals(1, bounded.mu());
        assertEquals(-1, bounded.alpha(), 1e-12, "the best with it");
        assertEquals(-1 - 20 + 0.5 * (2 - 2 + 3), bounded.change(), 1e-12);
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> quadric("damping", "0"));
        assertThrows(IllegalArgumentException.class, () -> quadric("dampingExponent", "1.5"));
        assertThrows(IllegalArgumentException.class, () -> quadric("slopeTarget", "1"));
        assertThrows(IllegalArgumentException.class, () -> quadric("dampingGain", "-0.1"));
        assertThrows(IllegalArgumentException.class, () -> quadric("fullBatch", "0"));
        assertThrows(IllegalArgumentException.class, () -> quadric("leastLength", "1.1"));
        assertThrows(IllegalArgumentException.class, () -> quadric("momentumLimit", "-1"));
        assertThrows(IllegalArgumentException.class, () -> quadric("cuts", "-1"));
        assertThrows(IllegalArgumentException.class, () -> quadric("inversePeriod", "0"));
        assertFalse(HyperParameters.of(quadric()).isEmpty());
    }
}
