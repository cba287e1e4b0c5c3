package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A repeated vector is the matrix with that vector in every row.
@Tag("kernels")
class RepeatedRowTest {
    static Stream<Arguments> shapes() {
        return Stream.of(Precision.values())
                .flatMap(p -> Stream.of(1, 2, 7, 33).map(columns -> Arguments.of(p, columns)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void itActsAsItsCopies(Precision precision, int columns) {
        Matrix x = Matrix.zeros(precision, 5, columns);
        Sampling.gaussian(0, 1, new Random(1), x);
        Vector row = x.row(3).copy();
        Matrix copies = Matrix.zeros(precision, 5, columns);
        for (int i = 0; i < 5; i++) {
            copies.row(i).copyFrom(row);
        }
        assertArrayEquals(copies.flat().toArray(), row.repeated(5).copy().flat().toArray());
        try (Workspace ws = Workspace.withThreads(2)) {
            assertArrayEquals(product(x, copies, ws), product(x, row.repeated(5), ws));
        }
    }

    /// With enough columns on the other side a product packs it, with few it does not.
    @ParameterizedTest
    @MethodSource("shapes")
    void itIsAFactorAsItsCopiesAre(Precision precision, int columns) {
        Matrix repeated = Operands.gaussian(precision, 1, columns, 1).row(0).repeated(40);
        Matrix copies = repeated.copy();
        for (int others : new int[]{9, 700}) {
            Matrix left = Operands.gaussian(precision, others, 40, 2);
            Matrix right = Operands.gaussian(precision, columns, others, 3);
            for (Gemm gemm : List.of(Gemm.SET, new Gemm(-0.5, 1))) {
                assertEqualProducts(gemm, left, repeated, left, copies);
                assertEqualProducts(gemm, repeated, right, copies, right);
                assertEqualProducts(gemm, repeated.t(), left.t(), copies.t(), left.t());
                assertEqualProducts(gemm, right.t(), repeated.t(), right.t(), copies.t());
            }
        }
    }

    private static void assertEqualProducts(
            Gemm gemm, GemmOperand a, GemmOperand b, GemmOperand aCopies, GemmOperand bCopies) {
        Matrix expected = Matrix.zeros(a.precision(), a.rows(), b.columns());
        Matrix product = expected.copy();
        gemm.multiply(aCopies, bCopies, expected, Workspace.serial());
        gemm.multiply(a, b, product, Workspace.serial());
        assertArrayEquals(expected.toArray(), product.toArray());
    }

    private static double[] product(Matrix x, Matrix y, Workspace ws) {
        Matrix z = x.copy();
        new Hadamard(2, 1).multiply(x, y, z, ws);
        return z.flat().toArray();
    }
}
