package io.quadric.optim.kronecker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.optim.Problem;
import io.quadric.optim.internal.DenseBfgs;
import io.quadric.optim.internal.LimitedMemoryBfgs;
import io.quadric.optim.kronecker.PairDamping.Pair;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/// Theorems of Ren (2022, chapters 2 and 3) on quasi-Newton updates, for random matrices and pairs.
class BfgsProperties {
    private final Workspace ws = Workspace.serial();

    private static Vector gaussian(int n, RandomGenerator random) {
        Vector x = Vector.zeros(Precision.FLOAT64, n);
        Sampling.gaussian(0, 1, random, x.asRow());
        return x;
    }

    private Matrix definite(int n, RandomGenerator random) {
        Matrix product = Matrix.zeros(Precision.FLOAT64, n, n);
        new Gemm(1.0 / n, 0).syrk(gaussian(n * n, random).asMatrix(n, n), product, ws);
        return product.addToDiagonal(0.1);
    }

    private Vector product(Matrix h, Vector x) {
        Vector y = x.copy();
        Gemm.SET.multiply(h, x.asMatrix(x.size(), 1), y.asMatrix(x.size(), 1), ws);
        return y;
    }

    private Matrix inverse(Matrix a) {
        Matrix inverse = a.copy();
        assertInstanceOf(Cholesky.Outcome.Factored.class, Cholesky.factor(a, ws));
        if (Cholesky.factor(a, ws) instanceof Cholesky.Outcome.Factored(Cholesky cholesky)) {
            cholesky.inverse(inverse, ws);
        }
        return inverse;
    }

    /// λ_min and λ_max
    private double[] range(Matrix h) {
        if (SymmetricEigen.decompose(h, ws) instanceof SymmetricEigen.Outcome.Decomposed(SymmetricEigen eigen)) {
            return new double[]{eigen.values().get(0), eigen.values().get(h.rows() - 1)};
        }
        throw new AssertionError("no eigenvalues");
    }

    private static void assertClose(Matrix expected, Matrix got, double tolerance) {
        assertArrayEquals(expected.flat().toArray(), got.flat().toArray(), tolerance * expected.norm());
    }

