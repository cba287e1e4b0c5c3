package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/// Products of matrices with vectors, of vectors, and of batches, against the product of two matrices.
@Tag("kernels")
class ProductsTest {
    private static final double[] FACTORS = {0, 1, -1, 0.5};

    private static Gemm gemm(long seed) {
        return new Gemm(FACTORS[(int) (seed >>> 4 & 3)], FACTORS[(int) (seed >>> 6 & 3)]);
    }

    private static Matrix result(Precision precision, int rows, int columns, Gemm gemm) {
        Matrix c = Operands.gaussian(precision, rows, columns, 11);
        return gemm.beta() == 0 ? c.fill(Double.NaN) : c;
    }

    private static void assertClose(Matrix expected, Matrix actual, int inner) {
        double tolerance = 8 * (inner + 3) * expected.precision().epsilon();
        for (int i = 0; i < expected.rows(); i++) {
            assertArrayEquals(expected.row(i).toArray(), actual.row(i).toArray(), tolerance);
        }
    }

    @Property(tries = 100)
    void matrixTimesVector(@ForAll @IntRange(max = 300) int m, @ForAll @IntRange(max = 300) int n,
            @ForAll Precision precision, @ForAll boolean transpose, @ForAll long seed) {
        Gemm gemm = gemm(seed);
        Matrix a = Operands.inside(Operands.gaussian(precision, m, n, seed), (int) (seed & 3));
        GemmOperand operand = transpose ? a.t() : a;
        Vector x = Operands.gaussian(precision, 1, operand.columns() + 1, seed + 1).row(0).slice(1,
                operand.columns() + 1);
        Matrix y = result(precision, operand.rows(), 1, gemm);
        Matrix expected = y.copy();
        try (Workspace ws = Workspace.withThreads(2)) {
            gemm.multiply(operand, x.asMatrix(x.size(), 1), expected, ws);
            gemm.multiply(operand, x, y.flat(), ws);
        }
        assertClose(expected, y, x.size());
    }

    /// Equal columns have the same sums to the last bit, whether they are in a whole vector or in the rest of the row.
    @Property(tries = 60)
    void equalColumnsHaveEqualSums(@ForAll @IntRange(min = 1, max = 200) int m,
            @ForAll @IntRange(min = 1, max = 150) int n, @ForAll Precision precision, @ForAll long seed) {
        Vector column = Operands.gaussian(precision, 1, m, seed).row(0);
        Vector x = Operands.gaussian(precision, 1, m, seed + 1).row(0);
        Matrix a = Matrix.zeros(precision, m, n);
        for (int i = 0; i < m; i++) {
            a.row(i).fill(column.get(i));
        }
        Vector y = Vector.zeros(precision, n);
        Vector sums = Vector.zeros(precision, n);
        try (Workspace ws = Workspace.serial()) {
            Gemm.SET.multiply(a.t(), x, y, ws);
        }
        Elementwise.sumRows(0.7, a, 0, sums);
        assertArrayEquals(Vector.zeros(precision, n).fill(y.get(0)).toArray(), y.toArray());
        assertArrayEquals(Vector.zeros(precision, n).fill(sums.get(0)).toArray(), sums.toArray());
    }

    @Property(tries = 60)
    void outerProduct(@ForAll @IntRange(max = 300) int m, @ForAll @IntRange(max = 300) int n,
            @ForAll Precision precision, @ForAll long seed) {
        Gemm gemm = gemm(seed);
        Vector x = Operands.gaussian(precision, 1, m, seed).row(0);
        Vector y = Operands.gaussian(precision, 1, n, seed + 1).row(0);
        Matrix a = Operands.inside(result(precision, m, n, gemm), (int) (seed & 3));
        Matrix expected = a.copy();
        try (Workspace ws = Workspace.withThreads(2)) {
            gemm.multiply(x.asMatrix(m, 1), y.asRow(), expected, ws);
            gemm.outer(x, y, a, ws);
        }
        assertClose(expected, a, 1);
    }

    @Property(tries = 60)
    void batches(@ForAll @IntRange(min = 1, max = 9) int count, @ForAll @IntRange(max = 40) int m,
            @ForAll @IntRange(max = 40) int k, @ForAll @IntRange(max = 40) int n, @ForAll long seed) {
        Precision precision = (seed & 1) == 0 ? Precision.FLOAT32 : Precision.FLOAT64;
        Gemm gemm = gemm(seed);
        MatrixBatch a = batch(precision, (seed & 256) == 0 ? 1 : count, m, k, seed);
        MatrixBatch b = batch(precision, (seed & 512) == 0 ? 1 : count, k, n, seed >>> 1);
        MatrixBatch c = new MatrixBatch(result(precision, count * m, n, gemm), count);
        Matrix expected = c.stacked().copy();
        try (Workspace ws = Workspace.withThreads(2)) {
            for (int i = 0; i < count; i++) {
                gemm.multiply(a.get(i), b.get(i), expected.rows(i * m, (i + 1) * m), ws);
            }
            gemm.multiply(a, b, c, ws);
        }
        assertClose(expected, c.stacked(), k);
    }

    private static MatrixBatch batch(Precision precision, int count, int rows, int columns, long seed) {
        boolean transpose = (seed & 2) != 0;
        int stored = transpose ? columns : rows;
        int along = transpose ? rows : columns;
        Matrix m = Operands.inside(Operands.gaussian(precision, count * stored, along, seed), (int) (seed >>> 2 & 1));
        return new MatrixBatch(m, count, transpose);
    }

