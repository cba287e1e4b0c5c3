package io.quadric.bench.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SquaredError;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.step.DirectStep;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trajectories of the baselines against the same methods with plain arrays and loops, of which only the gradient is
/// the library's.
class BaselinesTest {
    private static final int STEPS = 25;
    private static final double BOUND = 1e-8;

    private final Workspace ws = Workspace.serial();
    private Model model;
    private List<ParameterSlice> slices;
    private Parameters initial;
    private Batch batch;

    @BeforeEach
    void rectangular() {
        network(3, 5, 4, 2);
    }

    private void network(int inputs, int first, int second, int outputs) {
        model = new Model(new Network(new Shape.Features(inputs), List.of(
                new DenseLayer(first, true), new Activation(ElementaryFunction.TANH), new DenseLayer(second, true),
                new Activation(ElementaryFunction.TANH), new DenseLayer(outputs, true))), new SquaredError());
        slices = model.network().layout().slices();
        initial = model.network().initialize(Initializer.glorot(), Precision.FLOAT64, new Random(1));
        Matrix x = Matrix.zeros(Precision.FLOAT64, 16, inputs);
        Matrix t = Matrix.zeros(Precision.FLOAT64, 16, outputs);
        Sampling.gaussian(0, 1, new Random(2), x);
        Sampling.gaussian(0, 1, new Random(3), t);
        batch = new Batch(x, t);
    }

    /// One step of a method on one parameter array.
    private interface Plainly {
        double[][] next(long k, ParameterSlice slice, double[][] w, double[][] g);
    }

    private double[][] array(ParameterSlice slice, Vector flat) {
        boolean vector = slice.spec().dimensions().size() == 1;
        return (vector ? slice.of(flat).asRow() : slice.matrixOf(flat)).toArray();
    }

    private void assertSame(Optimizer optimizer, Plainly plainly) {
        Parameters theta = initial.copy(Precision.FLOAT64);
        Run run = optimizer.start(new Start(model, theta, List.of(batch), 1, ws));
        Vector own = initial.values().copy();
        Vector g = own.copy();
        for (long k = 1; k <= STEPS; k++) {
            assertTrue(run.step(new StepData(batch)).moved());
            try (var at = Linearization.at(
                    model, new Parameters(model.network().layout(), own.copy()), batch, ws)) {
                at.gradient(g);
            }
            for (ParameterSlice slice : slices) {
                double[][] next = plainly.next(k, slice, array(slice, own), array(slice, g));
                slice.of(own).copyFrom(Matrix.of(next).copy().flat());
            }
            assertArrayEquals(own.toArray(), theta.values().toArray(), BOUND, "step " + k);
        }
        assertTrue(own.copy().axpy(-1, initial.values()).norm() > 1e-4);
    }

    /// The memory of a plain method, zero at first.
    private static final class Memory {
        private final Map<String, double[][]> arrays = new HashMap<>();

        double[][] get(ParameterSlice slice, String name, double[][] like) {
            return arrays.getOrDefault(slice.name() + name, new double[like.length][like[0].length]);
        }

        double[][] put(ParameterSlice slice, String name, double[][] value) {
            arrays.put(slice.name() + name, value);
            return value;
        }

        /// βM + (1−β)X
        double[][] average(ParameterSlice slice, String name, double beta, double[][] x) {
            return put(slice, name, Plain.sum(beta, get(slice, name, x), 1 - beta, x));
        }
    }

