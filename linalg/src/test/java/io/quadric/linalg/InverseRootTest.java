package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.InverseRoot.Outcome.Converged;
import io.quadric.linalg.InverseRoot.Outcome.FromEigenvalues;
import io.quadric.linalg.InverseRoot.Outcome.NotDecomposed;
import io.quadric.linalg.InverseRoot.Outcome.NotPositiveDefinite;
import io.quadric.linalg.InverseRoot.Outcome.OfLowRank;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The iteration against the eigendecomposition, and both against what defines the root.
@Tag("kernels")
class InverseRootTest {
    private static final Workspace WS = Workspace.serial();

    /// ‖(A + λI) Xᵖ − I‖
    private static double residual(Matrix a, double shift, Matrix x, int root) {
        int n = a.rows();
        Matrix product = a.copy(Precision.FLOAT64).addToDiagonal(shift);
        Matrix wide = x.copy(Precision.FLOAT64);
        for (int i = 0; i < root; i++) {
            Matrix next = Matrix.zeros(Precision.FLOAT64, n, n);
            Gemm.SET.multiply(product, wide, next, WS);
            product = next;
        }
        return product.addToDiagonal(-1).norm();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 7})
    void bothWaysGiveTheRoot(int root) {
        for (int n : new int[]{0, 1, 5, 40, 70, 100}) {
            Matrix a = Operands.positiveDefinite(Precision.FLOAT64, n, 0, n);
            Matrix newton = Operands.inside(Matrix.zeros(Precision.FLOAT64, n, n), 1);
            Matrix eigen = newton.copy();
            var outcome = InverseRoot.of(root).compute(a, 0.05, newton, WS);
            assertTrue(assertInstanceOf(Converged.class, outcome).error() <= 1e-6);
            assertInstanceOf(FromEigenvalues.class, InverseRoot.of(root).byEigendecomposition(a, 0.05, eigen, WS));
            assertEquals(0, residual(a, 0.05, eigen, root), 1e-11);
            assertEquals(0, residual(a, 0.05, newton, root), 1e-6 * (1 + n));
            assertEquals(0, newton.copy().axpby(-1, eigen, 1).norm(), 1e-6 * (1 + eigen.norm()));
        }
    }

    @Test
    void floatsGiveTheRootToTheirPrecision() {
        Matrix a = Operands.positiveDefinite(Precision.FLOAT32, 60, 0, 8);
        for (int root = 1; root <= 6; root++) {
            Matrix x = Matrix.zeros(Precision.FLOAT32, 60, 60);
            assertTrue(InverseRoot.of(root).compute(a, 0.1, x, WS).succeeded());
            assertEquals(0, residual(a, 0.1, x, root), 5e-4);
        }
    }

    /// Stretching takes at most two thirds of the steps of the published iteration, which on a diagonal matrix is that
    /// of the smallest element.
    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-4, 1e-6})
    void stretchingSavesIterations(double smallest) {
        double[] values = {1, 0.3, smallest};
        Matrix a = Matrix.zeros(Precision.FLOAT64, 3, 3);
        for (int i = 0; i < 3; i++) {
            a.set(i, i, values[i] - smallest);
        }
        double m = smallest * 5 / (2 * a.copy().addToDiagonal(smallest).norm());
        int published = 0;
        for (; Math.abs(m - 1) > 1e-6; published++) {
            m *= Math.pow((5 - m) / 4, 4);
        }
        var outcome = InverseRoot.of(4).compute(a, smallest, a, WS);
        int iterations = assertInstanceOf(Converged.class, outcome).iterations();
        assertTrue(iterations <= 2 * published / 3 + 1, iterations + " of " + published);
        for (int i = 0; i < 3; i++) {
            double expected = Math.pow(values[i], -0.25);
            assertEquals(expected, a.get(i, i), 1e-6 * expected);
        }
    }

    /// From 96 rows on the iteration takes polynomials of higher degree, whatever the condition.
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-2, 1e-3, 3e-5})
    void fewStepsOfPolynomialsGiveTheRoot(double shift) {
        Matrix a = Operands.positiveDefinite(Precision.FLOAT64, 97, 0, 97);
        double damping = shift * a.norm();
        for (int root : new int[]{1, 2, 3, 4, 6}) {
            Matrix x = a.copy();
            var converged = assertInstanceOf(Converged.class, InverseRoot.of(root).compute(x, damping, x, WS));
            assertTrue(converged.iterations() <= 6 && converged.error() <= 1e-6, converged.toString());
            Matrix eigen = a.copy();
            InverseRoot.of(root).byEigendecomposition(a, damping, eigen, WS);
            assertEquals(0, x.axpby(-1, eigen, 1).norm(), 1e-6 * eigen.norm());
        }
    }

    /// Eigenvalues of A below zero are outside of what the polynomials are made for.
    @Test
    void polynomialsOutsideTheirIntervalAreNotUsed() {
        Matrix a = Operands.positiveDefinite(Precision.FLOAT64, 97, 0, 97);
        a.addToDiagonal(-1e-3 * a.norm());
        Matrix x = a.copy();
        double shift = 1.01e-3 * a.norm();
        assertTrue(InverseRoot.of(4).compute(a, shift, x, WS).succeeded());
        Matrix eigen = a.copy();
        InverseRoot.of(4).byEigendecomposition(a, shift, eigen, WS);
        assertEquals(0, x.axpby(-1, eigen, 1).norm(), 1e-5 * eigen.norm());
    }

    /// Averages of outer products, as of gradients, with and without a decay that makes them of low rank.
    @ParameterizedTest
    @EnumSource(Precision.class)
    void averagesOfOuterProductsHaveLowRank(Precision precision) {
        int n = 160;
        for (double decay : new double[]{0.5, 0.95}) {
            Matrix a = Matrix.zeros(precision, n, n);
            Matrix rows = Operands.gaussian(precision, 60, n, 3);
            for (int i = 0; i < rows.rows(); i++) {
                new Gemm(1 - decay, decay).outer(rows.row(i), rows.row(i), a, WS);
            }
            for (int root : new int[]{1, 2, 4}) {
                Matrix x = Matrix.zeros(precision, n, n);
                var outcome = InverseRoot.of(root).compute(a, 0.1, x, WS);
                assertEquals(decay == 0.5, outcome instanceof OfLowRank, outcome.toString());
                assertEquals(0, residual(a, 0.1, x, root), precision == Precision.FLOAT64 ? 1e-5 : 1e-3);
            }
        }
        Matrix zero = Matrix.zeros(precision, n, n);
        assertEquals(new OfLowRank(0), InverseRoot.of(4).compute(zero, 1.0 / 16, zero, WS));
        assertEquals(0, zero.axpby(-1, Matrix.identity(precision, n), 0.5).norm());
    }

    @Test
    void fallsBackToTheEigendecomposition() {
        Matrix a = Operands.positiveDefinite(Precision.FLOAT64, 30, 0.1, 8);
        Matrix x = a.copy();
        assertInstanceOf(FromEigenvalues.class, new InverseRoot(4, 3, 1e-6).compute(a, 0, x, WS));
        assertEquals(0, residual(a, 0, x, 4), 1e-11);
        Matrix singular = Matrix.of(new double[][]{{1, 0}, {0, 0}});
        var failed = assertInstanceOf(NotPositiveDefinite.class, InverseRoot.of(4).compute(singular, 0, singular, WS));
        assertEquals(0, failed.eigenvalue());
    }

    @Test
    void withoutRootNothingIsWritten() {
        Matrix a = Matrix.identity(Precision.FLOAT64, 20);
        a.set(7, 7, -2);
        Matrix out = Matrix.zeros(Precision.FLOAT64, 20, 20).fill(5);
        var failed = assertInstanceOf(NotPositiveDefinite.class, InverseRoot.of(2).compute(a, 0.5, out, WS));
        assertEquals(-1.5, failed.eigenvalue(), 1e-14);
        assertTrue(failed.advice().contains("damping"));
        a.set(9, 3, Double.NaN);
        assertInstanceOf(NotDecomposed.class, InverseRoot.of(2).compute(a, 0.5, out, WS));
        assertEquals(5, out.maxAbs());
        assertEquals(100, out.norm());
    }

    @Test
    void misuseNamesBothSides() {
        Matrix a = Matrix.zeros(Precision.FLOAT64, 3, 4);
        var e = assertThrows(IllegalArgumentException.class, () -> InverseRoot.of(2).compute(a, 0, a, WS));
        assertTrue(e.getMessage().contains("3 × 4"));
        assertThrows(IllegalArgumentException.class, () -> InverseRoot.of(0));
        assertThrows(IllegalArgumentException.class, () -> new InverseRoot(2, 10, Double.NaN));
    }
}
