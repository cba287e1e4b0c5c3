package io.quadric.nn.loss;

import static io.quadric.nn.loss.Decimals.ZERO;
import static io.quadric.nn.loss.Decimals.exp;
import static io.quadric.nn.loss.Decimals.log1p;
import static io.quadric.nn.loss.Decimals.logistic;
import static io.quadric.nn.loss.Decimals.product;
import static io.quadric.nn.loss.Decimals.quotient;
import static io.quadric.nn.loss.Decimals.softplus;
import static io.quadric.nn.loss.Decimals.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Values and gradients of the losses, and products with their Hessians, to a few units in the last place of what 60
/// digits give, at outputs of all sizes. Units are of the result itself, however small it is. `target/accuracy.txt` has
/// how many results are how far off.
class LossAccuracyTest {
    private static final double[] BOUNDS = {0.5, 1, 2, 4, 16, 100};
    /// For each quantity, how many results are off by at most each of the bounds, in units of the last place, and more.
    private static final Map<String, int[]> COUNTS = new TreeMap<>();

    private static final int CLASSES = 3;

    private final Workspace ws = Workspace.serial();
    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);

    /// Outputs of each size, alone, equal, and around a large common value.
    private List<Matrix> outputs(Precision precision) {
        int largest = precision == Precision.FLOAT64 ? 307 : 37;
        List<Matrix> all = new ArrayList<>();
        for (int exponent = -largest; exponent <= largest; exponent += Math.max(1, largest / 37)) {
            double scale = Math.pow(10, exponent);
            all.add(row(precision, j -> scale * random.nextGaussian()));
            all.add(row(precision, j -> scale));
            all.add(row(precision, j -> scale + random.nextInt(-2, 3)));
            all.add(row(precision, j -> j == 0 ? scale : -scale));
        }
        for (double z = 0.5; z < 800; z *= 1.3) {
            double far = z;
            all.add(row(precision, j -> j == 1 ? far : 0));
            all.add(row(precision, j -> random.nextGaussian() * far));
        }
        return all;
    }

    private static Matrix row(Precision precision, ToDoubleFunction<Integer> element) {
        Matrix m = Matrix.zeros(precision, 1, CLASSES);
        for (int j = 0; j < CLASSES; j++) {
            m.set(0, j, element.applyAsDouble(j));
        }
        return m;
    }

    private static Stream<double[]> targets() {
        return Stream.of(new double[]{1, 0, 0}, new double[]{0, 1, 0}, new double[]{0, 0, 1}, new double[]{0, 0, 0});
    }

    private static BigDecimal[] decimals(Matrix z) {
        return Stream.of(0, 1, 2).map(j -> Decimals.of(z.get(0, j))).toArray(BigDecimal[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void softmax(Precision precision) {
        for (Matrix z : outputs(precision)) {
            targets().forEach(t -> {
                BigDecimal[] x = decimals(z);
                BigDecimal max = x[0].max(x[1]).max(x[2]);
                int largest = List.of(x).indexOf(max);
                BigDecimal rest = sum(exp(x[(largest + 1) % CLASSES].subtract(max)),
                        exp(x[(largest + 2) % CLASSES].subtract(max)));
                BigDecimal value = ZERO;
                BigDecimal[] gradient = new BigDecimal[CLASSES];
                double mass = t[0] + t[1] + t[2];
                for (int j = 0; j < CLASSES; j++) {
                    BigDecimal distance = max.subtract(x[j]).add(log1p(rest));
                    value = value.add(product(Decimals.of(t[j]), distance));
                    gradient[j] = mass == 0 ? ZERO : share(x, j, t[j] == 1);
                }
                check(new SoftmaxCrossEntropy(), z, t, value, gradient);
            });
        }
    }

    /// p_j, or p_j − 1 as minus the sum of the others.
    private static BigDecimal share(BigDecimal[] x, int j, boolean isTarget) {
        BigDecimal max = x[0].max(x[1]).max(x[2]);
        BigDecimal all = ZERO;
        BigDecimal others = ZERO;
        for (int k = 0; k < CLASSES; k++) {
            BigDecimal e = exp(x[k].subtract(max));
            all = sum(all, e);
            others = k == j ? others : sum(others, e);
        }
        return isTarget ? quotient(others, all).negate() : quotient(exp(x[j].subtract(max)), all);
    }

    @ParameterizedTest
    @EnumSource
    void sigmoid(Precision precision) {
        for (Matrix z : outputs(precision)) {
            targets().forEach(t -> {
                BigDecimal[] x = decimals(z);
                BigDecimal value = ZERO;
                BigDecimal[] gradient = new BigDecimal[CLASSES];
                for (int j = 0; j < CLASSES; j++) {
                    boolean one = t[j] == 1;
                    value = sum(value, softplus(one ? x[j].negate() : x[j]));
                    gradient[j] = one ? logistic(x[j].negate()).negate() : logistic(x[j]);
                }
                check(new SigmoidCrossEntropy(), z, t, value, gradient);
                BigDecimal[] slopes = Stream.of(x).map(y -> product(logistic(y), logistic(y.negate())))
                        .toArray(BigDecimal[]::new);
                checkDiagonal(z, t, slopes);
            });
        }
    }

    private void checkDiagonal(Matrix z, double[] t, BigDecimal[] slopes) {
        try (var frame = ws.open()) {
            LossPoint point = new SigmoidCrossEntropy().at(z, Matrix.of(1, CLASSES, t).copy(z.precision()), frame);
            Matrix ones = z.copy().fill(1);
            Matrix product = z.copy();
            point.hessianProduct(ones, product, ws);
            for (int j = 0; j < CLASSES; j++) {
                assertClose(slopes[j], product.get(0, j), z.precision(), "p (1 − p) of sigmoid at " + z);
                point.hessianRoot(j, product.copy(), ws);
                Matrix root = z.copy();
                point.hessianRoot(j, root, ws);
                assertClose(slopes[j], root.get(0, j) * root.get(0, j), z.precision(),
                        "root of p (1 − p) of sigmoid at " + z);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void mixture(Precision precision) {
        for (Matrix z : outputs(precision)) {
            for (int target = 0; target < 2; target++) {
                BigDecimal[] x = decimals(z);
                BigDecimal sign = BigDecimal.valueOf(2 * target - 1);
                BigDecimal m2 = x[1].multiply(sign);
                BigDecimal m3 = x[2].multiply(sign);
                BigDecimal first = softplus(x[0].negate()).add(softplus(m2.negate())).negate();
                BigDecimal second = softplus(x[0]).add(softplus(m3.negate())).negate();
                BigDecimal odds = first.subtract(second);
                BigDecimal miss = sum(product(logistic(x[0]), logistic(m2.negate())),
                        product(logistic(x[0].negate()), logistic(m3.negate())));
                BigDecimal value = miss.doubleValue() < 1e-10
                        ? sum(miss, product(miss, miss).divide(BigDecimal.TWO))
                        : first.max(second).add(log1p(exp(odds.abs().negate()))).negate();
                BigDecimal[] gradient = {
                    gateGradient(x[0], odds, m2, m3),
                    product(product(logistic(odds), logistic(m2.negate())), sign).negate(),
                    product(product(logistic(odds.negate()), logistic(m3.negate())), sign).negate()};
                check(new BinaryMixture(), z, new double[]{target}, value, gradient);
            }
        }
    }

    /// σ(z₁) − r; where lead = log σ(m₂) − log σ(m₃) is tiny, −σ'(z₁) lead, with lead = σ(−m₂) (m₂ − m₃) if that
    /// difference is tiny.
    private static BigDecimal gateGradient(BigDecimal gate, BigDecimal odds, BigDecimal m2, BigDecimal m3) {
        BigDecimal apart = m2.subtract(m3);
        BigDecimal lead = apart.abs().doubleValue() < 1e-20
                ? product(logistic(m2.negate()), apart)
                : softplus(m3.negate()).subtract(softplus(m2.negate()));
        if (lead.abs().doubleValue() < 1e-20) {
            return product(product(logistic(gate), logistic(gate.negate())), lead).negate();
        }
        return sum(product(logistic(odds.negate()), logistic(gate)),
                product(logistic(odds), logistic(gate.negate())).negate());
    }

    private void check(Loss loss, Matrix z, double[] t, BigDecimal value, BigDecimal[] gradient) {
        Precision precision = z.precision();
        String where = loss + " at " + z + ", target " + List.of(Vector.of(t));
        try (var frame = ws.open()) {
            LossPoint point = loss.at(z, Matrix.of(1, t.length, t).copy(precision), frame);
            assertClose(value, point.value(ws), Precision.FLOAT64, "value of " + where);
            Vector values = Vector.zeros(Precision.FLOAT64, 1);
            point.values(values, ws);
            assertClose(value, values.get(0), Precision.FLOAT64, "value of " + where);
            Matrix dz = z.copy().fill(Double.NaN);
            point.gradient(dz, ws);
            for (int j = 0; j < CLASSES; j++) {
                assertClose(gradient[j], dz.get(0, j), precision, "gradient of " + where);
            }
        }
    }

    /// e^x near the smallest double has an error of |x| roundings. Below the smallest normal number, a few of the
    /// smallest.
    private static void assertClose(BigDecimal expected, double actual, Precision precision, String what) {
        double value = expected.doubleValue();
        double roundings = 4 * precision.epsilon() + 800 * Precision.FLOAT64.epsilon();
        double least = precision == Precision.FLOAT64 ? 4 * Double.MIN_VALUE : 4 * Float.MIN_VALUE;
        count(what.substring(0, what.indexOf(" at ")) + " " + precision,
                Math.abs(value - actual) / unit(precision, value));
        if (value != actual) {
            assertEquals(value, actual, roundings * Math.abs(value) + least, what);
        }
    }

    private static double unit(Precision precision, double value) {
        return precision == Precision.FLOAT64 ? Math.ulp(value) : Math.ulp((float) value);
    }

    private static void count(String what, double units) {
        int bin = 0;
        while (bin < BOUNDS.length && !(units <= BOUNDS[bin])) {
            bin++;
        }
        COUNTS.computeIfAbsent(what, key -> new int[BOUNDS.length + 1])[bin]++;
    }

    @AfterAll
    static void writeCounts() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("units in the last place, at most " + Arrays.toString(BOUNDS) + " and more");
        COUNTS.forEach((what, counts) -> lines.add(what + ": " + Arrays.toString(counts)));
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target", "accuracy.txt"), lines);
    }
}
