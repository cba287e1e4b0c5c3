package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Qr.Outcome.RankDeficient;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The factorisation and its least-squares solutions against EJML and against what defines them.
@Tag("kernels")
class QrTest {
    private static final Workspace WS = Workspace.serial();

    private static Qr factored(Matrix a) {
        return assertInstanceOf(Qr.Outcome.Factored.class, Qr.factor(a, WS)).qr();
    }

    /// Sizes around those of a panel, and none at all.
    @ParameterizedTest
    @CsvSource({"0,0", "3,0", "1,1", "2,1", "31,31", "40,32", "33,33", "100,64", "90,65", "300,129"})
    void isTheProductOfAnOrthogonalAndATriangularMatrix(int m, int n) {
        for (Precision precision : Precision.values()) {
            Matrix a = Operands.gaussian(precision, m, n, m + n);
            Qr qr = factored(Operands.inside(a, 1));
            Matrix q = Operands.inside(Matrix.zeros(precision, m, n).fill(Double.NaN), 2);
            qr.q(q, WS);
            Matrix r = qr.r();
            double unit = 4 * (m + 5) * precision.epsilon();
            Matrix rest = a.copy();
            new Gemm(-1, 1).multiply(q, r, rest, WS);
            assertEquals(0, rest.norm(), unit * (a.norm() + 1));
            Matrix identity = Matrix.identity(precision, n);
            new Gemm(-1, 1).multiply(q.t(), q, identity, WS);
            assertEquals(0, identity.norm(), unit);
            for (int i = 1; i < n; i++) {
                assertEquals(0, r.row(i).slice(0, i).norm(), "below the diagonal");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5,5", "20,7", "120,40"})
    void solutionsAreThoseOfEjml(int m, int n) {
        Matrix a = Operands.gaussian(Precision.FLOAT64, m, n, 1);
        Matrix b = Operands.gaussian(Precision.FLOAT64, m, 3, 2);
        var solver = LinearSolverFactory_DDRM.leastSquares(m, n);
        assertTrue(solver.setA(new DMatrixRMaj(a.toArray())));
        DMatrixRMaj expected = new DMatrixRMaj(n, 3);
        solver.solve(new DMatrixRMaj(b.toArray()), expected);
        Matrix x = Matrix.zeros(Precision.FLOAT64, n, 3);
        factored(a).solve(b, x, WS);
        assertEquals(0, x.axpby(-1, Matrix.of(n, 3, expected.data), 1).maxAbs(), 1e-11);
        Vector first = Vector.zeros(Precision.FLOAT64, n);
        factored(a).solve(b.columns(0, 1).copy().flat(), first, WS);
        assertEquals(expected.get(n - 1, 0), first.get(n - 1), 1e-11);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 50})
    void aColumnThatDependsOnOthersIsNamed(int column) {
        for (Precision precision : Precision.values()) {
            Matrix a = Operands.gaussian(precision, 80, 51, 3);
            Matrix dependent = a.columns(column, column + 1).fill(0);
            if (column > 0) {
                dependent.axpby(0.3, a.columns(0, 1), 0).axpby(-2, a.columns(column / 2, column / 2 + 1), 1);
            }
            RankDeficient outcome = assertInstanceOf(RankDeficient.class, Qr.factor(a, WS));
            assertEquals(column, outcome.column());
            assertTrue(outcome.distance() < 100 * precision.epsilon(), outcome.toString());
            assertTrue(outcome.advice().contains("column " + column) && outcome.advice().contains("Svd"));
        }
    }

    /// Columns of very different size are no reason for an outcome, nor are elements whose squares overflow or vanish.
    @ParameterizedTest
    @ValueSource(doubles = {1e-40, 1e-30, 1, 1e30})
    void scalesDoNotMatter(double scale) {
        for (Precision precision : Precision.values()) {
            Matrix a = Operands.gaussian(precision, 50, 40, 5);
            a.columns(7, 8).scale(1e-3 * scale);
            a.columns(8, 40).scale(scale);
            Qr qr = factored(a);
            Matrix q = Matrix.zeros(precision, 50, 40);
            qr.q(q, WS);
            Matrix identity = Matrix.identity(precision, 40);
            new Gemm(-1, 1).multiply(q.t(), q, identity, WS);
            assertEquals(0, identity.norm(), (scale == 1e-40 ? 1e5 : 200) * precision.epsilon());
        }
    }

    @Test
    void misuseNamesBothSides() {
        Matrix wide = Matrix.zeros(Precision.FLOAT64, 3, 4);
        var e = assertThrows(IllegalArgumentException.class, () -> Qr.factor(wide, WS));
        assertTrue(e.getMessage().contains("3 × 4"), e.getMessage());
        Qr qr = factored(Operands.gaussian(Precision.FLOAT64, 5, 2, 1));
        e = assertThrows(IllegalArgumentException.class,
                () -> qr.solve(wide, Matrix.zeros(Precision.FLOAT64, 2, 4), WS));
        assertTrue(e.getMessage().contains("5 × 2") && e.getMessage().contains("3 × 4"), e.getMessage());
        Matrix shared = Matrix.zeros(Precision.FLOAT64, 5, 2);
        assertThrows(IllegalArgumentException.class, () -> qr.solve(shared, shared.rows(0, 2), WS));
        assertThrows(IllegalArgumentException.class, () -> qr.q(Matrix.zeros(Precision.FLOAT32, 5, 2), WS));
    }
}
