package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/// Factorisations and solves for random orders, conditions and views: residuals in units of n ε and of the norms that
/// enter. Backward stable methods have no condition in their bound.
@Tag("kernels")
class FactorizationProperties {
    private static final double FACTOR = 8;

    /// n ε, with room for small orders.
    private static double unit(int n, Precision precision) {
        return FACTOR * (n + 5) * precision.epsilon();
    }

    /// 1 to 10³ in FLOAT32, 1 to 10⁹ in FLOAT64.
    private static double condition(Precision precision, long seed) {
        return Math.pow(precision == Precision.FLOAT32 ? 10 : 1000, (seed & 3));
    }

    private static int gap(long seed) {
        return (int) (seed >>> 2 & 3);
    }

    private static Matrix wide(Matrix a) {
        return a.copy(Precision.FLOAT64);
    }

    /// ‖α A B + C‖, in FLOAT64.
    private static double norm(double alpha, GemmOperand a, GemmOperand b, Matrix c) {
        Matrix sum = wide(c);
        Matrix left = wide(a.stored());
        Matrix right = wide(b.stored());
        new Gemm(alpha, 1).multiply(a.isTransposed() ? left.t() : left, b.isTransposed() ? right.t() : right, sum,
                Workspace.serial());
        return sum.norm();
    }

    private static void assertSolves(GemmOperand a, Matrix x, Matrix b) {
        double bound = unit(a.rows(), x.precision()) * (a.stored().norm() * x.norm() + b.norm());
        assertEquals(0, norm(-1, a, x, b), bound);
    }

    @Property(tries = 40)
    void cholesky(@ForAll @IntRange(max = 140) int n, @ForAll @IntRange(max = 40) int k, @ForAll Precision precision,
            @ForAll long seed) {
        Matrix a = Operands.conditioned(precision, n, condition(precision, seed), seed);
        Matrix stored = Operands.inside(a, gap(seed));
        for (int i = 0; i < n; i++) {
            stored.row(i).slice(i + 1, n).fill(Double.NaN);
        }
        Matrix b = Operands.gaussian(precision, n, k, seed);
        Matrix x = Operands.inside(b, gap(seed >>> 2));
        Matrix inverse = Operands.inside(Matrix.zeros(precision, n, n).fill(Double.NaN), gap(seed >>> 4));
        try (Workspace ws = Workspace.withThreads(2)) {
            var factored = assertInstanceOf(Cholesky.Outcome.Factored.class, Cholesky.factor(stored, ws));
            Matrix lower = factored.cholesky().lower();
            assertEquals(0, norm(-1, lower, lower.t(), a), unit(n, precision) * a.norm());
            factored.cholesky().solve(x, ws);
            factored.cholesky().inverse(inverse, ws);
        }
        assertSolves(a, x, b);
        Matrix identity = Matrix.identity(precision, n);
        assertEquals(0, norm(-1, a, inverse, identity), unit(n, precision) * a.norm() * inverse.norm());
    }

    @Property(tries = 40)
    void lu(@ForAll @IntRange(max = 140) int n, @ForAll @IntRange(max = 40) int k, @ForAll Precision precision,
            @ForAll long seed) {
        Matrix a = Operands.gaussian(precision, n, n, seed);
        Matrix b = Operands.gaussian(precision, n, k, seed + 1);
        Matrix x = Operands.inside(b, gap(seed));
        Matrix y = Operands.inside(b, gap(seed >>> 2));
        try (Workspace ws = Workspace.withThreads(2)) {
            var outcome = Lu.factor(Operands.inside(a, gap(seed >>> 4)), ws);
            Lu lu = assertInstanceOf(Lu.Outcome.Factored.class, outcome).lu();
            lu.solve(x, ws);
            lu.solveTransposed(y, ws);
        }
        assertSolves(a, x, b);
        assertSolves(a.t(), y, b);
    }

    @Property(tries = 60)
    void triangular(@ForAll @IntRange(max = 140) int n, @ForAll @IntRange(max = 150) int k,
            @ForAll Precision precision, @ForAll Triangular.Part part, @ForAll long seed) {
        Matrix a = Operands.gaussian(precision, n, n, seed).scale(1.0 / (n + 1)).addToDiagonal(2);
        Matrix t = Operands.triangle(a, part, 0);
        Triangular stored = new Triangular(Operands.inside(Operands.triangle(a, part, Double.NaN), gap(seed)), part);
        Matrix b = Operands.gaussian(precision, n, k, seed + 1);
        Matrix x = Operands.inside(b, gap(seed >>> 2));
        Matrix y = Operands.inside(b, gap(seed >>> 4));
        try (Workspace ws = Workspace.withThreads(2)) {
            stored.solve(x, ws);
            stored.solveTransposed(y, ws);
        }
        assertSolves(t, x, b);
        assertSolves(t.t(), y, b);
    }

