package io.quadric.optim.quasinewton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SquaredError;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.StepReport;
import io.quadric.optim.recipe.Optimizers;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class LbfgsTest {
    private static final int INPUTS = 6;
    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);

    /// The recursion must give the product with the inverse Hessian that BFGS would form from the kept pairs.
    @Test
    void itsDirectionIsThatOfTheDenseUpdates() {
        int n = 7;
        Model model = new Model(
                new Network(new Shape.Features(INPUTS), List.of(new DenseLayer(1, true))), new SquaredError());
        try (Workspace ws = Workspace.serial()) {
            Parameters theta = model.network().initialize(Initializer.glorot(), Precision.FLOAT64, random);
            assertEquals(n, theta.values().size());
            var memory = new LbfgsProposer(new Lbfgs(3, 1e-4, 0.9, 20), start(model, theta, ws));
            List<double[][]> pairs = new ArrayList<>();
            for (int k = 0; k < 5; k++) {
                Vector s = gaussian(n);
                Vector y = gaussian(n);
                if (s.dot(y) < 0) {
                    y.scale(-1);
                }
                assertTrue(memory.keep(s, y));
                pairs.add(new double[][]{s.toArray(), y.toArray()});
                Vector g = gaussian(n);
                Vector p = Vector.zeros(Precision.FLOAT64, n);
                memory.direction(g, p);
                Vector expected = product(inverse(pairs.subList(Math.max(0, k - 2), k + 1)), g.scale(-1));
                double size = expected.norm();
                assertTrue(expected.axpy(-1, p).norm() <= 1e-10 * size, "after pair " + k);
            }
            assertTrue(!memory.keep(gaussian(n), Vector.zeros(Precision.FLOAT64, n)));
        }
    }

    /// (I − ρsyᵀ) H (I − ρysᵀ) + ρssᵀ for each pair, from sᵀy/yᵀy I of the last one.
    private static double[][] inverse(List<double[][]> pairs) {
        double[] lastS = pairs.getLast()[0];
        double[] lastY = pairs.getLast()[1];
        double[][] h = new double[lastS.length][lastS.length];
        for (int i = 0; i < h.length; i++) {
            h[i][i] = dot(lastS, lastY) / dot(lastY, lastY);
        }
        for (double[][] pair : pairs) {
            h = updated(h, pair[0], pair[1]);
        }
        return h;
    }

    /// H − ρ(s(Hy)ᵀ + Hy sᵀ) + ρ(1 + ρyᵀHy) ssᵀ, the product multiplied out.
    private static double[][] updated(double[][] h, double[] s, double[] y) {
        int n = s.length;
        double rho = 1 / dot(s, y);
        double[] hy = new double[n];
        for (int i = 0; i < n; i++) {
            hy[i] = dot(h[i], y);
        }
        double[][] next = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                next[i][j] = h[i][j] - rho * (s[i] * hy[j] + hy[i] * s[j])
                        + rho * (1 + rho * dot(y, hy)) * s[i] * s[j];
            }
        }
        return next;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static Vector product(double[][] h, Vector g) {
        double[] out = new double[h.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = dot(h[i], g.toArray());
        }
        return Vector.of(out);
    }

    private Vector gaussian(int n) {
        Vector v = Vector.zeros(Precision.FLOAT64, n);
        Sampling.gaussian(0, 1, random, v.asRow());
        return v;
    }

    private static Start start(Model model, Parameters theta, Workspace ws) {
        return new Start(model, theta, List.of(), 1, ws);
    }

    /// Every step of a nonlinear problem satisfies both conditions, measured from outside.
    @Test
    void everyStepSatisfiesTheStrongWolfeConditions() {
        Lbfgs lbfgs = Optimizers.lbfgs();
        Model model = model(new DenseLayer(8, true), new Activation(ElementaryFunction.TANH), new DenseLayer(2, true));
        Batch batch = batch(60);
        try (Workspace ws = Workspace.serial()) {
            Parameters theta = model.network().initialize(Initializer.glorot(), Precision.FLOAT64, random);
            Run run = lbfgs.start(start(model, theta, ws));
            for (int k = 0; k < 60; k++) {
                Vector before = theta.values().copy();
                Vector g = Vector.zeros(Precision.FLOAT64, before.size());
                double f = gradient(model, theta, batch, g, ws);
                StepReport report = run.step(new StepData(batch));
                assertInstanceOf(StepOutcome.Moved.class, report.outcome());
                Vector step = theta.values().copy().axpy(-1, before);
                Vector after = Vector.zeros(Precision.FLOAT64, before.size());
                double lower = gradient(model, theta, batch, after, ws);
                double slope = g.dot(step);
                assertTrue(lower <= f + lbfgs.sufficientDecrease() * slope + 1e-15, "step " + k);
                assertTrue(Math.abs(after.dot(step)) <= -lbfgs.slopeDecrease() * slope * (1 + 1e-9), "step " + k);
            }
        }
    }

    private static double gradient(Model model, Parameters theta, Batch batch, Vector g, Workspace ws) {
        try (var at = Linearization.at(model, theta, batch, ws)) {
            at.gradient(g);
            return at.loss();
        }
    }

    /// With as many pairs as parameters it ends at the solution of a linear problem, and then says that it has.
    @Test
    void aLinearProblemIsSolvedToRounding() {
        Model model = model(new DenseLayer(2, true));
        Batch batch = batch(50);
        try (Workspace ws = Workspace.serial()) {
            Parameters theta = model.network().initialize(Initializer.glorot(), Precision.FLOAT64, random);
            Run run = new Lbfgs(14, 1e-4, 0.9, 20).start(start(model, theta, ws));
            Vector g = Vector.zeros(Precision.FLOAT64, theta.values().size());
            int steps = 0;
            while (gradient(model, theta, batch, g, ws) >= 0 && g.norm() > 1e-12 && steps < 60) {
                run.step(new StepData(batch));
                steps++;
            }
            assertTrue(g.norm() <= 1e-12, "‖g‖ = " + g.norm() + " after " + steps + " steps");
            for (int k = 0; k < 20; k++) {
                run.step(new StepData(batch));
            }
            gradient(model, theta, batch, g, ws);
            assertTrue(g.norm() <= 1e-10, "it stays there: " + g.norm());
        }
    }

    /// In FLOAT32 the objective is rounded long before the gradient is 0.
    @Test
    void roundingDoesNotStopItEarly() {
        Model model = model(new DenseLayer(2, true));
        Batch fine = batch(50);
        Batch batch = new Batch(fine.inputs().copy(Precision.FLOAT32), fine.targets().copy(Precision.FLOAT32));
        try (Workspace ws = Workspace.serial()) {
            Parameters theta = model.network().initialize(Initializer.glorot(), Precision.FLOAT32, random);
            Run run = Optimizers.lbfgs().start(start(model, theta, ws));
            for (int k = 0; k < 40; k++) {
                run.step(new StepData(batch));
            }
            Vector g = Vector.zeros(Precision.FLOAT32, theta.values().size());
            gradient(model, theta, batch, g, ws);
            assertTrue(g.norm() <= 1e-5, "‖g‖ = " + g.norm());
        }
    }

    @Test
    void settingsThatNoSearchCanMeetAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Lbfgs(0, 1e-4, 0.9, 20));
        assertThrows(IllegalArgumentException.class, () -> new Lbfgs(10, 0.5, 0.9, 20));
        assertThrows(IllegalArgumentException.class, () -> new Lbfgs(10, 0.3, 0.2, 20));
        assertThrows(IllegalArgumentException.class, () -> new Lbfgs(10, 1e-4, 1, 20));
    }

    private static Model model(Layer... layers) {
        return new Model(new Network(new Shape.Features(INPUTS), List.of(layers)), new SquaredError());
    }

    private Batch batch(int cases) {
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, cases, INPUTS);
        Sampling.gaussian(0, 1, random, inputs);
        Matrix targets = Matrix.zeros(Precision.FLOAT64, cases, 2);
        Sampling.gaussian(0, 1, random, targets);
        return new Batch(inputs, targets);
    }
}
