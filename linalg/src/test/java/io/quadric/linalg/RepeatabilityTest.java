package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
import io.quadric.linalg.internal.simd.EmulatedWidth;
import java.lang.management.ManagementFactory;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every kernel gives the same bits however often it has been called: interpreted, compiled and compiled again. Once
/// compiled, the vectors of reductions and of functions of rows are no objects; softplus was seen to stay uncompiled.
@Tag("kernels")
@Execution(ExecutionMode.CONCURRENT)
class RepeatabilityTest {
    /// The second compiler takes a loop after some 15,000 iterations; here a call has 20 or more.
    private static final int CALLS = 2000;
    private static final int ROWS = 23;
    private static final int COLUMNS = 30;

    private static final long MOST_BYTES = 48 * ROWS;
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Workspace ws = Workspace.serial();

    private interface Kernel {
        void run(Matrix result);
    }

    /// Not with emulated vectors, which are never compiled to anything else.
    private static void assertSameBits(String name, Matrix result, Kernel kernel) {
        assumeFalse(EmulatedWidth.isInUse());
        kernel.run(result);
        double[] first = result.flat().toArray();
        for (int i = 0; i < CALLS; i++) {
            kernel.run(result);
            assertArrayEquals(first, result.flat().toArray(), name + " at call " + i);
        }
    }

    /// And once compiled its vectors are no objects: one in each row, or each step of a row, takes more than that.
    private static void assertSteady(String name, Matrix result, Kernel kernel) {
        assertSameBits(name, result, kernel);
        long bytes = SteadyState.bytesOf(THREAD::getCurrentThreadAllocatedBytes, MOST_BYTES, () -> kernel.run(result));
        assertTrue(bytes < MOST_BYTES, name + " takes " + bytes + " bytes a call");
    }

    private static Matrix random(Precision precision, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Matrix x = Matrix.zeros(precision, ROWS, COLUMNS);
        Sampling.gaussian(0, 1, random, x);
        return x;
    }

    @ParameterizedTest
    @EnumSource
    void elementaryFunctions(Precision precision) {
        Matrix x = random(precision, 1);
        Matrix dy = random(precision, 2);
        Matrix y = Matrix.zeros(precision, ROWS, COLUMNS);
        for (ElementaryFunction f : ElementaryFunction.values()) {
            Matrix z = Matrix.zeros(precision, ROWS, COLUMNS);
            assertSameBits(f + " value", y, r -> Elementwise.apply(f, x, r, ws));
            FunctionPoint at = new FunctionPoint(f, x, y);
            assertSameBits(f + " derivative", z, r -> Elementwise.chain(at, dy, r, ws));
            assertSameBits(f + " second", z, r -> Elementwise.addSecond(at, x, dy, r.fill(0), ws));
        }
    }

    @ParameterizedTest
    @EnumSource
    void reductions(Precision precision) {
        Matrix x = random(precision, 1);
        Matrix y = random(precision, 2);
        Matrix one = Matrix.zeros(Precision.FLOAT64, 1, 1);
        assertSteady("dot", one, r -> r.set(0, 0, x.dot(y)));
        assertSteady("sum", one, r -> r.set(0, 0, x.flat().sum()));
        assertSteady("norm", one, r -> r.set(0, 0, x.norm()));
        assertSteady("distance", one, r -> r.set(0, 0, Elementwise.squaredDistance(x, y, ws)));
        assertSteady("sigmoid", one, r -> r.set(0, 0, Elementwise.sigmoidCrossEntropy(x, y, ws)));
        assertSteady("softmax loss", one, r -> r.set(0, 0, Elementwise.softmaxCrossEntropy(x, y, ws)));
        assertSteady("rows", Matrix.zeros(precision, 1, COLUMNS), r -> Elementwise.sumRows(0.3, x, 0, r.flat()));
        assertSteady("columns", Matrix.zeros(precision, 1, ROWS), r -> Elementwise.rowSums(x, r.flat()));
    }

    @ParameterizedTest
    @EnumSource
    void othersOfTheirRows(Precision precision) {
        Matrix x = random(precision, 1);
        Matrix u = random(precision, 2);
        Matrix p = Matrix.zeros(precision, ROWS, COLUMNS);
        Matrix h = Matrix.zeros(precision, ROWS, COLUMNS);
        Vector weights = Vector.zeros(precision, ROWS).fill(0.7);
        assertSteady("softmax", p, r -> Elementwise.softmaxRows(x, r, ws));
        assertSteady("softmax Hessian", h, r -> Elementwise.softmaxHessian(p, weights, u, r, ws));
        Matrix t = random(precision, 3);
        assertSteady("softmax gradient", h, r -> Elementwise.softmaxGradient(p, weights, t, r, ws));
        assertSteady("sigmoid gradient", h, r -> Elementwise.sigmoidGradient(x, t, r, ws));
        assertSteady("log-sum-exp", Matrix.zeros(precision, 1, ROWS),
                r -> Elementwise.logSumExpRows(x, r.flat(), ws));
        assertSteady("multiples of rows", h, r -> Elementwise.scaleRows(weights, x, r, ws));
        assertSteady("power", h, r -> Elementwise.power(p.flat(), 0.1, 0.75, r.flat()));
        assertSteady("root", h, r -> Elementwise.divideByRoot(new RootDivision(0.3, 0.7, 1e-8), u, p, r));
        Matrix product = Matrix.zeros(precision, COLUMNS, COLUMNS);
        assertSteady("product", product, r -> new Gemm(1.0 / 7, 0).multiply(x.t(), u, r, ws));
    }
}
