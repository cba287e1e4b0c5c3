package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Eigenvalues against EJML, against known ones, and against sums and products that they must have.
@Tag("kernels")
class EigenvaluesTest {
    private static final Workspace WS = Workspace.serial();

    private static Eigenvalues of(Matrix a) {
        return assertInstanceOf(Eigenvalues.Outcome.Computed.class, Eigenvalues.of(a, WS)).values();
    }

    /// The largest distance of an eigenvalue from the nearest of the peer, and the other way round.
    private static double distance(Eigenvalues ours, EigenDecomposition_F64<DMatrixRMaj> peer) {
        int n = ours.order();
        double farthest = 0;
        for (int i = 0; i < n; i++) {
            double forth = Double.POSITIVE_INFINITY;
            double back = Double.POSITIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                forth = Math.min(forth, Math.hypot(ours.real().get(i) - peer.getEigenvalue(j).real,
                        ours.imaginary().get(i) - peer.getEigenvalue(j).imaginary));
                back = Math.min(back, Math.hypot(ours.real().get(j) - peer.getEigenvalue(i).real,
                        ours.imaginary().get(j) - peer.getEigenvalue(i).imaginary));
            }
            farthest = Math.max(farthest, Math.max(forth, back));
        }
        return farthest;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 10, 33, 60})
    void areThoseOfEjml(int n) {
        for (Precision precision : Precision.values()) {
            Matrix a = Operands.gaussian(precision, n, n, n + 2);
            Eigenvalues values = of(Operands.inside(a, 1));
            assertEquals(n, values.order());
            var peer = DecompositionFactory_DDRM.eig(n, false, false);
            assertTrue(n == 0 || peer.decompose(new DMatrixRMaj(a.toArray())));
            assertEquals(0, distance(values, peer), 1e-10);
            for (int i = 1; i < n; i++) {
                assertTrue(size(values, i) <= size(values, i - 1) * (1 + 1e-12), "descending");
            }
        }
    }

    private static double size(Eigenvalues values, int i) {
        return Math.hypot(values.real().get(i), values.imaginary().get(i));
    }

    /// Σ λ = tr A and Σ λ² = tr A²; complex ones are in pairs, the positive imaginary part first.
    @ParameterizedTest
    @ValueSource(ints = {3, 20, 100})
    void sumsAreTraces(int n) {
        Matrix a = Operands.gaussian(Precision.FLOAT64, n, n, 11);
        Eigenvalues values = of(a);
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double re = values.real().get(i);
            double im = values.imaginary().get(i);
            squares += re * re - im * im;
            if (im > 0) {
                assertEquals(-im, values.imaginary().get(i + 1));
                assertEquals(re, values.real().get(i + 1));
                i++;
                squares += re * re - im * im;
            }
        }
        assertEquals(a.trace(), values.real().sum(), 1e-11 * n);
        assertEquals(SvdTest.product(a, a).trace(), squares, 1e-11 * n * n);
    }

    /// Its eigenvalues are the roots of the polynomial, here e^(2πi k/n).
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 40})
    void rootsOfUnityAreThoseOfACyclicPermutation(int n) {
        Matrix a = Matrix.zeros(Precision.FLOAT64, n, n);
        for (int i = 0; i < n; i++) {
            a.set((i + 1) % n, i, 1);
        }
        Eigenvalues values = of(a);
        assertEquals(1, values.spectralRadius(), 1e-13);
        for (int i = 0; i < n; i++) {
            double turns = Math.atan2(values.imaginary().get(i), values.real().get(i)) * n / (2 * Math.PI);
            assertEquals(1, size(values, i), 1e-13);
            assertEquals(Math.rint(turns), turns, 1e-11 * n);
        }
    }

    @Test
    void triangularMatricesHaveTheirDiagonal() {
        Matrix a = Operands.gaussian(Precision.FLOAT64, 12, 12, 3);
        for (int i = 0; i < 12; i++) {
            a.row(i).slice(0, i).fill(0);
            a.set(i, i, 12 - i);
        }
        for (Matrix m : new Matrix[]{a, SvdTest.product(a.t(), Matrix.identity(Precision.FLOAT64, 12))}) {
            Eigenvalues values = of(m);
            for (int i = 0; i < 12; i++) {
                assertEquals(12 - i, values.real().get(i), 1e-9);
                assertEquals(0, values.imaginary().get(i), 1e-9);
            }
        }
    }

    /// A = D⁻¹ B D has the eigenvalues of B; without balancing they would be lost among rounding errors of 1e16.
    @Test
    void balancingKeepsSmallEigenvalues() {
        Matrix b = Operands.gaussian(Precision.FLOAT64, 8, 8, 4);
        Matrix a = b.copy();
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                a.set(i, j, b.get(i, j) * Math.pow(100, j - i));
            }
        }
        Eigenvalues expected = of(b);
        Eigenvalues values = of(a);
        for (int i = 0; i < 8; i++) {
            assertEquals(size(expected, i), size(values, i), 1e-12);
        }
    }

    @Test
    void aJordanBlockHasOneEigenvalue() {
        Matrix a = Matrix.identity(Precision.FLOAT64, 6).scale(0.5);
        for (int i = 0; i < 5; i++) {
            a.set(i, i + 1, 1);
        }
        assertEquals(0.5, of(a).spectralRadius(), 1e-12);
        assertEquals(0, of(Matrix.zeros(Precision.FLOAT32, 4, 4)).spectralRadius());
        assertEquals(0, of(Matrix.zeros(Precision.FLOAT32, 0, 0)).spectralRadius());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-100, 1e100, 1e300})
    void scalesDoNotMatter(double scale) {
        Matrix a = Operands.gaussian(Precision.FLOAT64, 10, 10, 5);
        assertEquals(of(a).spectralRadius(), of(a.copy().scale(scale)).spectralRadius() / scale, 1e-13);
    }

    @Test
    void onlySquareMatricesHaveEigenvalues() {
        Matrix a = Matrix.zeros(Precision.FLOAT64, 3, 4);
        var e = assertThrows(IllegalArgumentException.class, () -> Eigenvalues.of(a, WS));
        assertTrue(e.getMessage().contains("3 × 4"), e.getMessage());
    }
}
