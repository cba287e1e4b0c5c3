package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.quadric.linalg.GemmOracle.Layout;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The matrix product against EJML, and its contract.
@Tag("kernels")
class GemmTest {
    @Test
    void agreesWithEjmlOverManyBlocks() {
        for (Precision precision : Precision.values()) {
            for (int layout = 0; layout < 4; layout++) {
                Layout views = new Layout(layout % 2 == 1, layout > 1, layout);
                GemmOracle.check(new Gemm(-0.5, 2), views, Operands.gaussian(precision, 401, 523, 1),
                        Operands.gaussian(precision, 523, 389, 2));
            }
        }
    }

    @Test
    void agreesWithEjmlWhereOneSizeIsSmall() {
        int[][] shapes = {{1, 300, 517}, {517, 300, 1}, {517, 1, 300}, {1, 1000, 1}, {600, 30, 3}, {2, 600, 600},
            {600, 600, 7}, {90, 1100, 200}};
        for (int[] s : shapes) {
            for (Precision precision : Precision.values()) {
                for (int layout = 0; layout < 4; layout++) {
                    GemmOracle.check(new Gemm(2, layout - 1), new Layout(layout % 2 == 1, layout > 1, 1),
                            Operands.gaussian(precision, s[0], s[1], 3), Operands.gaussian(precision, s[1], s[2], 4));
                }
            }
        }
    }

    /// Also the sums of one element do not depend on the block borders that rows and columns of other sizes have.
    @Test
    void anElementHasTheSameBitsInAProductOfAnotherSize() {
        Matrix a = Operands.gaussian(Precision.FLOAT32, 230, 700, 1);
        Matrix b = Operands.gaussian(Precision.FLOAT32, 700, 150, 2);
        Matrix whole = Matrix.zeros(Precision.FLOAT32, 230, 150);
        Matrix part = Matrix.zeros(Precision.FLOAT32, 101, 77);
        Workspace ws = Workspace.serial();
        Gemm.SET.multiply(a, b, whole, ws);
        Gemm.SET.multiply(a.rows(60, 161), b.columns(31, 108), part, ws);
        for (int i = 0; i < part.rows(); i++) {
            assertArrayEquals(whole.row(60 + i).slice(31, 108).toArray(), part.row(i).toArray());
        }
    }

    /// Small products leave their operands where they are, large ones pack them. Results are neighbours of rows that
    /// must stay as they are.
    @Test
    void aSmallProductHasTheBitsOfALargeOne() {
        int[][] shapes = {{6, 5, 32}, {17, 140, 18}, {33, 17, 70}, {64, 300, 10}, {20, 131, 65}, {7, 64, 31},
            {40, 37, 22}, {13, 90, 34}, {12, 33, 4}};
        for (Gemm gemm : List.of(Gemm.SET, Gemm.ADD, new Gemm(-0.3, 1))) {
            for (int[] s : shapes) {
                for (int layout = 0; layout < 4; layout++) {
                    checkSmallInLarge(Precision.FLOAT32, s, layout, gemm);
                    checkSmallInLarge(Precision.FLOAT64, s, layout, gemm);
                }
            }
        }
    }

    private static void checkSmallInLarge(Precision precision, int[] s, int layout, Gemm gemm) {
        int rows = (1 << 21) / s[1] / 200 + s[0];
        Matrix a = Operands.gaussian(precision, rows, s[1], 1);
        Matrix b = Operands.gaussian(precision, s[1], 200, 2);
        Matrix whole = Operands.gaussian(precision, rows, 200, 3);
        Matrix around = Operands.gaussian(precision, s[0] + 2, s[2], 4);
        Matrix part = around.rows(1, s[0] + 1).copyFrom(whole.rows(0, s[0]).columns(0, s[2]));
        double[] before = around.row(0).toArray();
        double[] behind = around.row(s[0] + 1).toArray();
        Workspace ws = Workspace.serial();
        gemm.multiply(a, b, whole, ws);
        Matrix left = a.rows(0, s[0]);
        Matrix right = b.columns(0, s[2]);
        gemm.multiply((layout & 1) == 0 ? left : transposed(left).t(),
                (layout & 2) == 0 ? right : transposed(right).t(),
                part, ws);
        for (int i = 0; i < s[0]; i++) {
            assertArrayEquals(whole.row(i).slice(0, s[2]).toArray(), part.row(i).toArray());
        }
        assertArrayEquals(before, around.row(0).toArray());
        assertArrayEquals(behind, around.row(s[0] + 1).toArray());
    }

