package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The decomposition, and what is made of it, against EJML and against what defines it.
@Tag("kernels")
class SvdTest {
    private static final Workspace WS = Workspace.serial();

    private static Svd decomposed(Matrix a) {
        return assertInstanceOf(Svd.Outcome.Decomposed.class, Svd.decompose(a, WS)).svd();
    }

    static Matrix product(GemmOperand a, GemmOperand b) {
        Matrix c = Matrix.zeros(a.precision(), a.rows(), b.columns());
        Gemm.SET.multiply(a, b, c, WS);
        return c;
    }

    /// ‖x − y‖
    private static double distance(Matrix x, Matrix y) {
        return y.copy().axpby(-1, x, 1).norm();
    }

    /// U Σ Vᵀ
    private static Matrix composed(Svd svd) {
        Matrix scaled = svd.u().copy();
        Hadamard.SET.multiply(scaled, svd.values().repeated(scaled.rows()), scaled, WS);
        return product(scaled, svd.v().t());
    }

    private static void assertDecomposes(Svd svd, Matrix a) {
        double unit = 8 * (Math.max(a.rows(), a.columns()) + 5) * a.precision().epsilon();
        assertEquals(0, distance(composed(svd), a), unit * a.norm());
        Matrix identity = Matrix.identity(a.precision(), svd.values().size());
        assertEquals(0, distance(product(svd.u().t(), svd.u()), identity), unit);
        assertEquals(0, distance(product(svd.v().t(), svd.v()), identity), unit);
        for (int i = 1; i < svd.values().size(); i++) {
            assertTrue(svd.values().get(i) >= 0 && svd.values().get(i) <= svd.values().get(i - 1), "descending");
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "3,0", "0,3", "1,1", "1,5", "5,1", "2,2", "32,32", "33,33", "70,65", "40,90"})
    void valuesAreThoseOfEjml(int m, int n) {
        for (Precision precision : Precision.values()) {
            Matrix a = Operands.gaussian(precision, m, n, m + n);
            Svd svd = decomposed(Operands.inside(a, 1));
            assertDecomposes(svd, a);
            if (a.isEmpty()) {
                continue;
            }
            var peer = DecompositionFactory_DDRM.svd(m, n, false, false, true);
            assertTrue(peer.decompose(new DMatrixRMaj(a.toArray())));
            double[] expected = Arrays.stream(peer.getSingularValues()).sorted().toArray();
            for (int i = 0; i < svd.values().size(); i++) {
                assertEquals(expected[expected.length - 1 - i], svd.values().get(i), 50 * n * precision.epsilon());
            }
        }
    }

    /// Zeros on the diagonal of the bidiagonal matrix, multiple values, values over many orders of magnitude in either
    /// direction.
    private static double special(String kind, int i, int j) {
        return switch (kind) {
            case "identity" -> i == j ? 1 : 0;
            case "ones" -> 1;
            case "falling" -> Math.pow(10, -0.2 * (i + j)) * (1 + (i * 7 + j * 3) % 5);
            case "rising" -> Math.pow(10, 0.2 * (i + j - 78)) * (1 + (i * 7 + j * 3) % 5);
            case "nilpotent" -> j == i + 1 ? 1 : 0;
            case "zero columns" -> j % 3 == 0 ? 0 : (i * j + i + 1) % 11 - 5;
            default -> 0;
        };
    }

    @ParameterizedTest
    @CsvSource({"zero,0", "identity,40", "ones,1", "falling,-1", "rising,-1", "nilpotent,39", "zero columns,-1"})
    void specialMatricesAreDecomposed(String kind, int rank) {
        for (Precision precision : Precision.values()) {
            Matrix a = Matrix.zeros(precision, 40, 40);
            for (int k = 0; k < 1600; k++) {
                a.set(k / 40, k % 40, special(kind, k / 40, k % 40));
            }
            Svd svd = decomposed(a);
            assertDecomposes(svd, a);
            assertTrue(rank < 0 || rank == svd.rank(), () -> "rank " + svd.rank());
        }
    }

