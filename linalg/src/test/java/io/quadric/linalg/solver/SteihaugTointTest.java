package io.quadric.linalg.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Dense;
import io.quadric.linalg.operator.InverseDiagonal;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SteihaugTointTest {
    private static final Workspace WS = Workspace.serial();

    /// A random symmetric B, b and a diagonal P.
    private record Case(Matrix b, Vector right, Vector p) {
        static Case random(int n, long seed, double shift) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            Matrix root = Matrix.zeros(Precision.FLOAT64, n, n);
            Sampling.gaussian(0, 1, random, root);
            Matrix b = Matrix.zeros(Precision.FLOAT64, n, n);
            Vector right = Vector.zeros(Precision.FLOAT64, n);
            Vector p = Vector.zeros(Precision.FLOAT64, n);
            for (int i = 0; i < n; i++) {
                right.set(i, random.nextGaussian());
                p.set(i, Math.exp(random.nextGaussian()));
                for (int j = 0; j < n; j++) {
                    b.set(i, j, root.row(i).dot(root.row(j)) + (i == j ? shift : 0));
                }
            }
            return new Case(b, right, p);
        }

        LinearSystem system() {
            return new LinearSystem(new Dense(b), right, new InverseDiagonal(p));
        }

        double model(Vector x) {
            Vector product = x.copy();
            new Dense(b).apply(x, product, WS);
            return 0.5 * x.dot(product) - right.dot(x);
        }

        double norm(Vector x) {
            double sum = 0;
            for (int i = 0; i < x.size(); i++) {
                sum += p.get(i) * x.get(i) * x.get(i);
            }
            return Math.sqrt(sum);
        }

        /// The least M in the region: with y = P^½ x, C = P^−½ B P^−½ = QΛQᵀ and c = QᵀP^−½ b, the solution is
        /// yᵢ = cᵢ / (λᵢ + μ) with the least μ ≥ 0 above −λ_min that lies within (no hard case for random b).
        double exact(double radius) {
            int n = right.size();
            Matrix c = b.copy();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    c.set(i, j, b.get(i, j) / Math.sqrt(p.get(i) * p.get(j)));
                }
            }
            Vector values = Vector.zeros(Precision.FLOAT64, n);
            Matrix q = c.copy();
            SymmetricEigen.decompose(c, values, q, WS);
            double[] along = new double[n];
            double least = 0;
            for (int k = 0; k < n; k++) {
                for (int i = 0; i < n; i++) {
                    along[k] += q.get(i, k) * right.get(i) / Math.sqrt(p.get(i));
                }
                least = Math.max(least, -values.get(k));
            }
            double low = least;
            double high = least + right.norm() * 1e3 / radius + 1;
            for (int k = 0; k < 200; k++) {
                double middle = (low + high) / 2;
                if (length(values, along, middle) > radius) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            double m = 0;
            for (int k = 0; k < n; k++) {
                double y = along[k] / (values.get(k) + high);
                m += 0.5 * values.get(k) * y * y - along[k] * y;
            }
            return m;
        }

        private static double length(Vector values, double[] along, double mu) {
            double sum = 0;
            for (int k = 0; k < along.length; k++) {
                sum += Math.pow(along[k] / (values.get(k) + mu), 2);
            }
            return Math.sqrt(sum);
        }
    }

    @Property(tries = 100)
    void isAtLeastHalfAsGoodAsTheExactSolution(
            @ForAll @IntRange(min = 1, max = 10) int n, @ForAll long seed, @ForAll @IntRange(min = -6, max = 3) int r) {
        Case random = Case.random(n, seed, 0.1);
        double radius = Math.pow(2, r);
        Vector x = Vector.zeros(Precision.FLOAT64, n);
        SolveReport report = new SteihaugToint(50 * n, 1e-10).solve(random.system(), radius, x, WS);
        double exact = random.exact(radius);
        double slack = 1e-9 * Math.abs(exact);
        assertEquals(random.model(x), report.model(), slack);
        assertTrue(random.norm(x) <= radius * (1 + 1e-9), random.norm(x) + " beyond " + radius);
        assertTrue(report.model() >= exact - slack, report.model() + " below the least value " + exact);
        assertTrue(report.model() <= 0.5 * exact + slack, report.model() + " above half of " + exact);
    }

    /// At least the decrease of the first direction alone, the Cauchy point; on the boundary or at a minimiser.
    @Property(tries = 100)
    void followsNegativeCurvatureToTheBoundary(@ForAll @IntRange(min = 2, max = 10) int n, @ForAll long seed) {
        Case random = Case.random(n, seed, -1.5 * n);
        Vector x = Vector.zeros(Precision.FLOAT64, n);
        SolveReport report = new SteihaugToint(50 * n, 1e-10).solve(random.system(), 0.5, x, WS);
        Vector cauchy = x.copy();
        new SteihaugToint(1, 1e-10).solve(random.system(), 0.5, cauchy, WS);
        double exact = random.exact(0.5);
        assertTrue(report.model() <= random.model(cauchy) + 1e-9 * Math.abs(exact));
        assertTrue(report.model() >= exact - 1e-9 * Math.abs(exact));
        if (report.outcome() instanceof Outcome.NegativeCurvature) {
            assertEquals(0.5, random.norm(x), 1e-9);
        }
    }

    @Test
    void inALargeRegionItIsConjugateGradients() {
        Case random = Case.random(8, 3, 1);
        Vector x = Vector.zeros(Precision.FLOAT64, 8);
        Vector y = x.copy();
        SolveReport report = new SteihaugToint(100, 1e-10).solve(random.system(), 1e6, x, WS);
        SolveReport free = new ConjugateGradient(100, 1e-10, 0).solve(random.system(), y, WS);
        assertInstanceOf(Outcome.Converged.class, report.outcome());
        assertEquals(free.iterations(), report.iterations());
        assertEquals(0, y.axpy(-1, x).norm(), 1e-12);
    }

    /// Rounding takes the conjugacy of directions from ill-conditioned B, not the bound from the solution.
    @Test
    void staysWithinTheRegionWhereDirectionsAreNoLongerConjugate() {
        for (long seed = 0; seed < 500; seed++) {
            Case random = Case.random(10, seed, 1e-4);
            Vector x = Vector.zeros(Precision.FLOAT64, 10);
            new SteihaugToint(500, 1e-10).solve(random.system(), 4, x, WS);
            assertTrue(random.norm(x) <= 4 * (1 + 1e-10), random.norm(x) + " beyond 4 with seed " + seed);
        }
    }

    @Test
    void theRadiusIsPositive() {
        Case random = Case.random(2, 3, 1);
        assertThrows(
                IllegalArgumentException.class,
                () -> new SteihaugToint(5, 0).solve(random.system(), 0, random.right().copy(), WS));
    }
}
