package io.quadric.linalg.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.FunctionPoint;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Operands;
import io.quadric.linalg.Precision;
import io.quadric.linalg.RootDivision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.KernelSet;
import io.quadric.linalg.internal.kernel.Kernels;
import io.quadric.linalg.internal.kernel.ScalarFunctions;
import io.quadric.linalg.internal.scalar.ScalarKernelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The kernels in use against the scalar twin, for every method of [io.quadric.linalg.internal.kernel.Kernels].
@Tag("kernels")
class KernelTwinsTest {
    private static final KernelSet SCALAR = ScalarKernelSet.create();

    private static final double[] SPECIAL = {0.0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN,
        1000,
        -1000, Double.MIN_VALUE, -Double.MIN_VALUE, Float.MIN_VALUE, 1e-40, -1e-310, 709, -745, 88.5, -103, 20, -37,
        1e-8,
        -1e-5, 0.5, -2, Float.MAX_VALUE, -Float.MAX_VALUE};

    /// What a kernel computes of x, y (both positive and negative numbers), c (a column) and its old output z.
    private interface Operation {
        /// Returns a scalar result, or 0.
        double run(Kernels k, Inputs in);
    }

    private record Inputs(Matrix x, Matrix y, Vector row, Vector column, Matrix z) {
        Inputs copy(int gap) {
            return new Inputs(Operands.inside(x, gap), Operands.inside(y, gap), row.copy(), column.copy(),
                    Operands.inside(z, gap));
        }
    }

