package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How matrices and vectors come from arrays, go back to them, and show as text.
class MatrixTest {
    @Test
    void theElementTypeOfAnArrayIsThePrecision() {
        Matrix doubles = Matrix.of(new double[][]{{1, 0.1}, {3, 4}, {5, 6}});
        Matrix floats = Matrix.of(new float[][]{{1, 0.1f}, {3, 4}, {5, 6}});
        assertEquals(Precision.FLOAT64, doubles.precision());
        assertEquals(Precision.FLOAT32, floats.precision());
        assertEquals("3 × 2", floats.shape());
        assertEquals(0.1, doubles.get(0, 1));
        assertEquals(0.1f, floats.get(0, 1));
        assertEquals(6, floats.get(2, 1));
        assertEquals("0 × 0", Matrix.of(new float[0][]).shape());
    }

    @Test
    void arraysOfArraysAreCopiedAndFlatOnesAreViewed() {
        float[][] rows = {{1, 2}};
        Matrix copy = Matrix.of(rows);
        rows[0][0] = 7;
        assertEquals(1, copy.get(0, 0));
        float[] flat = {1, 2, 3, 4};
        assertSame(flat, Matrix.of(2, 2, flat).floats());
        assertSame(flat, Vector.of(flat).floats());
    }

    /// `of(1, 2)` must not choose the overload with floats, to which whole numbers convert as well.
    @Test
    void wholeNumbersBecomeDoubles() {
        assertEquals(Precision.FLOAT64, Vector.of(1, 2, 3).precision());
        assertEquals(Precision.FLOAT64, Vector.of(1).precision());
        assertEquals(Precision.FLOAT64, Matrix.of(1, 2, 3, 4).precision());
        assertEquals(16_777_217, Vector.of(16_777_217).get(0), "not rounded to float");
        assertEquals(Precision.FLOAT64, Matrix.of(new double[][]{{1, 2}}).precision());
    }

    @Test
    void raggedRowsAreRefused() {
        for (Runnable ragged : new Runnable[]{() -> Matrix.of(new double[][]{{1, 2}, {3}}),
            () -> Matrix.of(new float[][]{{1, 2}, {3}})}) {
            var e = assertThrows(IllegalArgumentException.class, ragged::run);
            assertEquals("row 1 has 1 elements, row 0 has 2", e.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource
    void elementsComeBack(Precision precision) {
        Matrix x = Operands.gaussian(precision, 4, 3, 1);
        Matrix view = Operands.inside(x, 2);
        assertArrayEquals(x.toArray(), view.toArray());
        assertArrayEquals(x.flat().toArray(), view.toDoubleArray());
        assertArrayEquals(x.flat().toFloatArray(), view.toFloatArray());
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 3; j++) {
                assertEquals(x.get(i, j), view.toArray()[i][j]);
                assertEquals(x.get(i, j), view.toDoubleArray()[3 * i + j]);
                assertEquals((float) x.get(i, j), view.toFloatArray()[3 * i + j]);
            }
        }
    }

    @Test
    void textNamesShapeAndPrecisionAndShowsAFewElements() {
        assertEquals("Matrix[2 × 2, FLOAT64: [0.1, -2.0], [NaN, Infinity]]",
                Matrix.of(new double[][]{{0.1, -2}, {Double.NaN, Double.POSITIVE_INFINITY}}).toString());
        assertEquals("Vector[3, FLOAT32: 0.1, 2.0, 3.0]", Vector.of(new float[]{0.1f, 2, 3}).toString());
        assertEquals("Vector[7, FLOAT64: 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, …]",
                Vector.zeros(Precision.FLOAT64, 7).toString());
        String large = Operands.gaussian(Precision.FLOAT64, 2000, 3000, 1).toString();
        assertTrue(large.startsWith("Matrix[2000 × 3000, FLOAT64: [") && large.endsWith(", …], …]"), large);
        assertTrue(large.length() < 1000, large);
    }
}
