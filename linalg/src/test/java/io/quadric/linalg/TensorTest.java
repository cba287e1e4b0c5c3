package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tensors against loops over all their indices.
class TensorTest {
    private static final Workspace WS = Workspace.serial();

    static Stream<int[]> shapes() {
        return Stream.of(new int[]{5}, new int[]{3, 4}, new int[]{2, 3, 4}, new int[]{1, 3, 1},
                new int[]{3, 2, 4, 2}, new int[]{2, 70, 60}, new int[]{0, 3, 2}, new int[]{4, 0});
    }

    private static Tensor gaussian(Precision precision, int... shape) {
        int size = Stream.of(shape).flatMapToInt(java.util.Arrays::stream).reduce(1, (a, b) -> a * b);
        return Tensor.of(Operands.gaussian(precision, 1, size, 3).row(0), shape);
    }

    /// matᵢ by its definition: element e is in row (index i of e), in the next free column.
    private static double[][] mat(Tensor x, int mode) {
        int after = 1;
        for (int i = mode + 1; i < x.order(); i++) {
            after *= x.size(i);
        }
        int size = x.size(mode);
        double[][] m = new double[size][size == 0 ? 0 : x.elements().size() / size];
        int[] next = new int[size];
        for (int e = 0; e < x.elements().size(); e++) {
            int row = e / after % size;
            m[row][next[row]++] = x.elements().get(e);
        }
        return m;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void contractionIsTheProductOfTheMatricisation(int[] shape) {
        for (Precision precision : Precision.values()) {
            Tensor x = gaussian(precision, shape);
            for (int mode = 0; mode < x.order(); mode++) {
                double[][] m = mat(x, mode);
                int d = m.length;
                Matrix copy = Matrix.zeros(precision, d, d == 0 ? 0 : m[0].length);
                if (d > 0) {
                    x.matricise(mode, copy);
                    assertArrayEquals(m, copy.toArray());
                }
                Matrix c = Matrix.identity(precision, d);
                Matrix expected = Matrix.identity(precision, d);
                x.contract(mode, new Gemm(0.5, 2), c, WS);
                new Gemm(0.5, 2).syrk(copy, expected, WS);
                assertEquals(0, expected.axpby(-1, c, 1).norm(), 1e3 * precision.epsilon() * (1 + c.norm()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void modeProductIsTheProductWithTheMatricisation(int[] shape) {
        for (Precision precision : Precision.values()) {
            Tensor x = gaussian(precision, shape);
            for (int mode = 0; mode < x.order(); mode++) {
                Matrix u = Operands.gaussian(precision, 3, x.size(mode), 7);
                int[] changed = shape.clone();
                changed[mode] = 3;
                Tensor y = gaussian(precision, changed);
                x.multiply(mode, u, y, WS);
                assertModeProduct(u, x, y, mode);
                y.elements().fill(Double.NaN);
                Matrix transposed = Matrix.zeros(precision, u.columns(), 3);
                for (int i = 0; i < 3; i++) {
                    transposed.columns(i, i + 1).copyFrom(u.row(i).asMatrix(u.columns(), 1));
                }
                x.multiply(mode, transposed.t(), y, WS);
                assertModeProduct(u, x, y, mode);
            }
        }
    }

    private static void assertModeProduct(Matrix u, Tensor x, Tensor y, int mode) {
        double[][] from = mat(x, mode);
        double[][] to = mat(y, mode);
        for (int i = 0; i < to.length; i++) {
            for (int j = 0; j < to[i].length; j++) {
                double sum = 0;
                for (int k = 0; k < from.length; k++) {
                    sum += u.get(i, k) * from[k][j];
                }
                assertEquals(sum, to[i][j], 200 * x.elements().precision().epsilon());
            }
        }
    }

    @Test
    void firstAndLastModeAreViews() {
        Tensor x = gaussian(Precision.FLOAT64, 2, 3, 4);
        assertTrue(x.hasView(0) && !x.hasView(1) && x.hasView(2));
        assertEquals(mat(x, 0)[1][5], x.matricised(0).stored().get(1, 5));
        assertEquals(mat(x, 2)[1][5], x.matricised(2).stored().get(5, 1));
        var e = assertThrows(IllegalArgumentException.class, () -> x.matricised(1));
        assertTrue(e.getMessage().contains("[2, 3, 4]"), e.getMessage());
    }

    @Test
    void misuseNamesBothSides() {
        Vector v = Vector.zeros(Precision.FLOAT64, 6);
        var e = assertThrows(IllegalArgumentException.class, () -> Tensor.of(v, 2, 4));
        assertTrue(e.getMessage().contains("6 elements") && e.getMessage().contains("[2, 4]"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Tensor.of(v, -2, -3));
        Tensor x = Tensor.of(v, 2, 3);
        Matrix u = Matrix.identity(Precision.FLOAT64, 2);
        e = assertThrows(IllegalArgumentException.class, () -> x.multiply(1, u, x, WS));
        assertTrue(e.getMessage().contains("2 × 2") && e.getMessage().contains("mode 1"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> x.multiply(0, u, x, WS));
    }
}
