package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/// QR, singular values and eigenvalues for random shapes, conditions and views: residuals in units of n ε and of the
/// norms that enter, and values against EJML's.
@Tag("kernels")
class OrthogonalFactorProperties {
    private static double unit(int n, Precision precision) {
        return 8 * (n + 5) * precision.epsilon();
    }

    /// Gaussian, with columns that differ in size by up to six orders of magnitude.
    private static Matrix graded(Precision precision, int m, int n, long seed) {
        Matrix a = Operands.gaussian(precision, m, n, seed);
        for (int j = 0; j < n; j++) {
            a.columns(j, j + 1).scale(Math.pow(10, Math.floorMod(seed * (j + 1), 7) - 3));
        }
        return Operands.inside(a, (int) (seed >>> 2 & 3));
    }

    /// ‖A B − C‖
    private static double distance(GemmOperand a, GemmOperand b, Matrix c) {
        Matrix rest = c.copy();
        new Gemm(1, -1).multiply(a, b, rest, Workspace.serial());
        return rest.norm();
    }

    @Property(tries = 40)
    void qr(@ForAll @IntRange(max = 80) int n, @ForAll @IntRange(max = 70) int more, @ForAll Precision precision,
            @ForAll long seed) {
        int m = n + more;
        Matrix a = graded(precision, m, n, seed);
        Matrix q = Operands.inside(Matrix.zeros(precision, m, n).fill(Double.NaN), 1);
        Matrix b = Operands.gaussian(precision, m, 3, seed + 1);
        Matrix x = Operands.inside(Matrix.zeros(precision, n, 3).fill(Double.NaN), 2);
        try (Workspace ws = Workspace.withThreads(2)) {
            Qr qr = assertInstanceOf(Qr.Outcome.Factored.class, Qr.factor(a, ws)).qr();
            qr.q(q, ws);
            qr.solve(b, x, ws);
            assertEquals(0, distance(q, qr.r(), a), unit(m, precision) * a.norm());
        }
        assertEquals(0, distance(q.t(), q, Matrix.identity(precision, n)), unit(m, precision));
        Matrix residual = b.copy();
        new Gemm(-1, 1).multiply(a, x, residual, Workspace.serial());
        Matrix zero = Matrix.zeros(precision, n, 3);
        // the residual is orthogonal to the columns of A
        double bound = unit(m, precision) * a.norm() * (a.norm() * x.norm() + b.norm());
        assertEquals(0, distance(a.t(), residual, zero), bound);
    }

    @Property(tries = 40)
    void svd(@ForAll @IntRange(max = 70) int m, @ForAll @IntRange(max = 70) int n, @ForAll Precision precision,
            @ForAll long seed) {
        Matrix a = graded(precision, m, n, seed);
        Svd svd;
        try (Workspace ws = Workspace.withThreads(2)) {
            svd = assertInstanceOf(Svd.Outcome.Decomposed.class, Svd.decompose(a, ws)).svd();
        }
        double unit = unit(m + n, precision);
        Matrix scaled = svd.u().copy();
        Hadamard.SET.multiply(scaled, svd.values().repeated(m), scaled, Workspace.serial());
        assertEquals(0, distance(scaled, svd.v().t(), a), unit * a.norm());
        Matrix identity = Matrix.identity(precision, Math.min(m, n));
        assertEquals(0, distance(svd.u().t(), svd.u(), identity), unit);
        assertEquals(0, distance(svd.v().t(), svd.v(), identity), unit);
        if (!a.isEmpty()) {
            var peer = DecompositionFactory_DDRM.svd(m, n, false, false, true);
            assertTrue(peer.decompose(new DMatrixRMaj(a.toArray())));
            double[] expected = Arrays.stream(peer.getSingularValues()).sorted().toArray();
            for (int i = 0; i < svd.values().size(); i++) {
                assertEquals(expected[expected.length - 1 - i], svd.values().get(i), unit * a.norm());
            }
        }
    }

    /// tr A = Σ λ, and |det A| = Π |λ| with the determinant by LU; eigenvalues of αA are α times those of A.
    @Property(tries = 40)
    void eigenvalues(@ForAll @IntRange(min = 1, max = 60) int n, @ForAll Precision precision, @ForAll long seed) {
        Matrix a = Operands.inside(Operands.gaussian(precision, n, n, seed), (int) (seed & 3));
        Eigenvalues values;
        Lu lu;
        try (Workspace ws = Workspace.withThreads(2)) {
            values = assertInstanceOf(Eigenvalues.Outcome.Computed.class, Eigenvalues.of(a, ws)).values();
            lu = assertInstanceOf(Lu.Outcome.Factored.class, Lu.factor(a.copy(Precision.FLOAT64), ws)).lu();
        }
        double logProduct = 0;
        for (int i = 0; i < n; i++) {
            logProduct += Math.log(Math.hypot(values.real().get(i), values.imaginary().get(i)));
        }
        double unit = unit(n, Precision.FLOAT64);
        assertEquals(a.copy(Precision.FLOAT64).trace(), values.real().sum(), unit * a.norm());
        assertEquals(0, values.imaginary().sum(), unit * a.norm());
        double smallest = Math.hypot(values.real().get(n - 1), values.imaginary().get(n - 1));
        assertEquals(lu.logAbsDeterminant(), logProduct, 1000 * unit * (n + a.norm() / smallest));
    }
}
