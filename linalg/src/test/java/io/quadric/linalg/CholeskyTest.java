package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Cholesky.Outcome.Factored;
import io.quadric.linalg.Cholesky.Outcome.NotPositiveDefinite;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The factorisation, its solves and the inverse, against EJML and against what defines them.
@Tag("kernels")
class CholeskyTest {
    private static final Workspace WS = Workspace.serial();

    private static Cholesky factored(Matrix a) {
        return assertInstanceOf(Factored.class, Cholesky.factor(a, WS)).cholesky();
    }

    /// With eigenvalues of A between 0.5 and about 4.5.
    private static Matrix wellConditioned(Precision precision, int n) {
        return Operands.positiveDefinite(precision, n, 0.5, n);
    }

    private static void assertNear(Matrix expected, Matrix actual, double tolerance) {
        double distance = actual.copy(Precision.FLOAT64).axpby(-1, expected.copy(Precision.FLOAT64), 1).norm();
        assertEquals(0, distance, tolerance * (1 + expected.norm()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 31, 32, 33, 64, 65, 97, 150, 257})
    void reproducesTheMatrixAndItsInverse(int n) {
        for (Precision precision : Precision.values()) {
            Matrix a = wellConditioned(precision, n);
            Matrix stored = Operands.inside(a, 2);
            for (int i = 0; i < n; i++) {
                stored.row(i).slice(i + 1, n).fill(Double.NaN);
            }
            Cholesky cholesky = factored(stored);
            double tolerance = 10 * (n + 5) * precision.epsilon();
            Matrix product = Matrix.zeros(precision, n, n);
            Gemm.SET.multiply(cholesky.lower(), cholesky.lower().t(), product, WS);
            assertNear(a, product, tolerance);

            Matrix inverse = Operands.inside(product.fill(Double.NaN), 1);
            cholesky.inverse(inverse, WS);
            DMatrixRMaj expected = new DMatrixRMaj(n, n);
            if (n > 0) {
                assertTrue(CommonOps_DDRM.invert(new DMatrixRMaj(a.toArray()), expected));
            }
            assertNear(Matrix.of(n, n, expected.data), inverse, 10 * tolerance);
            assertSymmetric(inverse);
        }
    }

    private static void assertSymmetric(Matrix a) {
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < i; j++) {
                assertEquals(a.get(i, j), a.get(j, i), 0.0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 40, 129})
    void solves(int n) {
        for (Precision precision : Precision.values()) {
            Matrix a = wellConditioned(precision, n);
            Matrix x = Operands.gaussian(precision, n, 7, 3);
            Matrix b = Matrix.zeros(precision, n, 7);
            Gemm.SET.multiply(a, x, b, WS);
            Cholesky cholesky = factored(a);
            Vector first = Vector.zeros(precision, n);
            for (int i = 0; i < n; i++) {
                first.set(i, b.get(i, 0));
            }
            cholesky.solve(first, WS);
            cholesky.solve(b, WS);
            assertNear(x, b, 100 * (n + 5) * precision.epsilon());
            assertNear(x.columns(0, 1), first.asMatrix(n, 1), 100 * (n + 5) * precision.epsilon());
        }
    }

    @Test
    void triangularSolvesAreTheHalvesOfASolve() {
        Matrix a = wellConditioned(Precision.FLOAT64, 70);
        Cholesky cholesky = factored(a);
        Matrix b = Operands.gaussian(Precision.FLOAT64, 70, 3, 1);
        Matrix y = b.copy();
        cholesky.solveLower(y, WS);
        Matrix product = Matrix.zeros(Precision.FLOAT64, 70, 3);
        Gemm.SET.multiply(cholesky.lower(), y, product, WS);
        assertNear(b, product, 1e-13);
        cholesky.solveUpper(y, WS);
        cholesky.solve(b, WS);
        assertNear(b, y, 1e-13);
    }

    /// The damped inverse is the inverse of the damped matrix, and nothing is written where there is none.
    @Test
    void dampedInversesAreInverses() {
        for (Precision precision : Precision.values()) {
            Matrix a = wellConditioned(precision, 70);
            Matrix expected = Matrix.zeros(precision, 70, 70);
            factored(a.copy().scale(0.5).addToDiagonal(0.3)).inverse(expected, WS);
            Matrix inverse = a.copy();
            assertTrue(Cholesky.invertDamped(inverse, 0.5, 0.3, inverse, WS));
            assertEquals(0, inverse.copy().axpby(-1, expected, 1).maxAbs());
            assertFalse(Cholesky.invertDamped(a, -1, 0, inverse, WS));
            assertEquals(0, inverse.axpby(-1, expected, 1).maxAbs());
        }
    }

    @Test
    void logDeterminantIsThatOfTheProductOfPivots() {
        Matrix a = wellConditioned(Precision.FLOAT64, 45);
        double determinant = CommonOps_DDRM.det(new DMatrixRMaj(a.toArray()));
        assertEquals(Math.log(determinant), factored(a).logDeterminant(), 1e-11);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 32, 50, 99})
    void aFailingPivotIsAnOutcome(int pivot) {
        for (Precision precision : Precision.values()) {
            Matrix a = Matrix.identity(precision, 100);
            a.set(pivot, pivot, -2);
            var failed = assertInstanceOf(NotPositiveDefinite.class, Cholesky.factor(a, WS));
            assertEquals(pivot, failed.pivot());
            assertEquals(-2, failed.value());
            assertTrue(failed.advice().contains("damping"), failed.advice());
            a.set(pivot, 0, Double.NaN);
            failed = assertInstanceOf(NotPositiveDefinite.class, Cholesky.factor(a, WS));
            assertTrue(failed.advice().contains("infinite or NaN"), failed.advice());
        }
    }

    @Test
    void misuseNamesBothSides() {
        Matrix a = Matrix.zeros(Precision.FLOAT64, 3, 4);
        var e = assertThrows(IllegalArgumentException.class, () -> Cholesky.factor(a, WS));
        assertTrue(e.getMessage().contains("3 × 4"));
        Matrix identity = Matrix.identity(Precision.FLOAT64, 5);
        var outcome = assertInstanceOf(Cholesky.Outcome.Factored.class, Cholesky.factorInPlace(identity, WS));
        Cholesky cholesky = outcome.cholesky();
        e = assertThrows(IllegalArgumentException.class, () -> cholesky.solve(a, WS));
        assertTrue(e.getMessage().contains("order 5") && e.getMessage().contains("3 × 4"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> cholesky.inverse(identity, WS));
    }
}
