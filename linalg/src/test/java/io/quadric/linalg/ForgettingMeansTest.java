package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Means that forget, of something that gets nothing any more: β times the least number there is can be rounded to that
/// number again, and a product with such numbers takes a processor ten times as long.
@Tag("kernels")
class ForgettingMeansTest {
    private static final double BETA = 0.9;
    /// More than it takes from the first values to the least number.
    private static final int STEPS = 800;
    private static final int ROWS = 3;
    /// Not a multiple of any vector length.
    private static final int COLUMNS = 37;

    /// Something that is multiplied by β and gets nothing.
    private interface Mean {
        void forget(Matrix mean, Workspace ws);
    }

    private record Case(String name, Precision precision, Mean mean) {
        @Override
        public String toString() {
            return name + ", " + precision;
        }
    }

    static Stream<Case> means() {
        return Stream.of(Precision.values()).flatMap(precision -> {
            Matrix nothing = Matrix.zeros(precision, ROWS, COLUMNS);
            Matrix none = Matrix.zeros(precision, COLUMNS, COLUMNS);
            return Stream.of(
                    new Case("axpby", precision, (mean, ws) -> Elementwise.axpby(1 - BETA, nothing, BETA, mean, ws)),
                    new Case("vector", precision, (mean, ws) -> IntStream.range(0, ROWS)
                            .forEach(i -> mean.row(i).axpby(1 - BETA, nothing.row(i), BETA))),
                    new Case("negative", precision, (mean, ws) -> Elementwise.axpby(1, nothing, -BETA, mean, ws)),
                    new Case("decay", precision, (mean, ws) -> mean.decay(BETA)),
                    new Case("squares", precision, (mean, ws) -> new Hadamard(1 - BETA, BETA)
                            .multiply(nothing, nothing, mean, ws)),
                    new Case("product", precision, (mean, ws) -> new Gemm(1, BETA).multiply(nothing, none, mean, ws)),
                    new Case("product of nothing", precision,
                            (mean, ws) -> new Gemm(0, BETA).multiply(nothing, none, mean, ws)),
                    new Case("product with a vector", precision, (mean, ws) -> rows(mean, row -> new Gemm(1, BETA)
                            .multiply(none, nothing.row(0), row, ws))),
                    new Case("product with a vector, transposed", precision, (mean, ws) -> rows(mean,
                            row -> new Gemm(1, BETA).multiply(none.t(), nothing.row(0), row, ws))),
                    new Case("outer product", precision, (mean, ws) -> new Gemm(1, BETA)
                            .outer(Vector.zeros(precision, ROWS), nothing.row(0), mean, ws)),
                    new Case("sums", precision, (mean, ws) -> IntStream.range(0, ROWS)
                            .forEach(i -> Elementwise.sumRows(1, nothing, BETA, mean.row(i)))));
        });
    }

    private static void rows(Matrix mean, Consumer<Vector> forget) {
        IntStream.range(0, ROWS).forEach(i -> forget.accept(mean.row(i)));
    }

    private static Matrix ones(Precision precision) {
        Matrix mean = Matrix.zeros(precision, ROWS, COLUMNS);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                double first = precision == Precision.FLOAT64 ? 1e-290 : 1e-20;
                mean.set(i, j, (i % 2 == 0 ? first : -first) * (1 + 0.01 * j));
            }
        }
        return mean;
    }

    @ParameterizedTest
    @MethodSource("means")
    void endAtNothingWithoutSubnormalNumbers(Case given) {
        double normal = given.precision == Precision.FLOAT64 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
        Matrix mean = ones(given.precision);
        try (Workspace ws = Workspace.serial()) {
            for (int step = 1; step <= STEPS; step++) {
                given.mean.forget(mean, ws);
                requireNormal(mean, normal, step);
            }
        }
        assertEquals(0, mean.row(0).maxAbs() + mean.row(1).maxAbs() + mean.row(2).maxAbs());
    }

    private static void requireNormal(Matrix mean, double normal, int step) {
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                double value = Math.abs(mean.get(i, j));
                assertTrue(value == 0 || value >= normal, "step " + step + ": " + value);
            }
        }
    }

    /// Only means forget: a sum and a product by a factor have the numbers of the standard.
    @Test
    void otherSumsKeepSubnormalNumbers() {
        double least = Float.MIN_VALUE;
        for (double factor : new double[]{1, -1}) {
            Vector x = Vector.of(new float[]{(float) least, 0, 3 * (float) least});
            Vector zero = Vector.of(new float[3]);
            assertEquals(factor * 3 * least, zero.copy().axpby(factor, x, 1).get(2));
            assertEquals(factor * 3 * least, zero.copy().axpby(factor, x, 0).get(2));
            assertEquals(factor * least, x.copy().scale(factor).get(0));
        }
        assertEquals(2 * least, Vector.of(new float[]{4 * (float) least}).scale(0.5).get(0));
    }

    @Test
    void whatIsNotANumberStaysSo() {
        for (Precision precision : Precision.values()) {
            Matrix mean = Matrix.zeros(precision, 1, 2);
            mean.set(0, 0, Double.NaN);
            mean.set(0, 1, Double.NEGATIVE_INFINITY);
            mean.decay(BETA);
            assertTrue(Double.isNaN(mean.get(0, 0)));
            assertEquals(Double.NEGATIVE_INFINITY, mean.get(0, 1));
        }
    }
}