    private record Named(String name, Operation operation) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Named> operations() {
        List<Named> all = new ArrayList<>();
        all.add(new Named("fill", (k, in) -> run(() -> k.fill(0.3, in.z))));
        all.add(new Named("copy", (k, in) -> run(() -> k.copy(in.x, in.z))));
        all.add(new Named("transpose", (k, in) -> run(() -> {
            Matrix t = Matrix.zeros(in.x.precision(), in.x.columns(), in.x.rows());
            k.transpose(in.x, t);
            k.transpose(t, in.z);
        })));
        all.add(new Named("scale", (k, in) -> run(() -> k.scale(0.3, in.z))));
        all.add(new Named("decay", (k, in) -> run(() -> k.decay(0.3, in.z))));
        all.add(new Named("axpby", (k, in) -> run(() -> k.axpby(0.3, in.x, -2, in.z))));
        all.add(new Named("axpby, a mean", (k, in) -> run(() -> k.axpby(0.1, in.x, 0.9, in.z))));
        all.add(new Named("axpby, b = 0", (k, in) -> run(() -> k.axpby(0.3, in.x, 0, in.z.fill(Double.NaN)))));
        all.add(new Named("multiply", (k, in) -> run(() -> k.multiply(-0.7, in.x, in.y, 3, in.z))));
        all.add(new Named("multiply, b = 0",
                (k, in) -> run(() -> k.multiply(2, in.x, in.y, 0, in.z.fill(Double.NaN)))));
        all.add(new Named("divide", (k, in) -> run(() -> k.divide(in.x, in.y, in.z))));
        all.add(new Named("divideByRoot", (k, in) -> run(() -> {
            k.multiply(1, in.y, in.y, 0, in.y);
            k.divideByRoot(new RootDivision(2, 0.5, 0.1), in.x, in.y, in.z);
        })));
        all.add(new Named("power", (k, in) -> run(() -> {
            k.multiply(1, in.y, in.y, 0, in.y);
            k.power(in.y, 0.5, -0.75, in.z);
        })));
        all.add(new Named("map", (k, in) -> run(() -> k.map(x -> 0.3 * x - 1, in.x, in.z))));
        for (ElementaryFunction f : ElementaryFunction.values()) {
            all.add(new Named("apply " + f, (k, in) -> run(() -> k.apply(f, in.x, in.z))));
            all.add(new Named("chain " + f, (k, in) -> run(() -> {
                k.apply(f, in.x, in.z);
                k.chain(new FunctionPoint(f, in.x, in.z), in.y, in.z);
            })));
            all.add(new Named("addSecond " + f, (k, in) -> run(() -> {
                k.apply(f, in.x, in.z);
                k.addSecond(new FunctionPoint(f, in.x, in.z), in.x, in.y, in.y);
                k.copy(in.y, in.z);
            })));
        }
        all.add(new Named("addRow", (k, in) -> run(() -> k.addRow(in.row, in.z))));
        all.add(new Named("sumRows", (k, in) -> run(() -> k.sumRows(0.5, in.x, 2, in.row))));
        all.add(new Named("sumRows, b = 0", (k, in) -> run(() -> k.sumRows(1, in.x, 0, in.row.fill(Double.NaN)))));
        all.add(new Named("scaleRows", (k, in) -> run(() -> k.scaleRows(in.column, in.x, in.z))));
        all.add(new Named("rowSums", (k, in) -> run(() -> k.rowSums(in.x, in.column))));
        all.add(new Named("argMaxRows", KernelTwinsTest::argMax));
        all.add(new Named("softmaxRows", (k, in) -> run(() -> k.softmaxRows(in.x, in.z))));
        all.add(new Named("logSumExpRows", KernelTwinsTest::logSumExp));
        all.add(new Named("softmaxHessian", (k, in) -> run(() -> k.softmaxHessian(in.x, in.column, in.y, in.z))));
        all.add(new Named("softmaxGradient", (k, in) -> run(() -> {
            k.softmaxRows(in.y, in.y);
            k.softmaxGradient(in.y, in.column, in.x, in.z);
        })));
        all.add(new Named("sigmoidGradient", (k, in) -> run(() -> k.sigmoidGradient(in.x, in.y, in.z))));
        all.add(new Named("gemv", (k, in) -> run(() -> k.gemv(0.3, in.x, in.row, -2, in.column))));
        all.add(new Named("gemv, b = 0",
                (k, in) -> run(() -> k.gemv(1, in.x, in.row, 0, in.column.fill(Double.NaN)))));
        all.add(new Named("gemvTransposed", (k, in) -> run(() -> k.gemvTransposed(0.3, in.x, in.column, -2, in.row))));
        all.add(new Named("gemvTransposed, b = 0",
                (k, in) -> run(() -> k.gemvTransposed(1, in.x, in.column, 0, in.row.fill(Double.NaN)))));
        all.add(new Named("ger", (k, in) -> run(() -> k.ger(0.3, in.column, in.row, in.z))));
        all.add(new Named("rotateRows", (k, in) -> run(() -> k.rotateRows(angles(in), in.z))));
        all.add(new Named("rotateRowsTwice", (k, in) -> run(() -> k.rotateRowsTwice(angles(in), angles(in), in.z))));
        all.add(new Named("sigmoidCrossEntropy", (k, in) -> k.sigmoidCrossEntropy(in.x, in.y)));
        all.add(new Named("softmaxCrossEntropy", (k, in) -> in.x.isEmpty() ? 0 : k.softmaxCrossEntropy(in.x, in.y)));
        all.add(new Named("squaredDistance", (k, in) -> k.squaredDistance(in.x, in.y)));
        all.add(new Named("dot", (k, in) -> k.dot(in.x, in.y)));
        all.add(new Named("conjugateStep", KernelTwinsTest::conjugateStep));
        all.add(new Named("squareOver", (k, in) -> {
            SCALAR.elements(in.y.precision()).apply(ElementaryFunction.LOGISTIC, in.y, in.y);
            return k.squareOver(in.x, in.y);
        }));
        all.add(new Named("sum", (k, in) -> k.sum(in.x)));
        all.add(new Named("norm", (k, in) -> k.norm(in.x)));
        all.add(new Named("maxAbs", (k, in) -> k.maxAbs(in.x)));
        all.add(new Named("isFinite", (k, in) -> k.isFinite(in.x) ? 1 : 0));
        return all;
    }

    private static double run(Runnable kernel) {
        kernel.run();
        return 0;
    }

    private static double conjugateStep(Kernels k, Inputs in) {
        for (int i = 0; i < in.x.rows(); i++) {
            Vector r = in.row.copy();
            double square = k.conjugateStep(0.3, in.x.row(i), in.y.row(i), in.z.row(i), r);
            assertEquals(k.dot(r.asRow(), r.asRow()), square, 1e-12 * (1 + square));
            k.axpby(1, r.asRow(), -2, in.z.row(i).asRow());
        }
        return 0;
    }

    private static double logSumExp(Kernels k, Inputs in) {
        if (!in.x.isEmpty()) {
            k.logSumExpRows(in.x, in.column);
        }
        return 0;
    }

    /// Not of length one, so that mistakes show.
    private static Vector angles(Inputs in) {
        return Operands.gaussian(in.z.precision(), 1, 2 * Math.max(0, in.z.rows() - 1), 6).row(0);
    }

    private static double argMax(Kernels k, Inputs in) {
        int[] index = new int[in.x.rows()];
        k.argMaxRows(in.x, index);
        return Arrays.hashCode(index);
    }

