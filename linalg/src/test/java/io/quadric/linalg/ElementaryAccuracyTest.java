package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Elementary functions within 4 units in the last place of their values in 50 decimal digits; e^x and log 1 + x are
/// tested through the logistic function and softplus, √x through what divides by it.
@Tag("kernels")
class ElementaryAccuracyTest {
    private static final int POINTS = 400;
    private static final MathContext DIGITS = new MathContext(50);
    private static final MathContext WIDE = new MathContext(90);
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal TWO = BigDecimal.TWO;

    static final Map<ElementaryFunction, UnaryOperator<BigDecimal>> EXACT = new EnumMap<>(Map.of(
            ElementaryFunction.TANH, ElementaryAccuracyTest::tanh,
            ElementaryFunction.LOGISTIC, ElementaryAccuracyTest::logistic,
            ElementaryFunction.SOFTPLUS, ElementaryAccuracyTest::softplus));

    /// By the series of x / 2¹⁶, squared 16 times.
    private static BigDecimal exp(BigDecimal x) {
        BigDecimal small = x.divide(BigDecimal.valueOf(1 << 16), WIDE);
        BigDecimal term = ONE;
        BigDecimal sum = ONE;
        for (int i = 1; i < 30; i++) {
            term = term.multiply(small, WIDE).divide(BigDecimal.valueOf(i), WIDE);
            sum = sum.add(term, WIDE);
        }
        for (int i = 0; i < 16; i++) {
            sum = sum.multiply(sum, WIDE);
        }
        return sum;
    }

    private static BigDecimal logistic(BigDecimal x) {
        return ONE.divide(ONE.add(exp(x.negate()), WIDE), DIGITS);
    }

    private static BigDecimal tanh(BigDecimal x) {
        BigDecimal e = exp(x.multiply(TWO));
        return e.subtract(ONE, WIDE).divide(e.add(ONE, WIDE), DIGITS);
    }

    /// log v with v = 1 + eˣ, from y ≈ log v by y + 2 (v − eʸ) / (v + eʸ), of which each step triples the digits.
    private static BigDecimal softplus(BigDecimal x) {
        BigDecimal v = ONE.add(exp(x), WIDE);
        double start = x.doubleValue() > 0
                ? x.doubleValue() + Math.log1p(Math.exp(-x.doubleValue()))
                : Math.log1p(Math.exp(x.doubleValue()));
        BigDecimal y = new BigDecimal(start);
        for (int i = 0; i < 2; i++) {
            BigDecimal e = exp(y);
            y = y.add(TWO.multiply(v.subtract(e, WIDE)).divide(v.add(e, WIDE), WIDE), WIDE);
        }
        return y;
    }

    private static double ulp(Precision precision, double value) {
        return precision == Precision.FLOAT64 ? Math.ulp(value) : Math.ulp((float) value);
    }

    @Test
    void functionsAreWithinFourUnitsInTheLastPlace() {
        RandomGenerator random = Operands.random(5);
        for (Precision precision : Precision.values()) {
            Matrix x = Matrix.zeros(precision, 1, POINTS);
            for (int j = 0; j < POINTS; j++) {
                x.set(0, j, random.nextGaussian() * Math.pow(10, random.nextInt(-8, 2)));
            }
            Matrix y = x.copy();
            EXACT.forEach((f, exact) -> {
                Elementwise.apply(f, x, y, Workspace.serial());
                for (int j = 0; j < POINTS; j++) {
                    double expected = exact.apply(new BigDecimal(x.get(0, j))).doubleValue();
                    assertEquals(expected, y.get(0, j), 4 * ulp(precision, expected), f + "(" + x.get(0, j) + ")");
                }
            });
        }
    }

    @Test
    void zeroKeepsItsSign() {
        for (Precision precision : Precision.values()) {
            Matrix zeros = Matrix.of(1, 20, new double[20]).copy(precision);
            zeros.columns(0, 10).scale(-1);
            for (ElementaryFunction f : List.of(ElementaryFunction.TANH, ElementaryFunction.LINEAR)) {
                Matrix y = zeros.copy().fill(7);
                Elementwise.apply(f, zeros, y, Workspace.serial());
                for (int j = 0; j < 20; j++) {
                    assertEquals(j < 10 ? -0.0 : 0.0, y.get(0, j), f + " in " + precision);
                }
            }
        }
    }

    /// Numbers of all sizes, the smallest ones included.
    @Test
    void functionsAreAccurateAtEveryScale() {
        for (Precision precision : Precision.values()) {
            int least = precision == Precision.FLOAT64 ? -1074 : -149;
            Matrix x = Matrix.zeros(precision, 1, 2 * (10 - least));
            for (int e = least; e < 10; e++) {
                x.set(0, 2 * (e - least), Math.scalb(1.0, e));
                x.set(0, 2 * (e - least) + 1, -Math.scalb(1.0, e));
            }
            Matrix y = x.copy();
            EXACT.forEach((f, exact) -> {
                Elementwise.apply(f, x, y, Workspace.serial());
                for (int j = 0; j < x.columns(); j++) {
                    double at = x.get(0, j);
                    boolean isTiny = f == ElementaryFunction.TANH && Math.abs(at) < 1e-25;
                    double expected = isTiny ? at : exact.apply(new BigDecimal(at)).doubleValue();
                    assertEquals(expected, y.get(0, j), 4 * ulp(precision, expected), f + "(" + at + ")");
                }
            });
        }
    }

    /// Σ exp z cannot be formed, and log Σ is no more than a rounding of z.
    @Test
    void sharesOfLargeLogits() {
        for (double far : new double[]{0, 1e4, 1e16, -1e16, 1e300, -1e300}) {
            Matrix z = Matrix.of(1, 3, far, far, far);
            Matrix p = z.copy();
            Vector log = Vector.zeros(Precision.FLOAT64, 1);
            Elementwise.softmaxRows(z, p, Workspace.serial());
            Elementwise.logSumExpRows(z, log, Workspace.serial());
            assertArrayEquals(new double[]{1 / 3.0, 1 / 3.0, 1 / 3.0}, p.row(0).toArray(), Math.ulp(0.3));
            assertEquals(far + Math.log(3), log.get(0), Math.max(1e-15, Math.ulp(far)));
            Matrix target = Matrix.of(1, 3, 0, 1, 0);
            assertEquals(Math.log(3), Elementwise.softmaxCrossEntropy(z, target, Workspace.serial()), 1e-15);
        }
        Matrix far = Matrix.of(1, 3, -1.7e308, 1.7e308, 0);
        Matrix likely = Matrix.of(1, 3, 0, 1, 0);
        assertEquals(0, Elementwise.softmaxCrossEntropy(far, likely, Workspace.serial()));
        assertEquals(0, Elementwise.sigmoidCrossEntropy(far.columns(0, 2), likely.columns(0, 2), Workspace.serial()));
    }

    @Test
    void rootsAreWithinFourUnitsInTheLastPlace() {
        for (Precision precision : Precision.values()) {
            Matrix x = Operands.gaussian(precision, 1, POINTS, 3);
            Matrix y = Matrix.zeros(precision, 1, POINTS);
            Matrix ones = y.copy().fill(1);
            Hadamard.SET.multiply(x, x, x, Workspace.serial());
            Elementwise.divideByRoot(new RootDivision(1, 1, 0), ones, x, y);
            for (int j = 0; j < POINTS; j++) {
                double expected = ONE.divide(new BigDecimal(x.get(0, j)).sqrt(DIGITS), DIGITS).doubleValue();
                assertEquals(expected, y.get(0, j), 4 * ulp(precision, expected));
            }
        }
    }
}
