package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How many units in the last place elementary functions and their derivatives are off 50 decimal digits, at numbers of
/// all sizes: none by more than 4. `target/accuracy.txt` has how many by how much.
@Tag("kernels")
class UlpHistogramTest {
    private static final double[] BOUNDS = {0.5, 1, 2, 4};
    private static final int POINTS = 600;
    private static final MathContext DIGITS = new MathContext(50);

    private final List<String> lines = new ArrayList<>();

    /// Half of them of all sizes, half where the functions bend.
    private static Matrix points(Precision precision) {
        RandomGenerator random = Operands.random(7);
        Matrix x = Matrix.zeros(precision, 1, POINTS);
        int least = precision == Precision.FLOAT64 ? -1074 : -149;
        for (int j = 0; j < POINTS; j++) {
            double wide = Math.scalb(random.nextDouble(0.5, 1), random.nextInt(least, 10));
            double value = j % 2 == 0 ? wide : random.nextDouble(0, 40);
            x.set(0, j, random.nextBoolean() ? value : -value);
        }
        return x;
    }

    private void count(String what, double[] errors) {
        int[] counts = new int[BOUNDS.length + 1];
        double worst = 0;
        for (double error : errors) {
            int bin = 0;
            while (bin < BOUNDS.length && !(error <= BOUNDS[bin])) {
                bin++;
            }
            counts[bin]++;
            worst = Math.max(worst, error);
        }
        lines.add(String.format(Locale.ROOT, "%-24s %6d %6d %6d %6d %6d  %.2f", what, counts[0], counts[1], counts[2],
                counts[3], counts[4], worst));
        assertEquals(0, counts[BOUNDS.length], what);
    }

    private static double ulp(Precision precision, double value) {
        return precision == Precision.FLOAT64 ? Math.ulp(value) : Math.ulp((float) value);
    }

    private static double error(double actual, BigDecimal expected, double unit) {
        return new BigDecimal(actual).subtract(expected).abs().divide(new BigDecimal(unit), DIGITS).doubleValue();
    }

    private static BigDecimal value(ElementaryFunction f, double x) {
        boolean isTiny = f == ElementaryFunction.TANH && Math.abs(x) < 1e-25;
        return isTiny ? new BigDecimal(x) : ElementaryAccuracyTest.EXACT.get(f).apply(new BigDecimal(x));
    }

    /// tanh' = 1 − tanh², logistic' = logistic (1 − logistic), softplus' = logistic.
    private static BigDecimal derivative(ElementaryFunction f, double x) {
        BigDecimal y = value(f == ElementaryFunction.SOFTPLUS ? ElementaryFunction.LOGISTIC : f, x);
        return switch (f) {
            case TANH -> BigDecimal.ONE.subtract(y.multiply(y));
            case LOGISTIC -> y.multiply(BigDecimal.ONE.subtract(y));
            default -> y;
        };
    }

    @Test
    void errorsOfValuesAndDerivatives() throws IOException {
        lines.add(String.format(Locale.ROOT, "%-24s %6s %6s %6s %6s %6s  %s", "units in the last place", "≤ 0.5", "≤ 1",
                "≤ 2", "≤ 4", "more", "worst"));
        for (Precision precision : Precision.values()) {
            Matrix x = points(precision);
            for (ElementaryFunction f : ElementaryAccuracyTest.EXACT.keySet()) {
                Matrix y = x.copy();
                Elementwise.apply(f, x, y, Workspace.serial());
                Matrix slopes = x.copy();
                Elementwise.chain(new FunctionPoint(f, x, y), x.copy().fill(1), slopes, Workspace.serial());
                double[] values = new double[POINTS];
                double[] derivatives = new double[POINTS];
                for (int j = 0; j < POINTS; j++) {
                    BigDecimal exact = value(f, x.get(0, j));
                    values[j] = error(y.get(0, j), exact, ulp(precision, exact.doubleValue()));
                    derivatives[j] = error(slopes.get(0, j), derivative(f, x.get(0, j)), ulp(precision, 1));
                }
                count(f + " " + precision, values);
                count(f + "' " + precision + ", of 1", derivatives);
            }
        }
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target", "accuracy.txt"), lines);
    }
}
