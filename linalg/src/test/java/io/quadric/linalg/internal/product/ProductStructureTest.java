package io.quadric.linalg.internal.product;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.linalg.GemmOperand;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.blocked.BlockedGemm;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.kernel.ProductStructure;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a structure leaves out does not change the product, whatever stands where zeros are not read.
class ProductStructureTest {
    private static final Workspace WS = Workspace.serial();
    private static final int OTHER = 33;

    /// A lower triangle with all its zeros, and with NaN in place of those that are not read.
    private record Triangle(Matrix clean, Matrix stored) {
        static Triangle of(Precision precision, int n) {
            Matrix clean = gaussian(precision, n, n, 1);
            Matrix stored = clean.copy();
            for (int i = 0; i < n; i++) {
                clean.row(i).slice(i + 1, n).fill(0);
                int end = Math.min(n, i + 1 + ProductStructure.ZEROS);
                stored.row(i).slice(i + 1, end).fill(0);
                stored.row(i).slice(end, n).fill(Double.NaN);
            }
            return new Triangle(clean, stored);
        }
    }

    private static Matrix gaussian(Precision precision, int rows, int columns, long seed) {
        Matrix x = Matrix.zeros(precision, rows, columns);
        Sampling.gaussian(0, 1, new Random(seed), x);
        return x;
    }

    /// 1100 is more than a block of the inner index.
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 48, 97, 130, 1100})
    void productsWithATriangleAreThoseWithItsZeros(int n) {
        for (Precision precision : Precision.values()) {
            Triangle t = Triangle.of(precision, n);
            Matrix tall = gaussian(precision, n, OTHER, 2);
            Matrix wide = gaussian(precision, OTHER, n, 3);
            check(new Operands(t.stored, tall, tall.copy(), ProductStructure.LOWER_LEFT), t.clean, tall);
            check(new Operands(t.stored.t(), tall, tall.copy(), ProductStructure.UPPER_LEFT), t.clean.t(), tall);
            check(new Operands(wide, t.stored, wide.copy(), ProductStructure.LOWER_RIGHT), wide, t.clean);
            check(new Operands(wide, t.stored.t(), wide.copy(), ProductStructure.UPPER_RIGHT), wide, t.clean.t());
        }
    }

    private static void check(Operands operands, GemmOperand a, GemmOperand b) {
        Matrix expected = operands.c().copy();
        MatrixProduct.multiply(1, new Operands(a, b, expected), 1, WS);
        MatrixProduct.multiply(1, operands, 1, WS);
        assertEquals(0, expected.axpby(-1, operands.c(), 1).maxAbs());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 48, 97, 130, 1100})
    void squaresOfATriangleAreThoseWithItsZeros(int n) {
        for (Precision precision : Precision.values()) {
            Triangle t = Triangle.of(precision, n);
            Matrix square = Matrix.zeros(precision, n, n).fill(Double.NaN);
            Matrix expected = square.copy();
            MatrixProduct.multiply(1, Operands.symmetric(t.clean.t(), t.clean, expected), 0, WS);
            MatrixProduct.multiply(1, new Operands(t.stored.t(), t.stored, square, ProductStructure.SYMMETRIC_OF_UPPER),
                    0, WS);
            MatrixProduct.mirror(expected, WS);
            MatrixProduct.mirror(square, WS);
            assertEquals(0, expected.axpby(-1, square, 1).maxAbs());
        }
    }

    /// As in the solves of a factorisation, with one thread and with two.
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 48, 97, BlockedGemm.IN_PLACE})
    void productsOverwriteAnOperand(int n) {
        for (Precision precision : Precision.values()) {
            for (int threads = 1; threads <= 2; threads++) {
                try (Workspace ws = Workspace.withThreads(threads)) {
                    Triangle t = Triangle.of(precision, n);
                    Matrix tall = gaussian(precision, n, 2000, 2);
                    Matrix wide = gaussian(precision, 2000, n, 3);
                    Matrix left = tall.copy();
                    Matrix right = wide.copy();
                    MatrixProduct.multiply(1, new Operands(t.clean, tall, left), 0, ws);
                    MatrixProduct.multiply(1, new Operands(wide, t.clean.t(), right), 0, ws);
                    MatrixProduct.multiply(1, new Operands(t.stored, tall, tall, ProductStructure.LOWER_LEFT), 0, ws);
                    MatrixProduct.multiply(1, new Operands(wide, t.stored.t(), wide, ProductStructure.UPPER_RIGHT), 0,
                            ws);
                    assertEquals(0, left.axpby(-1, tall, 1).maxAbs());
                    assertEquals(0, right.axpby(-1, wide, 1).maxAbs());
                }
            }
        }
    }
}