    private static Matrix transposed(Matrix x) {
        Matrix t = Matrix.zeros(x.precision(), x.columns(), x.rows());
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                t.set(j, i, x.get(i, j));
            }
        }
        return t;
    }

    /// Few rows times a transpose takes another way through the blocks than the same times a plain matrix.
    @Test
    void theBitsDependNeitherOnStorageNorOnThreads() {
        for (Precision precision : Precision.values()) {
            Matrix a = Operands.gaussian(precision, 61, 1030, 1);
            Matrix b = Operands.gaussian(precision, 1030, 131, 2);
            Matrix transposed = transposed(b);
            Matrix expected = Matrix.zeros(precision, 61, 131);
            Matrix product = Matrix.zeros(precision, 61, 131);
            Gemm.SET.multiply(a, b, expected, Workspace.serial());
            for (int threads = 1; threads <= 3; threads++) {
                try (Workspace ws = Workspace.withThreads(threads)) {
                    Gemm.SET.multiply(a, transposed.t(), product, ws);
                }
                assertArrayEquals(expected.toArray(), product.toArray(), threads + " threads");
            }
        }
    }

    @Test
    void overlapOfTheResultIsRejected() {
        Matrix array = Matrix.zeros(Precision.FLOAT64, 10, 10);
        Workspace ws = Workspace.serial();
        var e = assertThrows(IllegalArgumentException.class,
                () -> Gemm.SET.multiply(array.rows(0, 5), array.columns(0, 3), array.rows(4, 9).columns(2, 5), ws));
        assertTrue(e.getMessage().contains("5 × 3") && e.getMessage().contains("5 × 10"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Gemm.SET.syrk(array, array, ws));
    }

    @Test
    void disjointColumnsOfOneArrayAreNoOverlap() {
        Matrix array = Operands.gaussian(Precision.FLOAT64, 10, 30, 1);
        Matrix a = array.columns(0, 10);
        Matrix b = array.columns(10, 20);
        Matrix expected = Matrix.zeros(Precision.FLOAT64, 10, 10);
        Workspace ws = Workspace.serial();
        Gemm.SET.multiply(a, b.t(), expected, ws);
        Gemm.SET.multiply(a, b.t(), array.columns(20, 30), ws);
        assertArrayEquals(expected.toArray(), array.columns(20, 30).toArray());
    }

    @Test
    void wrongShapesNameBothSides() {
        Matrix a = Matrix.zeros(Precision.FLOAT64, 2, 3);
        Workspace ws = Workspace.serial();
        var shapes = assertThrows(IllegalArgumentException.class, () -> Gemm.SET.multiply(a, a, a.copy(), ws));
        assertTrue(shapes.getMessage().contains("2 × 3 times 2 × 3"), shapes.getMessage());
        Matrix c = Matrix.zeros(Precision.FLOAT32, 2, 2);
        assertThrows(IllegalArgumentException.class, () -> Gemm.SET.multiply(a, a.t(), c, ws));
    }

    /// After a warm-up only views and tasks, some kilobytes a call whatever the size.
    @Test
    void allocatesNoScratchInTheSteadyState() {
        assumeFalse("512".equals(System.getProperty("quadric.simd")), "emulated vectors are objects");
        Matrix a = Operands.gaussian(Precision.FLOAT32, 130, 130, 1);
        Matrix c = Matrix.zeros(Precision.FLOAT32, 130, 130);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Workspace ws = Workspace.withThreads(2)) {
            long few = 64 * 1024;
            long perCall = SteadyState.bytesOf(threads::getTotalThreadAllocatedBytes, few,
                    () -> Gemm.SET.multiply(a, a.t(), c, ws));
            assertTrue(perCall < few, perCall + " bytes a call");
        }
    }
}
