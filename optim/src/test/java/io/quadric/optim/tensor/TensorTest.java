package io.quadric.optim.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Tensor;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.State;
import io.quadric.optim.StepReport;
import io.quadric.optim.recipe.Optimizers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The factors of tensors, and what happens where they do not exist.
class TensorTest {
    private final Workspace ws = Workspace.serial();
    private final RandomGenerator random = Problem.random(11);

    static Stream<List<Integer>> shapes() {
        return Stream.of(List.of(5), List.of(3, 4), List.of(2, 3, 4), List.of(1, 3, 1), List.of(2, 3, 2, 2));
    }

    private static int size(List<Integer> shape) {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    private Vector gaussian(int n) {
        Vector x = Vector.zeros(Precision.FLOAT64, n);
        Sampling.gaussian(0, 1, random, x.asRow());
        return x;
    }

    private static Tensor tensor(Vector elements, List<Integer> shape) {
        return Tensor.of(elements, shape.stream().mapToInt(d -> d).toArray());
    }

    /// (4.10): the factors have equal average eigenvalues, and the product of their traces is the trace of the
    /// covariance, the squared norm of a tensor that was observed alone.
    @ParameterizedTest
    @MethodSource("shapes")
    void tensorNormalFactorsAreBalanced(List<Integer> shape) {
        Vector x = gaussian(size(shape));
        double product = 1;
        List<Double> averages = new ArrayList<>();
        for (int mode = 0; mode < shape.size(); mode++) {
            TensorFactor factor = new TensorFactor(mode, shape.get(mode), Precision.FLOAT64);
            factor.observe(1, tensor(x, shape), 0, ws);
            double trace = factor.statistic().trace() * Tnt.scale(factor.statistic(), shape);
            averages.add(trace / shape.get(mode));
            product *= trace;
        }
        assertEquals(x.dot(x), product, 1e-12 * product);
        averages.forEach(average -> assertEquals(averages.getFirst(), average, 1e-12 * average));
    }

    /// Lemmas 9 and 10 of Ren (2022, §4.5), for the mean over some tensors G with F = E[vec(G) vec(G)ᵀ]: ‖E[G⁽ⁱ⁾]‖ ≤
    /// Πⱼ≠ᵢ dⱼ ‖F‖, and εᵏ ≤ Π (‖Uᵢ‖ + ε) ≤ Π (dᵢ^(1−1/k) ‖F‖^(1/k) + ε).
    @ParameterizedTest
    @MethodSource("shapes")
    void factorsAreBoundedByTheFisherMatrix(List<Integer> shape) {
        double epsilon = 0.05;
        int samples = 7;
        int n = size(shape);
        List<Vector> tensors = Stream.generate(() -> gaussian(n)).limit(samples).toList();
        Matrix fisher = Matrix.zeros(Precision.FLOAT64, n, n);
        tensors.forEach(x -> new Gemm(1.0 / samples, 1).outer(x, x, fisher, ws));
        double norm = largest(fisher);
        double product = 1;
        double bound = 1;
        for (int mode = 0; mode < shape.size(); mode++) {
            int d = shape.get(mode);
            TensorFactor factor = new TensorFactor(mode, d, Precision.FLOAT64);
            tensors.forEach(x -> factor.observe(1.0 / samples, tensor(x, shape), 1, ws));
            double own = largest(factor.statistic());
            assertTrue(own <= (1 + 1e-12) * norm * n / d);
            product *= own * Tnt.scale(factor.statistic(), shape) + epsilon;
            bound *= Math.pow(d, 1 - 1.0 / shape.size()) * Math.pow(norm, 1.0 / shape.size()) + epsilon;
        }
        assertTrue(Math.pow(epsilon, shape.size()) <= product && product <= (1 + 1e-12) * bound);
    }

    private double largest(Matrix m) {
        if (SymmetricEigen.decompose(m, ws) instanceof SymmetricEigen.Outcome.Decomposed(SymmetricEigen eigen)) {
            return eigen.values().get(m.rows() - 1);
        }
        throw new AssertionError("no eigenvalues");
    }

    @Test
    void viewsMergeTheFilterOfAConvolution() {
        ParameterSpec filter = new ParameterSpec("0.weight", List.of(8, 3, 5, 4), ParameterSpec.Role.WEIGHT);
        assertEquals(List.of(8, 3, 20), TensorView.Usual.FILTERS_MERGED.dimensions(filter));
        assertEquals(List.of(8, 3, 5, 4), TensorView.Usual.DECLARED.dimensions(filter));
        assertEquals(List.of(8, 60), TensorView.Usual.MATRICES.dimensions(filter));
        TensorView own = new TensorView.Named(Map.of("0.weight", List.of(24, 20)), TensorView.Usual.DECLARED);
        assertEquals(List.of(24, 20), own.dimensions(filter));
        assertEquals(List.of(8), own.dimensions(ParameterSpec.bias("0.bias", 8, 60)));
    }

    @Test
    void aViewOfAnotherSizeIsRefused() {
        TensorView wrong = new TensorView.Named(Map.of("0.weight", List.of(5, 5)), TensorView.Usual.DECLARED);
        Tnt tnt = Optimizers.tnt();
        Tnt misled = new Tnt(tnt.step(), tnt.targets(), tnt.momentum(), tnt.statistics(), tnt.epsilon(), wrong);
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> problem.start(misled));
            assertTrue(e.getMessage().contains("0.weight of shape [6, 4]"), e.getMessage());
        }
    }

    /// F²ᵏ (Ĝ + εI) = I for the factor F of an axis, which iteration finds and the product checks.
    @ParameterizedTest
    @MethodSource("shapes")
    void shampooFactorsAreInverseRoots(List<Integer> shape) {
        double epsilon = 0.05;
        for (int mode = 0; mode < shape.size(); mode++) {
            TensorFactor factor = new TensorFactor(mode, shape.get(mode), Precision.FLOAT64);
            factor.observe(1, tensor(gaussian(size(shape)), shape), 0, ws);
            assertTrue(factor.invertRoot(2 * shape.size(), epsilon, ws));
            Matrix product = factor.statistic().copy().addToDiagonal(epsilon);
            for (int i = 0; i < 2 * shape.size(); i++) {
                Gemm.SET.multiply(factor.factor(), product.copy(), product, ws);
            }
            product.addToDiagonal(-1);
            assertEquals(0, product.norm(), 1e-4 * shape.get(mode));
        }
    }

    /// A statistic that is not finite leaves the factor as it was and is counted; one that only more damping makes
    /// definite is damped more.
    @ParameterizedTest
    @MethodSource("methods")
    void factorsThatDoNotExistAreKeptAndCounted(Optimizer optimizer) {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(HyperParameters.with(optimizer, Map.of("inversePeriod", "1")));
            problem.step(run);
            State state = run.state();
            Vector statistic = state.arrays().get("0.weight.0.statistic");
            statistic.set(0, Double.NaN);
            double[] factor = state.arrays().get("0.weight.0.factor").toArray();
            state.arrays().get("2.weight.1.statistic").fill(0).asMatrix(6, 6).addToDiagonal(-0.5);
            run.restore(state);
            StepReport report = problem.step(run);
            assertTrue(report.moved());
            assertEquals(2, report.figures().get("factorsWithRaisedDamping"));
            assertArrayEquals(factor, run.state().arrays().get("0.weight.0.factor").toArray());
            assertTrue(run.state().arrays().get("2.weight.1.factor").isFinite());
        }
    }

    /// The first T₂ steps follow the contractions; without that the factors are those of the warm start until step T₂.
    @ParameterizedTest
    @MethodSource("methods")
    void eagerMethodsInvertInEachOfTheFirstSteps(Optimizer optimizer) {
        for (boolean eager : List.of(true, false)) {
            try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
                Run run = problem.start(
                        HyperParameters.with(optimizer, Map.of("eager", "" + eager, "inversePeriod", "4")));
                List<Boolean> renewed = new ArrayList<>();
                for (int k = 1; k <= 9; k++) {
                    double[] before = k == 1 ? new double[0] : factor(run);
                    problem.step(run);
                    renewed.add(!Arrays.equals(before, factor(run)));
                }
                boolean early = eager;
                assertEquals(List.of(true, early, early, true, false, false, false, true, false), renewed);
            }
        }
    }

    private static double[] factor(Run run) {
        return run.state().arrays().get("0.weight.0.factor").toArray();
    }

    static Stream<Optimizer> methods() {
        return Stream.of(Optimizers.tnt(), Optimizers.tntEf(), Optimizers.shampoo());
    }
}
