package io.quadric.optim.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.optim.Problem;
import io.quadric.optim.StepReport;
import io.quadric.optim.firstorder.Sgd;
import io.quadric.optim.step.RateSchedule.DecayShape;
import org.junit.jupiter.api.Test;

/// Rates, cut gradients and weight decay, against their formulas by hand.
class DirectStepTest {
    @Test
    void ratesFollowTheirFormulas() {
        RateSchedule steps = new RateSchedule(DecayShape.STEPS, 0.1, 3, 2);
        double[] rates = {0.5, 1, 1, 1, 1, 0.1, 0.1, 0.1, 0.01};
        for (int k = 1; k <= rates.length; k++) {
            assertEquals(rates[k - 1], steps.at(k), 1e-15, "step " + k);
        }
        RateSchedule cosine = new RateSchedule(DecayShape.COSINE, 0.2, 6, 0);
        assertEquals(1, cosine.at(1), 1e-15);
        assertEquals(0.2 + 0.8 * 0.75, cosine.at(3), 1e-15);
        assertEquals(0.6, cosine.at(4), 1e-15);
        assertEquals(0.2, cosine.at(7), 1e-15);
        assertEquals(0.2, cosine.at(1000), 1e-15);
        assertEquals(Math.sqrt(0.1), new RateSchedule(DecayShape.EXPONENTIAL, 0.1, 6, 0).at(4), 1e-15);
        RateSchedule power = new RateSchedule(DecayShape.POWER, 1, 1, 0.75, 2);
        assertEquals(0.5, power.at(1), 1e-15);
        assertEquals(Math.pow(5, -0.75), power.at(7), 1e-15, "k counts from the end of the warm-up");
    }

    @Test
    void longGradientsAreCutToTheNorm() {
        DirectStep rule = new DirectStep(1).withGradientClip(2);
        Vector g = Vector.of(3.0, 4.0);
        assertEquals(0.4, rule.clip(g), 1e-15);
        assertArrayEquals(new double[]{1.2, 1.6}, g.toArray(), 1e-15);
        assertEquals(1, rule.clip(g), 1e-15, "a gradient of the largest norm stays");
    }

    /// With p = g, a step of plain descent with a cut is θ − α c g / ‖g‖ − αγθ.
    @Test
    void aStepIsTheCutGradientAndTheDecay() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            double[] theta = problem.parameters.values().toArray();
            double[] g = problem.gradient().toArray();
            double norm = Vector.of(g).norm();
            DirectStep rule = new DirectStep(0.5).withWeightDecay(0.1).withGradientClip(norm / 3);
            StepReport report = problem.step(problem.start(new Sgd(rule, 0, false)));
            assertTrue(report.moved());
            assertEquals(1.0 / 3, report.figures().get("gradientScale"), 1e-15);
            for (int i = 0; i < g.length; i++) {
                theta[i] -= 0.5 * (g[i] / 3 + 0.1 * theta[i]);
            }
            assertArrayEquals(theta, problem.parameters.values().toArray(), 1e-14);
        }
    }
}
