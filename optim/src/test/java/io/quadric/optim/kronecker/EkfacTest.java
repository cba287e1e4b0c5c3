package io.quadric.optim.kronecker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.State;
import io.quadric.optim.StepReport;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import io.quadric.optim.internal.JoinedBlock;
import io.quadric.optim.kronecker.Ekfac.Eigenvalues;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Momentum;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Directions in eigenbases, against dense matrices made without eigenvectors.
class EkfacTest {
    private static final double DAMPING = 0.07;

    private static Ekfac ekfac(Eigenvalues eigenvalues, GradientSource source) {
        return new Ekfac(
                new DirectStep(1),
                source,
                new Momentum(0, false),
                new Ekfac.Statistics(0.9, 1, 1, eigenvalues),
                DAMPING);
    }

    private static double[] move(Problem problem, Ekfac ekfac) {
        Vector before = problem.parameters.values().copy();
        problem.step(problem.start(ekfac));
        return before.axpy(-1, problem.parameters.values()).toArray();
    }

    /// (A ⊗ G + (λ+η)I)⁻¹ by a dense Cholesky factorisation of each block.
    @Test
    void theProductOfEigenvaluesIsExactDamping() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Vector expected = problem.gradient();
            KroneckerFactors factors = new KroneckerFactors(problem.parameters.layout(), Precision.FLOAT64);
            try (var at = problem.linearization()) {
                factors.observe(new Observation(0, 1), at, GradientSource.EXACT, Problem.random(1));
            }
            double shift = DAMPING + problem.model.l2();
            for (AffineBlock block : problem.parameters.layout().blocks()) {
                solveDense(block, factors, shift, expected, problem);
            }
            double[] got = move(problem, ekfac(Eigenvalues.PRODUCT, GradientSource.EXACT));
            assertArrayEquals(expected.toArray(), got, 1e-11 * expected.norm());
        }
    }

    private static void solveDense(
            AffineBlock block, KroneckerFactors factors, double shift, Vector flat, Problem problem) {
        Matrix a = factors.input(block.index());
        Matrix g = factors.output(block.index());
        int n = a.rows() * g.rows();
        Matrix dense = Matrix.zeros(Precision.FLOAT64, n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                dense.set(i, j, g.get(i / a.rows(), j / a.rows()) * a.get(i % a.rows(), j % a.rows()));
            }
        }
        Matrix joined = Matrix.zeros(Precision.FLOAT64, g.rows(), a.rows());
        JoinedBlock.gather(block, flat, joined);
        if (Cholesky.factor(dense.addToDiagonal(shift),
                problem.ws) instanceof Cholesky.Outcome.Factored(Cholesky cholesky)) {
            cholesky.solve(joined.flat(), problem.ws);
        }
        JoinedBlock.scatter(block, joined, flat);
    }

    /// S has the trace of the empirical Fisher matrix's block, in any basis: the sum of its diagonal.
    @Test
    void measuredMomentsKeepTheTrace() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(ekfac(Eigenvalues.MEASURED, GradientSource.EMPIRICAL));
            Vector diagonal = problem.parameters.values().copy();
            try (var at = problem.linearization()) {
                at.empiricalFisherDiagonal(diagonal);
            }
            problem.step(run);
            State state = run.state();
            for (AffineBlock block : problem.parameters.layout().blocks()) {
                double trace = block.weight().of(diagonal).sum() + block.bias().get().of(diagonal).sum();
                assertEquals(trace, state.arrays().get("eigen." + block.index() + ".diagonal").sum(), 1e-13);
            }
        }
    }

    /// With one case the block is ā āᵀ ⊗ g gᵀ: measured and multiplied eigenvalues are the same.
    @Test
    void measuredAndMultipliedAgreeOnOneCase() {
        double[][] moves = new double[2][];
        for (Eigenvalues eigenvalues : List.of(Eigenvalues.PRODUCT, Eigenvalues.MEASURED)) {
            try (Problem problem = Problem.curved(Precision.FLOAT64, 1).firstCases(1)) {
                moves[eigenvalues.ordinal()] = move(problem, ekfac(eigenvalues, GradientSource.EMPIRICAL));
            }
        }
        assertArrayEquals(moves[0], moves[1], 1e-11);
    }

    /// A factor that is not finite leaves the bases as they were and is reported.
    @Test
    void whatIsNotFiniteIsKeptOut() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(ekfac(Eigenvalues.MEASURED, GradientSource.EMPIRICAL));
            problem.step(run);
            State state = run.state();
            double[] vectors = state.arrays().get("eigen.1.input.vectors").toArray();
            state.arrays().get("input.1").set(0, Double.NaN);
            run.restore(state);
            StepReport report = problem.step(run);
            assertTrue(report.moved(), report::toString);
            assertEquals(1, report.figures().get("blocksWithOldBases"));
            assertArrayEquals(vectors, run.state().arrays().get("eigen.1.input.vectors").toArray());
        }
    }
}