    @Property(tries = 30)
    void symmetricProduct(@ForAll @IntRange(max = 120) int n, @ForAll Precision precision) {
        Matrix a = Operands.positiveDefinite(precision, n, 0.1, n);
        Matrix c = Matrix.zeros(precision, n, n).fill(Double.NaN);
        Matrix expected = c.copy();
        try (Workspace ws = Workspace.withThreads(2)) {
            Gemm.SET.multiply(a, a, expected, ws);
            Gemm.SET.multiplySymmetric(a, a, c, ws);
        }
        assertClose(expected, c, n);
    }

    @Property(tries = 60)
    void fusedPassesAreTheirParts(@ForAll @IntRange(max = 3000) int n, @ForAll Precision precision, @ForAll long seed) {
        Matrix x = Operands.gaussian(precision, 2, n, seed);
        Matrix y = Operands.gaussian(precision, 2, n, seed + 1);
        Vector updated = y.row(0).copy().axpy(0.3, x.row(0));
        Vector fused = y.row(0).copy();
        assertEquals(updated.dot(x.row(1)), fused.axpyDot(0.3, x.row(0), x.row(1)), 1e-12 * (n + 1));
        assertArrayEquals(updated.toArray(), fused.toArray());
        Matrix expected = y.copy();
        Matrix actual = y.copy();
        Matrix value = Operands.inside(y, 1);
        try (Workspace ws = Workspace.withThreads(2)) {
            Elementwise.addRow(x.row(0), expected, ws);
            Elementwise.addRowAndApply(ElementaryFunction.TANH, x.row(0), actual, value, ws);
            assertArrayEquals(expected.toArray(), actual.toArray());
            Elementwise.apply(ElementaryFunction.TANH, expected, expected, ws);
            assertArrayEquals(expected.toArray(), value.toArray());
        }
    }

    @Property(tries = 60)
    void aStepOfConjugateGradientsIsItsParts(
            @ForAll @IntRange(max = 3000) int n, @ForAll Precision precision, @ForAll long seed) {
        Matrix directions = Operands.gaussian(precision, 2, n, seed);
        Matrix start = Operands.gaussian(precision, 2, n, seed + 1);
        Vector diagonal = Operands.gaussian(precision, 1, n, seed + 2).row(0);
        Elementwise.apply(ElementaryFunction.LOGISTIC, diagonal.asRow(), diagonal.asRow(), Workspace.serial());
        Matrix expected = start.copy().axpby(0.3, directions, 1);
        Matrix actual = start.copy();
        Vector p = directions.row(0);
        Vector q = directions.row(1);
        double square = actual.row(0).conjugateStep(0.3, p, q, actual.row(1));
        assertArrayEquals(expected.toArray(), actual.toArray());
        assertEquals(expected.row(1).dot(expected.row(1)), square, 1e-14 * (n + 1) * (1 + square));
        actual.copyFrom(start);
        double energy = actual.row(0).conjugateStep(0.3, p, q, diagonal, actual.row(1));
        assertArrayEquals(expected.toArray(), actual.toArray());
        Vector quotient = Vector.zeros(precision, n);
        Elementwise.divide(expected.row(1).asRow(), diagonal.asRow(), quotient.asRow());
        assertEquals(quotient.dot(expected.row(1)), energy, 50 * precision.epsilon() * (1 + square));
    }

    @Example
    void misuseNamesBothSides() {
        Workspace ws = Workspace.serial();
        Matrix a = Matrix.zeros(Precision.FLOAT64, 3, 4);
        Vector x = Vector.zeros(Precision.FLOAT64, 3);
        var e = assertThrows(IllegalArgumentException.class, () -> Gemm.SET.multiply(a, x, x, ws));
        assertTrue(e.getMessage().contains("3 × 4") && e.getMessage().contains("3 elements"), e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> Gemm.SET.multiply(a.t(), a.row(0), a.row(0), ws));
        assertTrue(e.getMessage().contains("multiply"));
        assertThrows(IllegalArgumentException.class, () -> Gemm.SET.multiply(a, a.row(0), a.row(0).slice(0, 3), ws));
        assertThrows(IllegalArgumentException.class, () -> a.row(0).conjugateStep(1, a.row(1), a.row(2), a.row(0)));
        Vector all = Vector.zeros(Precision.FLOAT64, 9);
        e = assertThrows(IllegalArgumentException.class, () -> all.slice(1, 8).axpy(1, all.slice(2, 9)));
        assertEquals("axpby: the vectors share elements in different places, from 2 and from 1 on, 7 each",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Symmetric.lower(a));
        Symmetric s = Symmetric.lower(Matrix.identity(Precision.FLOAT64, 4));
        e = assertThrows(IllegalArgumentException.class, () -> Gemm.SET.symm(s, a, a.copy(), ws));
        assertTrue(e.getMessage().contains("4 × 4") && e.getMessage().contains("3 × 4"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Gemm.SET.symm(s, a.t(), s.matrix(), ws));
        e = assertThrows(IllegalArgumentException.class, () -> Gemm.SET.outer(x, x, a, ws));
        assertTrue(e.getMessage().contains("3 × 4"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new MatrixBatch(a, 2));
        MatrixBatch batch = new MatrixBatch(a, 3);
        e = assertThrows(IllegalArgumentException.class, () -> Gemm.SET.multiply(batch, batch, batch, ws));
        assertEquals("multiply: 3 × (1 × 4) times 3 × (1 × 4) does not give 3 × (1 × 4)", e.getMessage());
    }
}
