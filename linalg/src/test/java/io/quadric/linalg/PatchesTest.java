package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Patches, pooling and passes by channel against their definitions, in both precisions.
@Tag("kernels")
class PatchesTest {
    private static final int CASES = 3;

    static List<Patches> patches() {
        return List.of(
                new Patches(1, 1, 1, new Window(1, 1, 1, 0)),
                new Patches(3, 5, 6, new Window(3, 3, 1, 1)),
                new Patches(2, 4, 37, new Window(2, 5, 1, 1, 1, 4)),
                new Patches(2, 7, 6, new Window(3, 2, 2, 1)),
                new Patches(1, 9, 8, new Window(2, 3, 3, 2, 0, 2)),
                new Patches(2, 8, 8, new Window(1, 1, 2, 0)),
                new Patches(2, 6, 5, new Window(6, 5, 1, 0)),
                new Patches(1, 3, 40, new Window(1, 2, 1, 0)));
    }

    private static Matrix images(Patches at, Precision precision) {
        return Operands.inside(Operands.gaussian(precision, CASES, at.imageSize(), 1), 1);
    }

    /// Element (c, y, x) of image n, 0 outside.
    private static double pixel(Patches at, Matrix images, int n, int[] cyx) {
        boolean inside = cyx[1] >= 0 && cyx[1] < at.height() && cyx[2] >= 0 && cyx[2] < at.width();
        return inside ? images.get(n, (cyx[0] * at.height() + cyx[1]) * at.width() + cyx[2]) : 0;
    }

    /// The patches by their definition.
    private static double[][] unfolded(Patches at, Matrix x) {
        Window w = at.window();
        double[][] u = new double[at.patchSize()][CASES * at.places()];
        for (int k = 0; k < u.length; k++) {
            for (int q = 0; q < u[k].length; q++) {
                int place = q % at.places();
                int[] cyx = {k / (w.height() * w.width()),
                    place / at.placesAcross() * w.strideDown() + k / w.width() % w.height() - w.padDown(),
                    place % at.placesAcross() * w.strideAcross() + k % w.width() - w.padAcross()};
                u[k][q] = pixel(at, x, q / at.places(), cyx);
            }
        }
        return u;
    }

    private static void assertRows(double[][] expected, Matrix actual) {
        for (int i = 0; i < expected.length; i++) {
            double[] row = actual.row(i).toArray();
            assertArrayEquals(expected[i], row, 50 * actual.precision().epsilon());
        }
    }

    @ParameterizedTest
    @MethodSource("patches")
    void patchesAreWhatTheWindowCovers(Patches at) {
        for (Precision precision : Precision.values()) {
            try (Workspace ws = Workspace.withThreads(2)) {
                Matrix x = images(at, precision);
                Matrix u = Operands.inside(Operands.gaussian(precision, at.patchSize(), CASES * at.places(), 2), 1);
                at.unfold(x, u, ws);
                assertRows(unfolded(at, x), u);
                Matrix rows = Operands.inside(Matrix.zeros(precision, CASES * at.places(), at.patchSize()), 1);
                at.unfoldRows(x, rows, ws);
                for (int k = 0; k < at.patchSize(); k++) {
                    assertRows(rows.columns(k, k + 1).copy().reshape(1, rows.rows()).toArray(), u.rows(k, k + 1));
                }
            }
        }
    }

