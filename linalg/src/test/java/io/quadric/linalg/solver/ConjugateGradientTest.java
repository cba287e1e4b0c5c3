package io.quadric.linalg.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Dense;
import io.quadric.linalg.operator.Diagonal;
import io.quadric.linalg.operator.InverseDiagonal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConjugateGradientTest {
    private static final Workspace WS = Workspace.serial();

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static LinearSystem system(int n, long seed, boolean preconditioned) {
        Matrix root = Matrix.zeros(Precision.FLOAT64, n, n);
        Sampling.gaussian(0, 1, random(seed), root);
        Matrix b = Matrix.identity(Precision.FLOAT64, n);
        Gemm.ADD.syrk(root, b, WS);
        Vector right = Vector.zeros(Precision.FLOAT64, n);
        Sampling.gaussian(0, 1, random(seed + 1), right.asRow());
        Vector diagonal = Vector.zeros(Precision.FLOAT64, n);
        for (int i = 0; i < n; i++) {
            diagonal.set(i, b.get(i, i));
        }
        return preconditioned
                ? new LinearSystem(new Dense(b), right, new InverseDiagonal(diagonal))
                : new LinearSystem(new Dense(b), right);
    }

    private static Vector residual(LinearSystem system, Vector x) {
        Vector r = Vector.zeros(Precision.FLOAT64, x.size());
        system.operator().apply(x, r, WS);
        return r.axpy(-1, system.rightSide());
    }

    @Property(tries = 60)
    void solvesAndItsModelFallsAtEveryIterate(
            @ForAll @IntRange(min = 1, max = 12) int n, @ForAll long seed, @ForAll boolean preconditioned) {
        LinearSystem system = system(n, seed, preconditioned);
        Vector x = Vector.zeros(Precision.FLOAT64, n);
        List<Double> models = new ArrayList<>(List.of(0.0));
        IterateListener listener = (j, iterate, model) -> {
            Vector r = residual(system, iterate);
            assertEquals(0.5 * (r.dot(iterate) - system.rightSide().dot(iterate)), model, 1e-9 * Math.abs(model));
            assertTrue(model <= models.getLast() + 1e-12 * Math.abs(model));
            models.add(model);
            return false;
        };
        SolveReport report = new ConjugateGradient(20 * n, 1e-10, 0).solve(system, x, listener, WS);
        assertInstanceOf(Outcome.Converged.class, report.outcome());
        assertEquals(0, residual(system, x).norm(), 1e-9);
        assertEquals(models.getLast(), report.model());
    }

    @Test
    void startingAtTheSolutionTakesNoIteration() {
        LinearSystem system = system(6, 3, false);
        Vector x = Vector.zeros(Precision.FLOAT64, 6);
        ConjugateGradient cg = new ConjugateGradient(200, 1e-10, 0);
        cg.solve(system, x, WS);
        SolveReport again = new ConjugateGradient(200, 1e-8, 0).solve(system, x, WS);
        assertEquals(0, again.iterations());
    }

    @Test
    void negativeCurvatureKeepsTheIterateBefore() {
        Matrix indefinite = Matrix.of(2, 2, 1.0, 0.0, 0.0, -1.0);
        LinearSystem system = new LinearSystem(new Dense(indefinite), Vector.of(1.0, 2.0));
        Vector x = Vector.zeros(Precision.FLOAT64, 2);
        SolveReport report = new ConjugateGradient(10, 0, 0).solve(system, x, WS);
        assertInstanceOf(Outcome.NegativeCurvature.class, report.outcome());
        assertEquals(0, report.iterations());
        assertEquals(0, x.norm());
    }

    @Test
    void aProductThatIsNotFiniteIsAnOutcome() {
        Matrix broken = Matrix.of(1, 1, Double.NaN);
        Vector x = Vector.of(1.0);
        SolveReport report = new ConjugateGradient(10, 0, 0).solve(new LinearSystem(new Dense(broken), Vector.of(1.0)),
                x, WS);
        assertInstanceOf(Outcome.NotFinite.class, report.outcome());
        assertEquals(1.0, x.get(0));
    }

    @Test
    void endsWhenTheModelNoLongerFalls() {
        LinearSystem system = system(60, 8, false);
        Vector x = Vector.zeros(Precision.FLOAT64, 60);
        SolveReport report = new ConjugateGradient(1000, 0, 0.01).solve(system, x, WS);
        assertInstanceOf(Outcome.ProgressEnded.class, report.outcome());
        assertTrue(report.iterations() >= 10 && report.iterations() < 1000, report.toString());
    }

    /// Eigenvalues from 1 to 10⁴, so that the iteration is long enough for a window above 10.
    private static LinearSystem stiff(int n) {
        Vector eigenvalues = Vector.zeros(Precision.FLOAT64, n);
        for (int i = 0; i < n; i++) {
            eigenvalues.set(i, Math.pow(10, 4.0 * i / (n - 1)));
        }
        Vector right = Vector.zeros(Precision.FLOAT64, n);
        Sampling.gaussian(0, 1, random(2), right.asRow());
        return new LinearSystem(new Diagonal(eigenvalues), right);
    }

    /// The first iterate j > k with (M(xⱼ) − M(xⱼ₋ₖ)) / M(xⱼ) < 10⁻⁴.
    private static int ending(List<Double> models, IntUnaryOperator window) {
        int j = 1;
        while (j <= window.applyAsInt(j)
                || (models.get(j) - models.get(j - window.applyAsInt(j))) / models.get(j) >= 1e-4) {
            j++;
        }
        return j;
    }

    @Test
    void theWindowOfTheProgressGrowsWithTheIterations() {
        LinearSystem system = stiff(400);
        List<Double> models = new ArrayList<>(List.of(0.0));
        new ConjugateGradient(800, 0, 0).solve(system, Vector.zeros(Precision.FLOAT64, 400),
                (j, x, model) -> !models.add(model), WS);
        SolveReport report = new ConjugateGradient(800, 0, 1e-4)
                .solve(system, Vector.zeros(Precision.FLOAT64, 400), WS);
        assertInstanceOf(Outcome.ProgressEnded.class, report.outcome());
        assertEquals(ending(models, j -> Math.max(10, j / 10)), report.iterations());
        assertTrue(report.iterations() / 10 > 10, report.toString());
        assertTrue(ending(models, j -> 10) < report.iterations(), "a window of 10 would have ended it before");
    }

    @Test
    void keepsTheIteratesOfTheGrid() {
        LinearSystem system = system(30, 4, false);
        try (var frame = WS.open()) {
            KeptIterates kept = new KeptIterates(1.3, 20, Precision.FLOAT64, 30, frame);
            new ConjugateGradient(9, 0, 0).solve(system, frame.vector(Precision.FLOAT64, 30).fill(0), kept, WS);
            List<Integer> iterations = new ArrayList<>();
            for (int i = 0; i < kept.count(); i++) {
                iterations.add(kept.iteration(i));
            }
            assertEquals(List.of(1, 2, 3, 4, 5, 7, 9), iterations, "⌈1.3ⁱ⌉ up to 9");
            assertThrows(IllegalArgumentException.class, () -> new KeptIterates(1, 9, Precision.FLOAT64, 30, frame));
        }
    }

    @Test
    void sizesMustAgree() {
        Dense two = new Dense(Matrix.identity(Precision.FLOAT64, 2));
        Exception e = assertThrows(IllegalArgumentException.class, () -> new LinearSystem(two, Vector.of(1.0)));
        assertTrue(e.getMessage().contains("order 2") && e.getMessage().contains("1"), e.getMessage());
    }

    /// Its passes over long vectors are shared out, and their sums put together in one order.
    @Test
    void theNumberOfThreadsChangesNoBit() {
        int n = 100_003;
        Vector d = Vector.zeros(Precision.FLOAT32, n);
        Sampling.uniform(0.5, 100, random(1), d.asRow());
        Vector right = Vector.zeros(Precision.FLOAT32, n);
        Sampling.gaussian(0, 1, random(2), right.asRow());
        for (LinearSystem system : List.of(
                new LinearSystem(new Diagonal(d).damped(0.1), right),
                new LinearSystem(new Diagonal(d).damped(0.1), right, new InverseDiagonal(d.copy().scale(2))))) {
            Vector one = Vector.zeros(Precision.FLOAT32, n);
            Vector three = Vector.zeros(Precision.FLOAT32, n);
            ConjugateGradient solver = new ConjugateGradient(20, 0, 0);
            SolveReport serial = solver.solve(system, one, WS);
            try (Workspace ws = Workspace.withThreads(3)) {
                assertEquals(serial, solver.solve(system, three, ws));
            }
            assertEquals(0, one.axpy(-1, three).maxAbs());
            assertTrue(three.maxAbs() > 0.01);
        }
    }
}