    @Property(tries = 40)
    void eigendecomposition(
            @ForAll @IntRange(max = 140) int n, @ForAll Precision precision, @ForAll long seed) {
        Matrix a = Operands.conditioned(precision, n, condition(precision, seed), seed).addToDiagonal(-0.3);
        Matrix v = Operands.inside(Matrix.zeros(precision, n, n), gap(seed));
        Vector values = Vector.zeros(precision, n);
        try (Workspace ws = Workspace.withThreads(2)) {
            var outcome = SymmetricEigen.decompose(Operands.inside(a, gap(seed >>> 2)), values, v, ws);
            assertInstanceOf(SymmetricEigen.Outcome.Decomposed.class, outcome);
        }
        double unit = unit(n, precision);
        assertEquals(0, norm(-1, v.t(), v, Matrix.identity(precision, n)), unit);
        Matrix scaled = wide(v);
        for (int i = 0; i < n; i++) {
            Hadamard.SET.multiply(scaled.row(i).asRow(), values.copy(Precision.FLOAT64).asRow(), scaled.row(i).asRow(),
                    Workspace.serial());
            assertTrue(i == 0 || values.get(i) >= values.get(i - 1), "ascending");
        }
        assertEquals(0, norm(-1, a, v, scaled), unit * a.norm());
    }

    /// ‖(A + λI) Xᵖ − I‖ ≤ c n ε p κ, and what the iteration's tolerance of 1e-6 allows.
    @Property(tries = 40)
    void inverseRoot(@ForAll @IntRange(max = 90) int n, @ForAll @IntRange(min = 1, max = 6) int root,
            @ForAll Precision precision, @ForAll long seed) {
        double condition = condition(precision, seed);
        Matrix a = Operands.conditioned(precision, n, condition, seed);
        Matrix newton = Operands.inside(Matrix.zeros(precision, n, n), gap(seed));
        Matrix eigen = Operands.inside(Matrix.zeros(precision, n, n), gap(seed >>> 2));
        try (Workspace ws = Workspace.withThreads(2)) {
            assertTrue(InverseRoot.of(root).compute(a, 0.01, newton, ws).succeeded());
            assertTrue(InverseRoot.of(root).byEigendecomposition(a, 0.01, eigen, ws).succeeded());
        }
        Matrix shifted = wide(a).addToDiagonal(0.01);
        double bound = unit(n, precision) * root * Math.min(condition, 100);
        assertEquals(0, rootResidual(shifted, eigen, root), bound);
        assertEquals(0, rootResidual(shifted, newton, root), bound + 1e-6 * (n + 1));
    }

    private static double rootResidual(Matrix a, Matrix x, int root) {
        Matrix power = Matrix.identity(Precision.FLOAT64, a.rows());
        for (int i = 0; i < root; i++) {
            Matrix next = Matrix.zeros(Precision.FLOAT64, a.rows(), a.rows());
            Gemm.SET.multiply(power, wide(x), next, Workspace.serial());
            power = next;
        }
        return norm(-1, a, power, Matrix.identity(Precision.FLOAT64, a.rows()));
    }

    /// A triangle and a right side in one array: they may be interleaved, but not share an element.
    @Property(tries = 60)
    void sharedElementsAreRejected(@ForAll @IntRange(min = 1, max = 50) int n,
            @ForAll @IntRange(min = 1, max = 20) int k, @ForAll @IntRange(max = 70) int from, @ForAll long seed) {
        Matrix all = Operands.gaussian(Precision.FLOAT64, n, Math.max(n, from + k), seed);
        Matrix a = all.columns(0, n).addToDiagonal(9);
        Matrix b = all.columns(from, from + k);
        Matrix before = all.copy();
        Triangular triangle = new Triangular(a, Triangular.Part.UPPER);
        Symmetric symmetric = Symmetric.lower(a);
        String solve = "";
        String product = "";
        try {
            triangle.solve(b, Workspace.serial());
        } catch (IllegalArgumentException e) {
            solve = e.getMessage();
        }
        Matrix x = b.copy();
        try {
            Gemm.SET.symm(symmetric, x, b, Workspace.serial());
        } catch (IllegalArgumentException e) {
            product = e.getMessage();
        }
        assertEquals(from < n, solve.contains("shares elements"), solve);
        assertEquals(from < n, product.contains("shares elements"), product);
        assertArrayEquals(before.columns(0, n).toArray(), a.toArray());
    }
}