    /// Runs every operation once.
    static void runAll(Kernels kernels, Precision precision) {
        operations().forEach(named -> named.operation.run(kernels, inputs(precision, 3, 101)));
    }

    @Test
    void everyKernelIsHere() {
        Set<String> tested = new TreeSet<>();
        operations().forEach(o -> tested.add(o.name.split("[ ,]")[0]));
        Set<String> existing = new TreeSet<>();
        for (var method : Kernels.class.getMethods()) {
            existing.add(method.getName());
        }
        existing.remove("of");
        assertEquals(existing, tested);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void agreesWithTheScalarTwin(Named named) {
        for (Precision precision : Precision.values()) {
            for (int[] shape : new int[][]{{0, 3}, {3, 0}, {1, 1}, {3, 2}, {5, 7}, {4, 16}, {3, 33}, {2, 67},
                {9, 130}}) {
                for (int gap = 0; gap < 2; gap++) {
                    compare(named.operation, inputs(precision, shape[0], shape[1]), gap);
                }
            }
        }
    }

    private static Inputs inputs(Precision precision, int rows, int columns) {
        Matrix x = Operands.gaussian(precision, rows, columns, 1).scale(2);
        Matrix y = Operands.gaussian(precision, rows, columns, 2);
        Matrix z = Operands.gaussian(precision, rows, columns, 3);
        Vector row = Operands.gaussian(precision, 1, columns, 4).row(0);
        return new Inputs(x, y, row, Operands.gaussian(precision, 1, rows, 5).row(0), z);
    }

    private static void compare(Operation operation, Inputs inputs, int gap) {
        Precision precision = inputs.x.precision();
        Inputs actual = inputs.copy(gap);
        Inputs expected = inputs.copy(0);
        double result = operation.run(KernelProvider.kernels(precision), actual);
        double reference = operation.run(SCALAR.elements(precision), expected);
        assertEquals(reference, result, 1e-11 * Math.max(1, inputs.x.rows() * inputs.x.columns()));
        for (int i = 0; i < inputs.x.rows(); i++) {
            assertClose(precision, expected.z.row(i), actual.z.row(i));
        }
        assertClose(precision, expected.row, actual.row);
        assertClose(precision, expected.column, actual.column);
        assertTrue(gap == 0 || surroundingsAreUntouched(actual.z), "wrote outside the view");
    }

    private static void assertClose(Precision precision, Vector expected, Vector actual) {
        double largest = Arrays.stream(expected.toArray()).map(Math::abs).max().orElse(0);
        assertArrayEquals(expected.toArray(), actual.toArray(), 50 * precision.epsilon() * (1 + largest));
    }

    /// The view made by [Operands#inside] begins one row and `gap` = 1 column into its array of NaN.
    private static boolean surroundingsAreUntouched(Matrix view) {
        Vector array = view.precision() == Precision.FLOAT64 ? Vector.of(view.doubles()) : Vector.of(view.floats());
        Matrix around = array.asMatrix(view.rows() + 2, view.columns() + 2);
        double[][] elements = around.toArray();
        for (int i = 0; i < view.rows(); i++) {
            Arrays.fill(elements[i + 1], 1, view.columns() + 1, Double.NaN);
        }
        return Arrays.stream(elements).flatMapToDouble(Arrays::stream).allMatch(Double::isNaN);
    }

    /// Within 4 units in the last place of the correctly rounded value, infinities and NaN exactly.
    @ParameterizedTest
    @MethodSource("functions")
    void functionsAreAccurate(ElementaryFunction f) {
        for (Precision precision : Precision.values()) {
            Matrix x = arguments(precision);
            Matrix y = Matrix.zeros(precision, 1, x.columns());
            KernelProvider.kernels(precision).apply(f, x, y);
            for (int j = 0; j < x.columns(); j++) {
                double expected = ScalarFunctions.value(f, x.get(0, j));
                assertEquals(expected, y.get(0, j), 4 * ulp(precision, expected),
                        f + "(" + x.get(0, j) + ") " + precision);
            }
        }
    }

    static ElementaryFunction[] functions() {
        return ElementaryFunction.values();
    }

    private static Matrix arguments(Precision precision) {
        Matrix x = Matrix.zeros(precision, 1, 20_000 + SPECIAL.length);
        for (int j = 0; j < SPECIAL.length; j++) {
            x.set(0, j, SPECIAL[j]);
        }
        for (int j = 0; j < 10_000; j++) {
            x.set(0, SPECIAL.length + 2 * j, (j - 5_000) * 0.0231);
            x.set(0, SPECIAL.length + 2 * j + 1, (j % 2 == 0 ? 1 : -1) * Math.pow(10, j / 400.0 - 22));
        }
        return x;
    }

    private static double ulp(Precision precision, double value) {
        if (!Double.isFinite(value)) {
            return 0;
        }
        return precision == Precision.FLOAT64 ? Math.ulp(value) : Math.ulp((float) value);
    }

    /// A pass over parts of a row gives the bits of a pass over the whole.
    @ParameterizedTest
    @MethodSource("functions")
    void valuesDoNotDependOnThePosition(ElementaryFunction f) {
        for (Precision precision : Precision.values()) {
            Matrix x = Operands.gaussian(precision, 1, 61, 7).scale(3);
            Matrix whole = Matrix.zeros(precision, 1, 61);
            Matrix parts = Matrix.zeros(precision, 1, 61);
            KernelProvider.kernels(precision).apply(f, x, whole);
            for (int from = 0; from < 61; from += 3) {
                int to = Math.min(61, from + 3);
                KernelProvider.kernels(precision).apply(f, x.columns(from, to), parts.columns(from, to));
            }
            assertArrayEquals(whole.toArray()[0], parts.toArray()[0]);
        }
    }

    @Test
    void sumsOfManyFloatsAreAccumulatedInDouble() {
        Matrix x = Matrix.zeros(Precision.FLOAT32, 3000, 67).fill(0.1);
        Vector s = Vector.zeros(Precision.FLOAT32, 67);
        Kernels k = KernelProvider.kernels(Precision.FLOAT32);
        k.sumRows(1, x, 0, s);
        assertEquals(300, s.get(66), 300 * 1.2e-7);
        assertEquals(300, s.get(0), 300 * 1.2e-7);
        assertEquals(x.rows() * 67 * (double) 0.1f, k.sum(x), 1e-7);
        assertEquals(x.rows() * 67 * (double) 0.1f * 0.1f, k.dot(x, x), 1e-7);
    }

    @Test
    void crossEntropiesAreStable() {
        for (Precision precision : Precision.values()) {
            Kernels k = KernelProvider.kernels(precision);
            Matrix z = Matrix.of(new double[][]{{1000, -1000, 0, 1000, -1000}}).copy(precision);
            Matrix t = Matrix.of(new double[][]{{1, 0, 0, 0, 1}}).copy(precision);
            assertEquals(2000 + Math.log(2), k.sigmoidCrossEntropy(z, t), 1e-9);
            assertEquals(2 * Math.log(2) + 2000, k.softmaxCrossEntropy(z, t), 1e-9);
            Matrix p = Matrix.zeros(precision, 1, 5);
            k.softmaxRows(z, p);
            Vector logSum = Vector.zeros(precision, 1);
            k.logSumExpRows(z, logSum);
            assertEquals(1000 + Math.log(2), logSum.get(0), 1e-4);
            assertArrayEquals(new double[]{0.5, 0, 0, 0.5, 0}, p.toArray()[0], 1e-7);
        }
    }

    @Test
    void normNeitherOverflowsNorUnderflows() {
        Kernels k = KernelProvider.kernels(Precision.FLOAT64);
        assertEquals(5e200, k.norm(Matrix.of(1, 3, 3e200, 0.0, 4e200)), 1e186);
        assertEquals(5e-200, k.norm(Matrix.of(1, 3, 3e-200, 0.0, 4e-200)), 1e-214);
        assertEquals(Double.POSITIVE_INFINITY, k.norm(Matrix.of(1, 1, Double.NEGATIVE_INFINITY)));
        assertTrue(Double.isNaN(k.norm(Matrix.of(1, 2, Double.NaN, 1.0))));
        assertEquals(0, k.norm(Matrix.of(1, 2, 0.0, -0.0)));
    }

    @Test
    void infinityAndNanAreFoundAnywhere() {
        for (Precision precision : Precision.values()) {
            for (double bad : new double[]{Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                for (int j = 0; j < 37; j++) {
                    Matrix x = Matrix.zeros(precision, 1, 37).fill(-Float.MAX_VALUE);
                    assertTrue(KernelProvider.kernels(precision).isFinite(x));
                    x.set(0, j, bad);
                    assertEquals(false, KernelProvider.kernels(precision).isFinite(x));
                    assertEquals(Math.abs(bad), KernelProvider.kernels(precision).maxAbs(x));
                }
            }
        }
    }
}
