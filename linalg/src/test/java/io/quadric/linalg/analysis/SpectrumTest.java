package io.quadric.linalg.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Dense;
import io.quadric.linalg.operator.Diagonal;
import io.quadric.linalg.operator.SelfAdjointOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpectrumTest {
    private static final Workspace WS = Workspace.serial();
    private static final int N = 40;

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// RᵀR for a Gaussian R of the given number of rows.
    private static Matrix gram(Precision precision, int rank) {
        Matrix root = Matrix.zeros(precision, rank, N);
        Sampling.gaussian(0, 1, random(rank), root);
        Matrix gram = Matrix.zeros(precision, N, N);
        Gemm.SET.syrk(root.t(), gram, WS);
        return gram;
    }

    private static Vector eigenvalues(Matrix a) {
        return ((SymmetricEigen.Outcome.Decomposed) SymmetricEigen.decompose(a, WS)).eigen().values();
    }

    private static double trace(Matrix a) {
        double sum = 0;
        for (int i = 0; i < a.rows(); i++) {
            sum += a.get(i, i);
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void asManyStepsAsDimensionsFindAllEigenvalues(Precision precision) {
        Matrix a = gram(precision, N);
        Vector expected = eigenvalues(a);
        RitzValues found = new Lanczos(N).run(new Dense(a), random(1), WS);
        double bound = 100 * precision.epsilon() * expected.get(N - 1);
        for (int i = 0; i < N; i++) {
            assertEquals(expected.get(i), found.values().get(i), bound);
        }
    }

    @Test
    void fewStepsStayWithinTheSpectrumAndTheirBounds() {
        Matrix a = gram(Precision.FLOAT64, N);
        Vector expected = eigenvalues(a);
        RitzValues found = new Lanczos(12).run(new Dense(a), random(2), WS);
        assertTrue(found.largest() <= expected.get(N - 1) * (1 + 1e-12));
        assertTrue(found.smallest() >= expected.get(0) * (1 - 1e-12));
        for (int i = 0; i < found.values().size(); i++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < N; j++) {
                nearest = Math.min(nearest, Math.abs(expected.get(j) - found.values().get(i)));
            }
            assertTrue(nearest <= found.residuals().get(i) + 1e-10, "Ritz value " + i);
        }
    }

    @Test
    void anExhaustedSpaceEndsTheProcessWithExactValues() {
        Vector diagonal = Vector.zeros(Precision.FLOAT64, N);
        for (int i = 0; i < N; i++) {
            diagonal.set(i, 1 + i % 3);
        }
        RitzValues found = new Lanczos(N).run(new Diagonal(diagonal), random(3), WS);
        assertEquals(3, found.values().size());
        assertEquals(3, found.condition(), 1e-12);
        assertEquals(0, found.residuals().get(0));
    }

    @Test
    void theDensityHasTheMomentsOfTheSpectrum() {
        Matrix a = gram(Precision.FLOAT64, N);
        SpectralDensity density = SpectralDensity.estimate(new Dense(a), new Lanczos(15), 200, random(4), WS);
        Vector eigenvalues = eigenvalues(a);
        double squares = eigenvalues.dot(eigenvalues) / N;
        assertEquals(trace(a) / N, density.mean(x -> x), 0.05 * trace(a) / N);
        assertEquals(squares, density.mean(x -> x * x), 0.1 * squares);
        double area = 0;
        for (double x = -50; x < 250; x += 0.5) {
            area += 0.5 * density.at(x, 2);
        }
        assertEquals(1, area, 1e-6);
    }

    @Test
    void hutchinsonIsExactOnADiagonalAndUnbiasedElsewhere() {
        Matrix a = gram(Precision.FLOAT64, N);
        Vector diagonal = eigenvalues(a);
        TraceEstimate exact = TraceEstimate.hutchinson(new Diagonal(diagonal), 1, random(5), WS);
        assertEquals(trace(a), exact.trace(), 1e-9);
        TraceEstimate estimate = TraceEstimate.hutchinson(new Dense(a), 2000, random(6), WS);
        // a normal deviate beyond 5 standard errors has probability 6e-7
        assertEquals(trace(a), estimate.trace(), 5 * estimate.standardError());
        assertTrue(estimate.standardError() < 0.01 * trace(a));
    }

    @Test
    void hutchPlusPlusIsExactForLowRankAndBetterThanHutchinson() {
        SelfAdjointOperator low = new Dense(gram(Precision.FLOAT64, 5));
        TraceEstimate exact = TraceEstimate.hutchPlusPlus(low, 21, random(7), WS);
        assertEquals(trace(gram(Precision.FLOAT64, 5)), exact.trace(), 1e-9);
        assertTrue(exact.products() <= 21);

        Matrix a = gram(Precision.FLOAT64, 8);
        a.axpby(0.01, gram(Precision.FLOAT64, N), 1);
        double plain = 0;
        double better = 0;
        for (int seed = 0; seed < 30; seed++) {
            plain += Math.abs(TraceEstimate.hutchinson(new Dense(a), 30, random(seed), WS).trace() - trace(a));
            better += Math.abs(TraceEstimate.hutchPlusPlus(new Dense(a), 30, random(seed), WS).trace() - trace(a));
        }
        assertTrue(better < plain / 5, better + " against " + plain);
    }

    @Test
    void refusesWhatMakesNoSense() {
        SelfAdjointOperator one = new Diagonal(Vector.of(1.0, 2.0));
        assertThrows(IllegalArgumentException.class, () -> new Lanczos(0));
        assertThrows(IllegalArgumentException.class, () -> new Lanczos(1).run(one, Vector.of(0.0, 0.0), WS));
        assertThrows(IllegalArgumentException.class, () -> TraceEstimate.hutchinson(one, 0, random(1), WS));
        assertThrows(IllegalArgumentException.class, () -> TraceEstimate.hutchPlusPlus(one, 2, random(1), WS));
        SelfAdjointOperator broken = new Diagonal(Vector.of(Double.NaN, 2.0));
        assertThrows(IllegalStateException.class, () -> new Lanczos(1).run(broken, Vector.of(1.0, 1.0), WS));
    }
}