    private static double[][] squared(double[][] g) {
        double[][] s = Plain.sum(1, g, 0, g);
        for (double[] row : s) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= row[j];
            }
        }
        return s;
    }

    /// (m / a) / (√(v / b) + ε)
    private static double[][] quotient(double[][] m, double a, double[][] v, double b, double epsilon) {
        double[][] q = Plain.sum(1, m, 0, m);
        for (int i = 0; i < q.length; i++) {
            for (int j = 0; j < q[i].length; j++) {
                q[i][j] = m[i][j] / a / (Math.sqrt(v[i][j] / b) + epsilon);
            }
        }
        return q;
    }

    private static double[][] adam(Memory memory, long k, ParameterSlice slice, double[][] g, double... settings) {
        double[][] m = memory.average(slice, "m", settings[0], g);
        double[][] v = memory.average(slice, "v", settings[1], squared(g));
        return quotient(m, 1 - Math.pow(settings[0], k), v, 1 - Math.pow(settings[1], k), settings[2]);
    }

    @Test
    void lion() {
        Memory memory = new Memory();
        assertSame(new Lion(1e-3), (k, slice, w, g) -> {
            double[][] c = Plain.sum(0.9, memory.get(slice, "m", g), 0.1, g);
            memory.average(slice, "m", 0.99, g);
            for (double[] row : c) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = Math.signum(row[j]);
                }
            }
            return Plain.sum(1, w, -1e-3, c);
        });
    }

    @Test
    void muon() {
        Memory memory = new Memory();
        ParameterSlice last = slices.get(slices.size() - 2);
        assertEquals(2, last.spec().dimensions().size());
        assertSame(new Muon(new DirectStep(0.02).withWeightDecay(0.1), 0.95, 3e-4), (k, slice, w, g) -> {
            if (slice.spec().dimensions().size() < 2 || slice.equals(last)) {
                double[][] p = adam(memory, k, slice, g, 0.9, 0.95, 1e-10);
                return Plain.sum(1 - 0.02 * 0.1, w, -3e-4, p);
            }
            double[][] average = memory.average(slice, "average", 0.95, g);
            double[][] x = Plain.sum(0.05, g, 0.95, average);
            x = Plain.sum(1 / Plain.norm(x), x, 0, x);
            for (int i = 0; i < 5; i++) {
                double[][] a = Plain.times(x, Plain.transposed(x));
                double[][] b = Plain.sum(-4.7750, a, 2.0315, Plain.times(a, a));
                x = Plain.sum(3.4445, x, 1, Plain.times(b, x));
            }
            double scale = Math.sqrt(Math.max(1, (double) w.length / w[0].length));
            return Plain.sum(1 - 0.02 * 0.1, w, -0.02 * scale, x);
        });
    }

    /// Of square matrices, whose factors have one basis of eigenvectors at the first step.
    @Test
    void soap() {
        network(3, 3, 3, 3);
        Memory memory = new Memory();
        assertSame(new Soap(new DirectStep(3e-3), 0.95, 0.9, 4), (k, slice, w, g) -> {
            if (slice.spec().dimensions().size() < 2) {
                return Plain.sum(1, w, -3e-3, adam(memory, k, slice, g, 0.95, 0.9, 1e-8));
            }
            double[][] t = Plain.transposed(g);
            if (k == 1) {
                double[][] l = memory.put(slice, "l", Plain.times(g, t));
                double[][] r = memory.put(slice, "r", Plain.times(t, g));
                memory.put(slice, "ql", Arrays.copyOf(Plain.eigenvectors(l), l.length));
                memory.put(slice, "qr", Arrays.copyOf(Plain.eigenvectors(r), r.length));
            }
            double[][] ql = memory.arrays.get(slice.name() + "ql");
            double[][] qr = memory.arrays.get(slice.name() + "qr");
            double[][] m = memory.average(slice, "m", 0.95, g);
            double[][] turned = Plain.times(Plain.transposed(ql), Plain.times(g, qr));
            double[][] turnedMean = Plain.times(Plain.transposed(ql), Plain.times(m, qr));
            double[][] v = memory.average(slice, "v", 0.9, squared(turned));
            double[][] n = quotient(turnedMean, 1 - Math.pow(0.95, k), v, 1 - Math.pow(0.9, k), 1e-8);
            if (k > 1) {
                memory.average(slice, "l", 0.9, Plain.times(g, t));
                memory.average(slice, "r", 0.9, Plain.times(t, g));
            }
            if (k % 4 == 0) {
                memory.put(slice, "ql", Plain.orthonormal(Plain.times(memory.arrays.get(slice.name() + "l"), ql)));
                memory.put(slice, "qr", Plain.orthonormal(Plain.times(memory.arrays.get(slice.name() + "r"), qr)));
            }
            return Plain.sum(1, w, -3e-3, Plain.times(ql, Plain.times(n, Plain.transposed(qr))));
        });
    }

    @Test
    void graftedShampoo() {
        Memory memory = new Memory();
        assertSame(new GraftedShampoo(new DirectStep(1e-2), 0.9, 0.99, 3), (k, slice, w, g) -> {
            double[][] adam = adam(memory, k, slice, g, 0.9, 0.99, 1e-8);
            if (slice.spec().dimensions().size() < 2) {
                return Plain.sum(1, w, -1e-2, adam);
            }
            double[][] t = Plain.transposed(g);
            double[][] l = memory.average(slice, "l", 0.99, Plain.times(g, t));
            double[][] r = memory.average(slice, "r", 0.99, Plain.times(t, g));
            if ((k - 1) % 3 == 0) {
                memory.put(slice, "pl", root(l));
                memory.put(slice, "pr", root(r));
            }
            double[][] m = memory.average(slice, "mean", 0.9, g);
            double[][] p = Plain.times(
                    memory.arrays.get(slice.name() + "pl"),
                    Plain.times(m, memory.arrays.get(slice.name() + "pr")));
            return Plain.sum(1, w, -1e-2 * Plain.norm(adam) / Plain.norm(p), p);
        });
    }

    private static double[][] root(double[][] a) {
        double trace = 0;
        for (int i = 0; i < a.length; i++) {
            trace += a[i][i];
        }
        return Plain.power(a, 1e-6 * trace / a.length, -0.25);
    }

    @Test
    void scheduleFreeAdamW() {
        Memory memory = new Memory();
        double[] weights = new double[STEPS + 1];
        assertSame(new ScheduleFreeAdamW(0.01, 0.9, 0.99, 0.1, 5), (k, slice, y, g) -> {
            double[][] z = k == 1 ? y : memory.arrays.get(slice.name() + "z");
            double[][] x = k == 1 ? y : memory.arrays.get(slice.name() + "x");
            double rate = 0.01 * Math.min(1, k / 5.0);
            weights[(int) k] = weights[(int) k - 1] + rate * rate;
            double[][] v = memory.average(slice, "v", 0.99, squared(g));
            double[][] p = quotient(g, 1, v, 1 - Math.pow(0.99, k), 1e-8);
            z = memory.put(slice, "z", Plain.sum(1, Plain.sum(1, z, -rate, p), -rate * 0.1, y));
            double c = rate * rate / weights[(int) k];
            x = memory.put(slice, "x", Plain.sum(1 - c, x, c, z));
            return Plain.sum(0.1, z, 0.9, x);
        });
    }

    /// A run that was stored and read again goes on as one that was not.
    @ParameterizedTest
    @ValueSource(strings = {"soap", "muon", "grafted-shampoo", "lion", "schedule-free-adamw"})
    void resumes(String name) {
        Optimizer optimizer = Baselines.named(name).orElseThrow();
        Parameters one = initial.copy(Precision.FLOAT32);
        Parameters two = initial.copy(Precision.FLOAT32);
        Batch single = batch.with(batch.inputs().copy(Precision.FLOAT32), batch.targets().copy(Precision.FLOAT32));
        Run straight = optimizer.start(new Start(model, one, List.of(single), 1, ws));
        for (int k = 0; k < 12; k++) {
            straight.step(new StepData(single));
        }
        two.update(theta -> theta.copyFrom(one.values()));
        Run resumed = optimizer.start(new Start(model, two, List.of(single), 1, ws));
        resumed.restore(straight.state());
        for (int k = 0; k < 12; k++) {
            straight.step(new StepData(single));
            resumed.step(new StepData(single));
        }
        assertArrayEquals(one.values().floats(), two.values().floats());
    }
}