    /// ⟨unfold x, v⟩ = ⟨x, fold v⟩
    @ParameterizedTest
    @MethodSource("patches")
    void foldingIsTheTranspose(Patches at) {
        for (Precision precision : Precision.values()) {
            try (Workspace ws = Workspace.serial()) {
                Matrix x = images(at, precision);
                Matrix v = Operands.inside(Operands.gaussian(precision, at.patchSize(), CASES * at.places(), 3), 1);
                Matrix back = Operands.inside(Operands.gaussian(precision, CASES, at.imageSize(), 4), 1);
                at.fold(v, back, ws);
                double left = v.dot(Matrix.of(unfolded(at, x)).copy(precision));
                assertEquals(left, x.dot(back), 50 * precision.epsilon() * (1 + v.norm() * x.norm()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("patches")
    void poolingTakesMeansOfPatches(Patches at) {
        for (Precision precision : Precision.values()) {
            try (Workspace ws = Workspace.withThreads(2)) {
                Matrix x = images(at, precision);
                Matrix mean = Matrix.zeros(precision, CASES, at.channels() * at.places());
                at.means(x, mean, ws);
                assertRows(means(at, x), mean);
                Matrix v = Operands.gaussian(precision, CASES, mean.columns(), 5);
                Matrix back = x.copy();
                at.spread(v, back, ws);
                assertEquals(mean.dot(v), x.dot(back), 50 * precision.epsilon() * (1 + v.norm() * x.norm()));
            }
        }
    }

    private static double[][] means(Patches at, Matrix x) {
        int area = at.window().height() * at.window().width();
        double[][] u = unfolded(at, x);
        double[][] mean = new double[CASES][at.channels() * at.places()];
        for (int n = 0; n < CASES; n++) {
            for (int j = 0; j < mean[n].length; j++) {
                for (int k = j / at.places() * area; k < (j / at.places() + 1) * area; k++) {
                    mean[n][j] += u[k][n * at.places() + j % at.places()] / area;
                }
            }
        }
        return mean;
    }

    @ParameterizedTest
    @MethodSource("patches")
    void maximaAreFoundWhereTheyStand(Patches at) {
        for (Precision precision : Precision.values()) {
            try (Workspace ws = Workspace.withThreads(2)) {
                Matrix x = images(at, precision);
                Matrix max = Matrix.zeros(precision, CASES, at.channels() * at.places());
                Matrix index = Operands.inside(max.copy(Precision.FLOAT64), 1);
                Matrix picked = max.copy();
                at.maxima(x, max, index, ws);
                Patches.pick(x, index, picked, ws);
                assertRows(max.toArray(), picked);
                assertRows(maxima(at, x), max);
                Matrix v = Operands.gaussian(precision, CASES, max.columns(), 6);
                Matrix back = x.copy();
                Patches.place(v, index, back, ws);
                assertEquals(max.dot(v), x.dot(back), 50 * precision.epsilon() * (1 + v.norm() * x.norm()));
            }
        }
    }

    /// The largest element under the window, padding left out: a shift makes all pixels positive.
    private static double[][] maxima(Patches at, Matrix x) {
        int area = at.window().height() * at.window().width();
        double[][] u = unfolded(at, x.copy().axpby(1, x.copy().fill(100), 1));
        double[][] max = new double[CASES][at.channels() * at.places()];
        for (int n = 0; n < CASES; n++) {
            for (int j = 0; j < max[n].length; j++) {
                for (int k = j / at.places() * area; k < (j / at.places() + 1) * area; k++) {
                    max[n][j] = Math.max(max[n][j], u[k][n * at.places() + j % at.places()]);
                }
                max[n][j] -= 100;
            }
        }
        return max;
    }

    /// Beyond 2²⁴ pixels, FLOAT32 has no odd numbers.
    @Test
    void theColumnsOfALargeImageAreExact() {
        int width = (1 << 24) + 64;
        Patches at = new Patches(1, 1, width, new Window(1, 2, 1, 2, 0, 0));
        Matrix x = Matrix.zeros(Precision.FLOAT32, 1, width);
        for (int j = 1; j < width; j += 2) {
            x.set(0, j, j % 128);
        }
        Matrix max = Matrix.zeros(Precision.FLOAT32, 1, width / 2);
        Matrix index = max.copy(Precision.FLOAT64);
        at.maxima(x, max, index, Workspace.serial());
        Matrix picked = max.copy();
        Patches.pick(x, index, picked, Workspace.serial());
        assertEquals(0, picked.axpby(-1, max, 1).maxAbs());
        assertEquals(width - 1, index.get(0, width / 2 - 1));
        Patches.place(max, index, x.fill(7), Workspace.serial());
        assertEquals((width - 1) % 128, x.get(0, width - 1));
        assertEquals(0, x.get(0, width - 2));
    }

    @Test
    void withoutALargestElementTheFirstCounts() {
        Patches at = new Patches(2, 1, 4, new Window(1, 2, 1, 2, 0, 0));
        Matrix x = Matrix.zeros(Precision.FLOAT64, 1, 8).fill(Double.NEGATIVE_INFINITY);
        Matrix max = Matrix.zeros(Precision.FLOAT64, 1, 4);
        Matrix index = max.copy();
        at.maxima(x, max, index, Workspace.serial());
        assertArrayEquals(new double[]{0, 2, 4, 6}, index.row(0).toArray());
    }

    @Test
    void aColumnBeyondTheRowIsRefused() {
        Matrix x = Matrix.zeros(Precision.FLOAT64, 2, 9).columns(0, 3);
        Matrix index = Matrix.zeros(Precision.FLOAT64, 2, 1).fill(3);
        assertThrows(IndexOutOfBoundsException.class,
                () -> Patches.pick(x, index, index.copy(), Workspace.serial()));
        assertThrows(IndexOutOfBoundsException.class,
                () -> Patches.place(index.copy(), index, x, Workspace.serial()));
    }

    @Test
    void passesByChannelFollowTheirFormulas() {
        for (Precision precision : Precision.values()) {
            for (int length : new int[]{1, 5, 67}) {
                try (Workspace ws = Workspace.withThreads(2)) {
                    byChannel(precision, length, ws);
                }
            }
        }
    }

    private static void byChannel(Precision precision, int length, Workspace ws) {
        int rows = 600;
        Matrix x = Operands.inside(Operands.gaussian(precision, rows, 2 * length, 1), 1);
        Matrix y = Operands.inside(Operands.gaussian(precision, rows, 2 * length, 2), 1);
        Matrix z = x.copy();
        Vector sums = Vector.of(1.0, 1.0);
        Vector dots = Vector.of(1.0, 1.0);
        Vector a = Vector.of(0.5, -2.0);
        Vector e = Vector.of(3.0, 0.25);
        Channels.sums(x, sums, ws);
        Channels.dots(x, y, dots, ws);
        Channels.affine(a, x, e, z, ws);
        Channels.add(e, y, z, ws);
        for (int c = 0; c < 2; c++) {
            Matrix xc = x.columns(c * length, (c + 1) * length);
            Matrix yc = y.columns(c * length, (c + 1) * length);
            assertEquals(xc.dot(xc.copy().fill(1)), sums.get(c), 1e-9);
            assertEquals(xc.dot(yc), dots.get(c), 1e-9);
            Matrix expected = xc.copy().fill(e.get(c)).axpby(a.get(c), xc, 1).axpby(e.get(c), yc, 1);
            assertRows(expected.toArray(), z.columns(c * length, (c + 1) * length));
        }
        Matrix inPlace = x.copy();
        Channels.affine(new Channels.Term(a, inPlace), new Channels.Term(e, y), e, inPlace, ws);
        assertRows(z.toArray(), inPlace);
        byCase(x, y, length, ws);
    }

    /// Three rows of a matrix are a case.
    private static void byCase(Matrix x, Matrix y, int length, Workspace ws) {
        int cases = x.rows() / 3;
        Matrix sums = Matrix.zeros(Precision.FLOAT64, cases, 2).fill(1);
        Matrix dots = sums.copy();
        Channels.caseSums(x, sums, ws);
        Channels.caseDots(x, y, dots, ws);
        for (int i = 0; i < cases; i++) {
            for (int c = 0; c < 2; c++) {
                Matrix xc = x.rows(3 * i, 3 * i + 3).columns(c * length, (c + 1) * length);
                Matrix yc = y.rows(3 * i, 3 * i + 3).columns(c * length, (c + 1) * length);
                assertEquals(xc.dot(xc.copy().fill(1)), sums.get(i, c), 1e-9);
                assertEquals(xc.dot(yc), dots.get(i, c), 1e-9);
            }
        }
        Channels.caseSums(x.rows(0, 0), sums, ws);
        assertEquals(0, sums.maxAbs());
        Matrix uneven = Matrix.zeros(Precision.FLOAT64, cases - 1, 2);
        assertThrows(IllegalArgumentException.class, () -> Channels.caseSums(x, uneven, ws));
    }

    /// Sums and images have the bits of a single thread.
    @Test
    void threadsDoNotShow() {
        Patches at = new Patches(3, 9, 9, new Window(3, 3, 1, 1));
        Matrix x = Operands.gaussian(Precision.FLOAT32, 700, at.imageSize(), 7);
        try (Workspace one = Workspace.serial();
                Workspace two = Workspace.withThreads(2)) {
            assertArrayEquals(channelSums(x, one), channelSums(x, two));
        }
    }

    private static double[] channelSums(Matrix x, Workspace ws) {
        Vector sums = Vector.zeros(Precision.FLOAT64, 3);
        Channels.sums(x, sums, ws);
        return sums.toArray();
    }
}