    /// The four conditions of Moore and Penrose, for full rank and less, tall and wide.
    @ParameterizedTest
    @CsvSource({"20,20,20", "30,12,12", "12,30,12", "25,18,5", "18,25,5", "6,7,0"})
    void pseudoInverseIsThatOfMooreAndPenrose(int m, int n, int rank) {
        for (Precision precision : Precision.values()) {
            Matrix a = product(Operands.gaussian(precision, m, rank, 1), Operands.gaussian(precision, rank, n, 2));
            Svd svd = decomposed(a);
            assertEquals(rank, svd.rank());
            Matrix x = Matrix.zeros(precision, n, m).fill(Double.NaN);
            svd.pseudoInverse(x, WS);
            Matrix ax = product(a, x);
            Matrix xa = product(x, a);
            double unit = 100 * (m + n) * precision.epsilon();
            assertEquals(0, distance(product(ax, a), a), unit * a.norm() * a.norm() * x.norm());
            assertEquals(0, distance(product(xa, x), x), unit * x.norm() * a.norm() * x.norm());
            assertEquals(0, distance(transposed(ax), ax), unit * a.norm() * x.norm());
            assertEquals(0, distance(transposed(xa), xa), unit * a.norm() * x.norm());
        }
    }

    private static Matrix transposed(Matrix a) {
        return product(a.t(), Matrix.identity(a.precision(), a.rows()));
    }

    @ParameterizedTest
    @EnumSource
    void solutionsAreThoseOfThePseudoInverse(Precision precision) {
        Matrix a = product(Operands.gaussian(precision, 25, 6, 1), Operands.gaussian(precision, 6, 18, 2));
        Matrix b = Operands.gaussian(precision, 25, 4, 3);
        Svd svd = decomposed(a);
        Matrix inverse = Matrix.zeros(precision, 18, 25);
        svd.pseudoInverse(inverse, WS);
        Matrix x = Matrix.zeros(precision, 18, 4);
        svd.solve(b, x, WS);
        double tolerance = 1000 * precision.epsilon();
        assertEquals(0, distance(product(inverse, b), x), tolerance);
        Vector first = Vector.zeros(precision, 18);
        svd.solve(b.columns(0, 1).copy().flat(), first, WS);
        assertEquals(x.get(17, 0), first.get(17), tolerance);
    }

    /// The distance to the nearest matrix of a rank is the root of the sum of the squares of the values left out
    /// (Eckart & Young 1936).
    @Test
    void truncationIsTheNearestMatrixOfItsRank() {
        Matrix a = Operands.gaussian(Precision.FLOAT64, 30, 20, 4);
        Svd svd = decomposed(a);
        for (int rank = 0; rank <= 20; rank += 5) {
            Svd part = svd.truncated(rank);
            double left = rank == 20 ? 0 : svd.values().slice(rank, 20).norm();
            assertEquals(left, distance(composed(part), a), 1e-12);
            assertEquals(rank, part.rank());
        }
        assertEquals(svd.values().get(0) / svd.values().get(19), svd.condition(), 1e-12);
        assertEquals(7, svd.rank(0.5 * (svd.values().get(6) + svd.values().get(7)) / svd.values().get(0)));
        assertEquals(Double.POSITIVE_INFINITY, decomposed(Matrix.zeros(Precision.FLOAT64, 3, 3)).condition());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-150, 1e150, 1e300})
    void scalesDoNotMatter(double scale) {
        Matrix a = Operands.gaussian(Precision.FLOAT64, 20, 15, 5);
        Vector expected = decomposed(a).values();
        Vector values = decomposed(a.copy().scale(scale)).values().copy().scale(1 / scale);
        assertEquals(0, values.axpy(-1, expected).maxAbs(), 1e-13);
    }

    @Test
    void misuseThrows() {
        Svd svd = decomposed(Operands.gaussian(Precision.FLOAT64, 5, 3, 1));
        Matrix shared = Matrix.zeros(Precision.FLOAT64, 5, 2);
        assertThrows(IllegalArgumentException.class, () -> svd.solve(shared, shared.rows(0, 3), WS));
        assertThrows(IllegalArgumentException.class,
                () -> svd.solve(shared, Matrix.zeros(Precision.FLOAT64, 4, 2), WS));
        assertThrows(IllegalArgumentException.class, () -> svd.pseudoInverse(shared, WS));
        assertThrows(IndexOutOfBoundsException.class, () -> svd.truncated(4));
    }
}
