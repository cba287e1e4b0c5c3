package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Convolution.Product;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Convolutions against matrix products with patches written out.
@Tag("kernels")
class ConvolutionTest {
    private static final int CASES = 5;

    /// Windows larger, smaller and as large as their stride; pixels that no window meets; channels that fill no tile.
    static Stream<Arguments> convolutions() {
        List<Convolution> all = List.of(
                new Convolution(new Patches(3, 6, 7, new Window(3, 3, 1, 1)), 7),
                new Convolution(new Patches(1, 1, 1, new Window(1, 1, 1, 0)), 1),
                new Convolution(new Patches(2, 5, 4, new Window(3, 2, 1, 0)), 4),
                new Convolution(new Patches(5, 8, 8, new Window(3, 3, 2, 1)), 6),
                new Convolution(new Patches(2, 7, 9, new Window(1, 1, 2, 0)), 13),
                new Convolution(new Patches(2, 9, 8, new Window(2, 5, 3, 2, 1, 4)), 3),
                new Convolution(new Patches(2, 3, 2, new Window(5, 4, 1, 2, 4, 1)), 2),
                new Convolution(new Patches(4, 17, 35, new Window(3, 3, 1, 1)), 9),
                new Convolution(new Patches(1, 2, 2, new Window(4, 4, 4, 3)), 3));
        return all.stream().flatMap(c -> Stream.of(Precision.values()).map(p -> Arguments.of(c, p)));
    }

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);

    private Matrix normal(Precision precision, int rows, int columns) {
        Matrix m = Matrix.zeros(precision, rows, columns);
        Sampling.gaussian(0, 1, random, m);
        return m;
    }

    /// A convolution's operands.
    private record Data(Matrix first, Matrix second, Matrix x, Matrix tangent, Matrix y) {
        List<Product> products() {
            return List.of(new Product(first, x), new Product(second, tangent));
        }
    }

    private Data data(Convolution c, Precision precision) {
        int patch = c.patches().patchSize();
        return new Data(
                normal(precision, c.outputs(), patch),
                normal(precision, c.outputs(), patch),
                normal(precision, CASES, c.patches().imageSize()),
                normal(precision, CASES, c.patches().imageSize()),
                normal(precision, CASES, c.outputs() * c.patches().places()));
    }

    private static Matrix patchesOf(Convolution c, Matrix images, int n) {
        Matrix u = Matrix.zeros(images.precision(), c.patches().patchSize(), c.patches().places());
        c.patches().unfold(images.rows(n, n + 1), u, Workspace.serial());
        return u;
    }

    private static Matrix placesOf(Convolution c, Matrix y, int n) {
        return y.row(n).asMatrix(c.outputs(), c.patches().places());
    }

    private static void assertClose(Matrix expected, Matrix actual) {
        double tolerance = expected.precision() == Precision.FLOAT64 ? 1e-13 : 3e-5;
        for (int i = 0; i < expected.rows(); i++) {
            double[] row = expected.row(i).toArray();
            double largest = Arrays.stream(row).map(Math::abs).max().orElseThrow();
            assertArrayEquals(row, actual.row(i).toArray(), tolerance * (1 + largest), "row " + i);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("convolutions")
    void outputsAreProductsWithPatches(Convolution c, Precision precision) {
        Data d = data(c, precision);
        Matrix expected = Matrix.zeros(precision, CASES, d.y.columns());
        for (Product product : d.products()) {
            for (int n = 0; n < CASES; n++) {
                Gemm.ADD.multiply(
                        product.weight(), patchesOf(c, product.images(), n), placesOf(c, expected, n),
                        Workspace.serial());
            }
        }
        for (int threads = 1; threads <= 2; threads++) {
            try (Workspace ws = Workspace.withThreads(threads)) {
                c.multiply(d.products(), d.y.fill(Double.NaN), ws);
            }
            assertClose(expected, d.y);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("convolutions")
    void theTransposeFoldsTransposedProducts(Convolution c, Precision precision) {
        Data d = data(c, precision);
        Matrix other = normal(precision, CASES, d.y.columns());
        Matrix expected = Matrix.zeros(precision, CASES, d.x.columns());
        for (int n = 0; n < CASES; n++) {
            Matrix u = Matrix.zeros(precision, c.patches().patchSize(), c.patches().places());
            Gemm.ADD.multiply(d.first.t(), placesOf(c, d.y, n), u, Workspace.serial());
            Gemm.ADD.multiply(d.second.t(), placesOf(c, other, n), u, Workspace.serial());
            c.patches().fold(u, expected.rows(n, n + 1), Workspace.serial());
        }
        List<Product> products = List.of(new Product(d.first, d.y), new Product(d.second, other));
        for (int threads = 1; threads <= 2; threads++) {
            try (Workspace ws = Workspace.withThreads(threads)) {
                c.multiplyTransposed(products, d.x.fill(Double.NaN), ws);
            }
            assertClose(expected, d.x);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("convolutions")
    void gradientsAreProductsWithTransposedPatches(Convolution c, Precision precision) {
        Data d = data(c, precision);
        Matrix expected = d.first.copy();
        Matrix squares = d.first.copy();
        for (int n = 0; n < CASES; n++) {
            Matrix own = Matrix.zeros(precision, c.outputs(), c.patches().patchSize());
            Gemm.SET.multiply(placesOf(c, d.y, n), patchesOf(c, d.x, n).t(), own, Workspace.serial());
            Elementwise.axpby(0.5, own, 1, expected, Workspace.serial());
            new Hadamard(0.5, 1).multiply(own, own, squares, Workspace.serial());
        }
        try (Workspace ws = Workspace.withThreads(2)) {
            Matrix sum = d.first.copy();
            c.addGradient(0.5, d.x, d.y, sum, ws);
            assertClose(expected, sum);
            Matrix squared = d.first.copy();
            c.addSquaredGradients(0.5, d.x, d.y, squared, ws);
            assertClose(squares, squared);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("convolutions")
    void bitsDoNotDependOnThreads(Convolution c, Precision precision) {
        Data d = data(c, precision);
        double[][] bits = new double[3][];
        for (int threads = 1; threads <= 3; threads++) {
            try (Workspace ws = Workspace.withThreads(threads)) {
                Matrix y = d.y.copy();
                Matrix x = d.x.copy();
                Matrix sum = d.first.copy();
                c.multiply(d.products(), y, ws);
                c.multiplyTransposed(List.of(new Product(d.first, d.y)), x, ws);
                c.addGradient(1, d.x, d.y, sum, ws);
                double[][] now = {y.flat().toArray(), x.flat().toArray(), sum.flat().toArray()};
                for (int i = 0; i < now.length && threads > 1; i++) {
                    assertArrayEquals(bits[i], now[i]);
                }
                bits = now;
            }
        }
    }

    @Test
    void wrongShapesAreNamed() {
        Convolution c = new Convolution(new Patches(1, 4, 4, new Window(3, 3, 1, 1)), 2);
        Matrix weight = Matrix.zeros(Precision.FLOAT32, 2, 9);
        Matrix x = Matrix.zeros(Precision.FLOAT32, 3, 16);
        Matrix y = Matrix.zeros(Precision.FLOAT32, 3, 16);
        var thrown = assertThrows(
                IllegalArgumentException.class,
                () -> c.multiply(List.of(new Product(weight, x)), y, Workspace.serial()));
        assertTrue(thrown.getMessage().contains("3 × 16") && thrown.getMessage().contains("n × 32"));
        assertEquals("a convolution needs at least 1 output channel, got 0", assertThrows(
                IllegalArgumentException.class, () -> new Convolution(c.patches(), 0)).getMessage());
    }
}
