package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumMap;
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

    private static final Map<ElementaryFunction, UnaryOperator<BigDecimal>> EXACT = new EnumMap<>(Map.of(
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
