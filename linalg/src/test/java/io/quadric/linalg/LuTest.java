package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Lu.Outcome.Factored;
import io.quadric.linalg.Lu.Outcome.Singular;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The factorisation with its solves, and solves with triangles, against EJML and against what defines them.
@Tag("kernels")
class LuTest {
    private static final Workspace WS = Workspace.serial();

    private static Lu factored(Matrix a) {
        return assertInstanceOf(Factored.class, Lu.factor(a, WS)).lu();
    }

    /// ‖A x − b‖ ≤ c n ε (‖A‖ ‖x‖ + ‖b‖): backward stable, whatever the condition.
    private static void assertSolves(GemmOperand a, Matrix x, Matrix b) {
        Matrix residual = b.copy();
        new Gemm(1, -1).multiply(a, x, residual, WS);
        double scale = a.stored().norm() * x.norm() + b.norm();
        assertEquals(0, residual.norm(), 4 * (a.rows() + 5) * a.precision().epsilon() * scale);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 15, 16, 17, 33, 64, 70, 129, 200})
    void solves(int n) {
        for (Precision precision : Precision.values()) {
            Matrix a = Operands.gaussian(precision, n, n, n + 1);
            Matrix b = Operands.gaussian(precision, n, 9, 3);
            Lu lu = factored(Operands.inside(a, 1));
            Matrix x = Operands.inside(b, 2);
            lu.solve(x, WS);
            assertSolves(a, x, b);
            x.copyFrom(b);
            lu.solveTransposed(x, WS);
            assertSolves(a.t(), x, b);
            Vector v = b.copy().flat().slice(0, n);
            Matrix column = v.copy().asMatrix(n, 1);
            lu.solve(v, WS);
            assertSolves(a, v.asMatrix(n, 1), column);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 20, 41})
    void determinantAgreesWithEjml(int n) {
        Matrix a = Operands.gaussian(Precision.FLOAT64, n, n, n);
        double expected = CommonOps_DDRM.det(new DMatrixRMaj(a.toArray()));
        Lu lu = factored(a);
        assertEquals(expected, lu.determinant(), 1e-11 * Math.abs(expected));
        assertEquals(Math.log(Math.abs(expected)), lu.logAbsDeterminant(), 1e-11);
        assertEquals(Math.signum(expected), lu.sign());
    }

    @Test
    void multipliersAreAtMostOne() {
        Matrix factors = factored(Operands.gaussian(Precision.FLOAT64, 90, 90, 4)).factors();
        for (int i = 1; i < 90; i++) {
            assertTrue(factors.row(i).slice(0, i).maxAbs() <= 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 16, 50, 79})
    void aSingularPivotIsAnOutcome(int pivot) {
        for (Precision precision : Precision.values()) {
            Matrix a = Matrix.identity(precision, 80);
            a.set(pivot, pivot, 0);
            Singular singular = assertInstanceOf(Singular.class, Lu.factor(a, WS));
            assertEquals(pivot, singular.pivot());
            assertTrue(singular.advice().contains("singular"), singular.advice());
            a.set(79, pivot, Double.NaN);
            singular = assertInstanceOf(Singular.class, Lu.factor(a, WS));
            assertTrue(singular.advice().contains("infinite or NaN"), singular.advice());
        }
    }

    @ParameterizedTest
    @EnumSource
    void trianglesAreSolved(Triangular.Part part) {
        for (int n : new int[]{0, 1, 31, 32, 33, 100}) {
            for (Precision precision : Precision.values()) {
                Matrix a = Operands.gaussian(precision, n, n, 5).scale(1.0 / (n + 1)).addToDiagonal(2);
                Matrix t = Operands.triangle(a, part, 0);
                Triangular stored = new Triangular(Operands.triangle(a, part, Double.NaN), part);
                Matrix b = Operands.gaussian(precision, n, 150, 6);
                Matrix x = Operands.inside(b, 1);
                stored.solve(x, WS);
                assertSolves(t, x, b);
                x.copyFrom(b);
                stored.solveTransposed(x, WS);
                assertSolves(t.t(), x, b);
            }
        }
    }

    @Test
    void misuseNamesBothSides() {
        Matrix a = Matrix.zeros(Precision.FLOAT64, 3, 4);
        assertThrows(IllegalArgumentException.class, () -> Lu.factor(a, WS));
        assertThrows(IllegalArgumentException.class, () -> new Triangular(a, Triangular.Part.UPPER));
        Lu lu = factored(Matrix.identity(Precision.FLOAT64, 5));
        var e = assertThrows(IllegalArgumentException.class, () -> lu.solve(a, WS));
        assertTrue(e.getMessage().contains("order 5") && e.getMessage().contains("3 × 4"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> lu.solve(lu.factors(), WS));
    }
}
