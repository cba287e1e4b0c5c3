package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.SymmetricEigen.Outcome.Decomposed;
import io.quadric.linalg.SymmetricEigen.Outcome.NotFinite;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The decomposition against what defines it, and against EJML's eigenvalues.
@Tag("kernels")
class SymmetricEigenTest {
    private static final Workspace WS = Workspace.serial();

    private static SymmetricEigen decomposed(Matrix a) {
        return assertInstanceOf(Decomposed.class, SymmetricEigen.decompose(a, WS)).eigen();
    }

    private static Matrix symmetric(Precision precision, int n) {
        Matrix g = Operands.gaussian(precision, n, n, n + 17);
        Matrix a = Matrix.zeros(precision, n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a.set(i, j, g.get(i, j) + g.get(j, i));
            }
        }
        return a;
    }

    /// ‖VᵀV − I‖ and ‖V Λ Vᵀ − A‖ / ‖A‖ within 10 n ε, values ascending.
    private static void assertDecomposes(Matrix a, SymmetricEigen eigen) {
        int n = a.rows();
        double tolerance = 10 * (n + 5) * a.precision().epsilon();
        Matrix v = eigen.vectors().copy(Precision.FLOAT64);
        Matrix product = Matrix.identity(Precision.FLOAT64, n);
        new Gemm(1, -1).multiply(v.t(), v, product, WS);
        assertEquals(0, product.norm(), tolerance);
        Matrix again = Operands.inside(a, 1);
        eigen.function(x -> x, again, WS);
        assertEquals(0, again.copy(Precision.FLOAT64).axpby(-1, a.copy(Precision.FLOAT64), 1).norm(),
                tolerance * a.norm());
        double[] values = eigen.values().toArray();
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        assertTrue(Arrays.equals(sorted, values), "ascending");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 31, 32, 33, 34, 66, 130, 201})
    void reproducesTheMatrix(int n) {
        for (Precision precision : Precision.values()) {
            Matrix a = symmetric(precision, n);
            Matrix lower = Operands.inside(a, 2);
            for (int i = 0; i < n; i++) {
                lower.row(i).slice(i + 1, n).fill(Double.NaN);
            }
            assertDecomposes(a, decomposed(lower));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 40, 101})
    void valuesAgreeWithEjml(int n) {
        Matrix a = symmetric(Precision.FLOAT64, n);
        var peer = DecompositionFactory_DDRM.eig(n, false, true);
        assertTrue(peer.decompose(new DMatrixRMaj(a.toArray())));
        double[] expected = new double[n];
        Arrays.setAll(expected, i -> peer.getEigenvalue(i).getReal());
        Arrays.sort(expected);
        Vector values = decomposed(a).values();
        for (int i = 0; i < n; i++) {
            assertEquals(expected[i], values.get(i), 1e-14 * n * a.norm());
        }
    }

    /// Multiple, zero and widely different eigenvalues: I, 0, 11ᵀ, a Gram matrix of low rank, graded matrices.
    @Test
    void degenerateMatricesAreDecomposed() {
        int n = 50;
        Matrix lowRank = Matrix.zeros(Precision.FLOAT64, n, n);
        Gemm.SET.syrk(Operands.gaussian(Precision.FLOAT64, n, 3, 2), lowRank, WS);
        Matrix down = symmetric(Precision.FLOAT64, n);
        Matrix up = down.copy();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                down.set(i, j, down.get(i, j) * Math.pow(10, -(i + j) / 4.0));
                up.set(i, j, up.get(i, j) * Math.pow(10, (i + j) / 4.0));
            }
        }
        for (Matrix a : new Matrix[]{Matrix.identity(Precision.FLOAT64, n), Matrix.zeros(Precision.FLOAT64, n, n),
            Matrix.zeros(Precision.FLOAT64, n, n).fill(3), lowRank, down, up, lowRank.copy(Precision.FLOAT32)}) {
            assertDecomposes(a, decomposed(a));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-200, 1e150, 1e300})
    void scaleDoesNotMatter(double scale) {
        Matrix a = symmetric(Precision.FLOAT64, 20);
        Vector expected = decomposed(a).values();
        SymmetricEigen eigen = decomposed(a.copy().scale(scale));
        for (int i = 0; i < 20; i++) {
            assertEquals(expected.get(i), eigen.values().get(i) / scale, 1e-13 * a.norm());
        }
    }

    @Test
    void functionsOfTheMatrixMultiply() {
        Matrix a = Operands.positiveDefinite(Precision.FLOAT64, 60, 0.1, 3);
        SymmetricEigen eigen = decomposed(a);
        Matrix root = Matrix.zeros(Precision.FLOAT64, 60, 60);
        Matrix inverse = root.copy();
        eigen.function(Math::sqrt, root, WS);
        eigen.function(x -> 1 / x, inverse, WS);
        Matrix half = root.copy();
        Gemm.SET.multiply(inverse, root, half, WS);
        Matrix identity = Matrix.identity(Precision.FLOAT64, 60);
        new Gemm(1, -1).multiply(root, half, identity, WS);
        assertEquals(0, identity.norm(), 1e-11);
    }

    @Test
    void whatIsNotFiniteIsAnOutcome() {
        for (Precision precision : Precision.values()) {
            for (double bad : new double[]{Double.NaN, Double.POSITIVE_INFINITY}) {
                Matrix a = symmetric(precision, 40);
                a.set(33, 7, bad);
                Matrix vectors = a.copy();
                var failed = SymmetricEigen.decompose(a, Vector.zeros(precision, 40), vectors, WS);
                assertTrue(assertInstanceOf(NotFinite.class, failed).advice().contains("NaN"));
                assertEquals(a.get(3, 4), vectors.get(3, 4), 0.0);
            }
        }
        Matrix large = Matrix.zeros(Precision.FLOAT32, 4, 4).fill(Float.MAX_VALUE);
        assertInstanceOf(NotFinite.class, SymmetricEigen.decompose(large, WS));
    }

    @Test
    void misuseNamesBothSides() {
        Matrix a = Matrix.zeros(Precision.FLOAT64, 3, 4);
        var e = assertThrows(IllegalArgumentException.class, () -> SymmetricEigen.decompose(a, WS));
        assertTrue(e.getMessage().contains("3 × 4"));
        SymmetricEigen eigen = decomposed(Matrix.identity(Precision.FLOAT64, 5));
        e = assertThrows(IllegalArgumentException.class, () -> eigen.function(Math::exp, a, WS));
        assertTrue(e.getMessage().contains("5 × 5") && e.getMessage().contains("3 × 4"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> eigen.function(Math::exp, eigen.vectors(), WS));
    }
}
