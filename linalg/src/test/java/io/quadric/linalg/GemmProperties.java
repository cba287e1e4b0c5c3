package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.linalg.GemmOracle.Layout;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/// The matrix product for random shapes, transposes, factors and views.
@Tag("kernels")
class GemmProperties {
    private static final double[] FACTORS = {0, 1, -1, 0.5, 3};

    @Property(tries = 150)
    void agreesWithEjml(
            @ForAll @IntRange(max = 75) int m, @ForAll @IntRange(max = 300) int k, @ForAll @IntRange(max = 75) int n,
            @ForAll Precision precision, @ForAll long seed) {
        Layout layout = new Layout((seed & 1) != 0, (seed & 2) != 0, (int) (seed >>> 2 & 3));
        Gemm gemm = new Gemm(FACTORS[(int) (seed >>> 4 & 7) % 5], FACTORS[(int) (seed >>> 7 & 7) % 5]);
        GemmOracle.check(gemm, layout, Operands.gaussian(precision, m, k, seed),
                Operands.gaussian(precision, k, n, seed + 1));
    }

    /// Sizes from which on operands are packed.
    @Property(tries = 30)
    void agreesWithEjmlWhereOperandsArePacked(
            @ForAll @IntRange(min = 120, max = 190) int m, @ForAll @IntRange(min = 70, max = 200) int k,
            @ForAll @IntRange(min = 130, max = 190) int n, @ForAll Precision precision, @ForAll long seed) {
        Layout layout = new Layout((seed & 1) != 0, (seed & 2) != 0, (int) (seed >>> 2 & 3));
        Gemm gemm = new Gemm(FACTORS[(int) (seed >>> 4 & 7) % 5], FACTORS[(int) (seed >>> 7 & 7) % 5]);
        GemmOracle.check(gemm, layout, Operands.gaussian(precision, m, k, seed),
                Operands.gaussian(precision, k, n, seed + 1));
    }

    @Property(tries = 40)
    void syrkIsTheSymmetricProduct(
            @ForAll @IntRange(max = 300) int n, @ForAll @IntRange(max = 90) int k, @ForAll Precision precision,
            @ForAll boolean transpose) {
        Matrix a = Operands.gaussian(precision, transpose ? k : n, transpose ? n : k, 5);
        GemmOperand left = transpose ? a.t() : a;
        Matrix c = Operands.positiveDefinite(precision, n, 1, 6);
        Matrix expected = c.copy();
        try (Workspace ws = Workspace.withThreads(2)) {
            new Gemm(2, -1).syrk(left, c, ws);
            new Gemm(2, -1).multiply(left, transpose ? a : a.t(), expected, ws);
        }
        for (int i = 0; i < n; i++) {
            assertArrayEquals(expected.row(i).toArray(), c.row(i).toArray(), 40 * (k + 3) * precision.epsilon());
            for (int j = 0; j < i; j++) {
                assertEquals(c.get(i, j), c.get(j, i), 0.0);
            }
        }
    }

    /// From either side and either triangle; the other one holds NaN.
    @Property(tries = 60)
    void symmIsTheProductWithBothTriangles(
            @ForAll @IntRange(max = 150) int n, @ForAll @IntRange(max = 70) int k, @ForAll Precision precision,
            @ForAll Symmetric.Stored stored, @ForAll long seed) {
        Matrix full = Operands.positiveDefinite(precision, n, 1, 6);
        Matrix half = Operands.inside(full, (int) (seed & 3));
        for (int i = 0; i < n; i++) {
            boolean lower = stored == Symmetric.Stored.LOWER;
            half.row(i).slice(lower ? i + 1 : 0, lower ? n : i).fill(Double.NaN);
        }
        Symmetric s = new Symmetric(half, stored);
        Gemm gemm = new Gemm(FACTORS[(int) (seed >>> 4 & 7) % 5], FACTORS[(int) (seed >>> 7 & 7) % 5]);
        Matrix b = Operands.gaussian(precision, n, k, seed);
        Matrix c = Operands.inside(Operands.gaussian(precision, n, k, 9), 1);
        Matrix d = Operands.inside(Operands.gaussian(precision, k, n, 9), 2);
        Matrix expectedC = c.copy();
        Matrix expectedD = d.copy();
        try (Workspace ws = Workspace.withThreads(2)) {
            gemm.symm(s, b, c, ws);
            gemm.symm(b.t(), s, d, ws);
            gemm.multiply(full, b, expectedC, ws);
            gemm.multiply(b.t(), full, expectedD, ws);
        }
        assertArrayEquals(expectedC.toArray(), c.toArray());
        assertArrayEquals(expectedD.toArray(), d.toArray());
    }
}
