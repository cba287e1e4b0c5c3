package io.quadric.linalg.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Lu;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Operands;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Kronecker;
import io.quadric.linalg.operator.SelfAdjointOperator;
import org.junit.jupiter.api.Test;

/// Kronecker products and their damped inverses against dense matrices.
class StructuredInverseTest {
    private static final Workspace WS = Workspace.serial();
    private static final Precision P = Precision.FLOAT64;

    private static Kronecker product(int left, int right) {
        return new Kronecker(Operands.positiveDefinite(P, left, 0.2, 1), Operands.positiveDefinite(P, right, 0.1, 2));
    }

    private static Vector gaussian(int n) {
        return Operands.gaussian(P, 1, n, 5).row(0);
    }

    private static void assertInverts(SelfAdjointOperator a, SelfAdjointOperator inverse) {
        Vector x = gaussian(a.size());
        Vector y = Vector.zeros(P, a.size());
        Vector back = Vector.zeros(P, a.size());
        a.apply(x, y, WS);
        inverse.apply(y, back, WS);
        assertEquals(0, back.axpy(-1, x).norm(), 1e-11 * x.norm());
    }

    private static double logDeterminant(SelfAdjointOperator a) {
        return ((Lu.Outcome.Factored) Lu.factor(a.toDense(WS), WS)).lu().logAbsDeterminant();
    }

    @Test
    void scalarsOfAProductAreThoseOfTheDenseMatrix() {
        Kronecker product = product(4, 3);
        Matrix dense = product.toDense(WS);
        assertEquals(dense.trace(), product.trace(), 1e-13);
        assertEquals(dense.norm(), product.frobeniusNorm(), 1e-13);
        assertEquals(logDeterminant(product), product.logDeterminant(WS).getAsDouble(), 1e-12);
        Kronecker singular = new Kronecker(Matrix.zeros(P, 2, 2), product.right());
        assertTrue(singular.logDeterminant(WS).isEmpty());
    }

    /// Both conventions stand for the one matrix: X by rows, and its transpose by columns, are the same vector.
    @Test
    void bothConventionsAreTheSameMatrix() {
        Kronecker product = product(4, 3);
        Matrix x = Operands.gaussian(P, 4, 3, 6);
        Matrix transposed = Matrix.zeros(P, 3, 4);
        for (int i = 0; i < 4; i++) {
            transposed.columns(i, i + 1).copyFrom(x.row(i).asMatrix(3, 1));
        }
        Matrix y = Matrix.zeros(P, 4, 3);
        product.apply(x.flat(), y.flat(), WS);
        Matrix byColumns = Matrix.zeros(P, 3, 4);
        product.applyByColumns(transposed, byColumns, WS);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 3; j++) {
                assertEquals(y.get(i, j), byColumns.get(j, i), 1e-13);
            }
        }
    }

    @Test
    void eigenbasesInvertTheDampedProductExactly() {
        for (double damping : new double[]{0, 1e-3, 2}) {
            KroneckerEigen eigen = new KroneckerEigen(P, 5, 4);
            Kronecker product = product(5, 4);
            assertTrue(eigen.prepare(product, WS));
            assertInverts(product.damped(damping), eigen.inverse(damping));
            assertEquals(logDeterminant(product.damped(damping)), eigen.logDeterminant(damping), 1e-10);
        }
    }

    @Test
    void splitDampingInvertsTheProductOfTheDampedFactors() {
        KroneckerInverse split = new KroneckerInverse(P, 3, 2);
        assertTrue(split.prepare(product(3, 2), 1.5, 0.04, WS));
        Kronecker damped = new Kronecker(product(3, 2).left().copy().addToDiagonal(0.2 / 1.5),
                product(3, 2).right().copy().addToDiagonal(0.2 * 1.5));
        assertInverts(damped, split.operator());
    }

    @Test
    void failedFactorsKeepWhatWasBefore() {
        KroneckerEigen eigen = new KroneckerEigen(P, 5, 4);
        assertTrue(eigen.prepare(product(5, 4), WS));
        Kronecker bad = product(5, 4);
        bad.right().set(2, 1, Double.NaN);
        assertFalse(eigen.prepare(bad, WS));
        assertInverts(product(5, 4).damped(0.1), eigen.inverse(0.1));
    }

    @Test
    void aFactorThatIsNotSquareIsRefused() {
        Matrix a = Matrix.zeros(P, 2, 3);
        var e = assertThrows(IllegalArgumentException.class, () -> new Kronecker(a, Matrix.identity(P, 2)));
        assertTrue(e.getMessage().contains("2 × 3"), e.getMessage());
    }
}