    /// Any pair, with sᵀy < 0 too, becomes one whose update keeps H symmetric and positive definite and meets Hỹ = s̃.
    @Property(tries = 100, seed = "1", shrinking = ShrinkingMode.OFF)
    void dampedUpdatesAreDefiniteAndMeetTheSecantEquation(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int n, @ForAll PairDamping rule) {
        RandomGenerator random = Problem.random(seed);
        DenseBfgs h = new DenseBfgs(definite(n, random));
        Vector s = gaussian(n, random);
        Vector y = gaussian(n, random);
        rule.apply(h, new Pair(s, y), 0.2, 0.3, ws);
        assertTrue(h.update(s, y, ws));
        Matrix updated = h.matrix();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                assertEquals(updated.get(i, j), updated.get(j, i), 1e-12 * updated.norm());
            }
        }
        assertTrue(range(updated)[0] > 0, "positive definite");
        assertArrayEquals(s.toArray(), product(updated, y).toArray(), 1e-9 * (1 + s.norm()));
    }

    /// Theorem 1: with H = A⁻¹, s = Ha, y = (A + c aaᵀ)s the update is the inverse of A + c aaᵀ.
    @Property(tries = 60, seed = "1", shrinking = ShrinkingMode.OFF)
    void hessianActionInvertsARankOneChange(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 12) int n,
            @ForAll @DoubleRange(min = 0.01, max = 10) double c) {
        RandomGenerator random = Problem.random(seed);
        Matrix a = definite(n, random);
        Vector direction = gaussian(n, random);
        DenseBfgs h = new DenseBfgs(inverse(a));
        Vector s = product(h.matrix(), direction);
        new Gemm(c, 1).syrk(direction.asMatrix(n, 1), a, ws);
        assertTrue(h.update(s, product(a, s), ws));
        assertClose(inverse(a), h.matrix(), 1e-9);
    }

    /// Theorem 1 for the whole Broyden family, of which BFGS is φ = 1: every φ gives the same inverse.
    @Property(tries = 60, seed = "1", shrinking = ShrinkingMode.OFF)
    void everyBroydenUpdateInvertsARankOneChange(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 8) int n,
            @ForAll @DoubleRange(min = -3, max = 3) double phi) {
        RandomGenerator random = Problem.random(seed);
        Matrix a = definite(n, random);
        Vector direction = gaussian(n, random);
        Matrix h = inverse(a);
        Vector s = product(h, direction);
        new Gemm(0.7, 1).syrk(direction.asMatrix(n, 1), a, ws);
        Vector y = product(a, s);
        assertClose(inverse(a), broyden(h, s, y, phi), 1e-8);
    }

    /// The update of the library is the one of the family with φ = 1, for any pair.
    @Property(tries = 60, seed = "1", shrinking = ShrinkingMode.OFF)
    void bfgsIsABroydenUpdate(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int n) {
        RandomGenerator random = Problem.random(seed);
        Matrix h = definite(n, random);
        Vector s = gaussian(n, random);
        Vector y = gaussian(n, random);
        y.scale(Math.signum(s.dot(y)));
        Matrix expected = broyden(h.copy(), s, y, 1);
        assertTrue(new DenseBfgs(h).update(s, y, ws));
        assertClose(expected, h, 1e-9);
    }

    /// H − Hy(Hy)ᵀ / yᵀHy + ssᵀ / sᵀy + φ yᵀHy vvᵀ, v = s / sᵀy − Hy / yᵀHy
    private Matrix broyden(Matrix h, Vector s, Vector y, double phi) {
        Vector hy = product(h, y);
        double energy = y.dot(hy);
        double product = s.dot(y);
        Vector v = s.copy().scale(1 / product).axpy(-1 / energy, hy);
        new Gemm(-1 / energy, 1).outer(hy, hy, h, ws);
        new Gemm(1 / product, 1).outer(s, s, h, ws);
        new Gemm(phi * energy, 1).outer(v, v, h, ws);
        return h;
    }

    /// (2.8) and (2.10) with the pair's own μ₁ = sᵀy / yᵀHy and μ₂ = sᵀy / sᵀs.
    @Property(tries = 60, seed = "1", shrinking = ShrinkingMode.OFF)
    void updatesAreBounded(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int n) {
        RandomGenerator random = Problem.random(seed);
        DenseBfgs h = new DenseBfgs(definite(n, random));
        double[] before = range(h.matrix());
        Vector s = gaussian(n, random);
        Vector y = gaussian(n, random);
        y.scale(Math.signum(s.dot(y)));
        double mu1 = s.dot(y) / y.dot(product(h.matrix(), y));
        double mu2 = s.dot(y) / s.dot(s);
        assertTrue(h.update(s, y, ws));
        double slack = 1 + 1e-6;
        double[] after = range(h.matrix());
        assertTrue(1 / after[0] <= slack / before[0] * (1 + 1 / mu1) || after[0] < 1e-10 * after[1]);
        double root = Math.sqrt(before[1]) + 1 / Math.sqrt(mu1 * mu2);
        assertTrue(after[1] <= slack * (root * root + 1 / mu2));
    }

    /// Lemma 4: D_{P(I)} D_LM bounds s̃ᵀs̃/s̃ᵀỹ by 1/μ₂ and ỹᵀỹ/s̃ᵀỹ by μ₂(1 + 2μ₁)/μ₁, whatever the pair.
    @Property(tries = 100, seed = "1", shrinking = ShrinkingMode.OFF)
    void dampingWithTheIdentityBoundsThePair(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 12) int n,
            @ForAll @DoubleRange(min = 0.05, max = 0.9) double mu1,
            @ForAll @DoubleRange(min = 0.05, max = 5) double mu2) {
        RandomGenerator random = Problem.random(seed);
        Vector s = gaussian(n, random);
        Vector y = gaussian(n, random);
        PairDamping.IDENTITY_LM.apply(new DenseBfgs(definite(n, random)), new Pair(s, y), mu1, mu2, ws);
        double slack = 1 + 1e-12;
        assertTrue(s.dot(s) / s.dot(y) <= slack / mu2);
        assertTrue(y.dot(y) / s.dot(y) <= slack * mu2 * (1 + 2 * mu1) / mu1);
    }

    /// Lemmas 5 and 6: with such pairs p updates keep λ_max(B) ≤ 1/γ + p/μ₃ and λ_max(H) within the recursion's bound.
    /// The compact form is the recursion from γI over the last p pairs.
    @Property(tries = 40, seed = "1", shrinking = ShrinkingMode.OFF)
    void limitedMemoryIsTheBoundedRecursion(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 10) int n,
            @ForAll @IntRange(min = 1, max = 5) int memory,
            @ForAll @IntRange(min = 1, max = 9) int pairs) {
        RandomGenerator random = Problem.random(seed);
        double mu1 = 0.2;
        double mu2 = 0.5;
        double mu3 = mu1 / (mu2 * (1 + 2 * mu1));
        LimitedMemoryBfgs compact = new LimitedMemoryBfgs(Precision.FLOAT64, memory, n, 1 / mu2);
        DenseBfgs recursion = new DenseBfgs(Matrix.identity(Precision.FLOAT64, n).scale(1 / mu2));
        double bound = 1 / mu2;
        for (int i = 0; i < pairs; i++) {
            Vector s = gaussian(n, random);
            Vector y = gaussian(n, random);
            PairDamping.IDENTITY_LM.apply(compact, new Pair(s, y), mu1, mu2, ws);
            assertTrue(compact.update(s, y, ws));
            if (i >= pairs - memory) {
                assertTrue(recursion.update(s, y, ws));
                double factor = 1 + 1 / Math.sqrt(mu2 * mu3);
                bound = factor * factor * bound + 1 / mu2;
            }
        }
        Matrix h = Matrix.zeros(Precision.FLOAT64, n, n);
        compact.apply(Matrix.identity(Precision.FLOAT64, n), h, ws);
        assertClose(recursion.matrix(), h, 1e-8);
        double[] range = range(recursion.matrix());
        assertTrue(1 / range[0] <= (1 + 1e-6) * (mu2 + Math.min(memory, pairs) / mu3));
        assertTrue(range[1] <= (1 + 1e-6) * bound);
    }
}
