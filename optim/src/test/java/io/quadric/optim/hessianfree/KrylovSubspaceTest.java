package io.quadric.optim.hessianfree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.operator.Identity;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.linalg.solver.ConjugateGradient;
import io.quadric.linalg.solver.LinearSystem;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.StepReport;
import io.quadric.optim.internal.TrialObjective;
import io.quadric.optim.recipe.Optimizers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KrylovSubspaceTest {
    private static Optimizer with(Map<String, String> more) {
        Map<String, String> values = new TreeMap<>(Map.of("preconditioner", "none", "lambda", "0.01"));
        values.putAll(more);
        return HyperParameters.with(Optimizers.krylovSubspaceDescent(), values);
    }

    private static Vector moved(Problem problem) {
        for (int i = 0; i < problem.parameters.values().size(); i++) {
            double value = 2 * Math.sin(1 + i);
            int at = i;
            problem.parameters.update(theta -> theta.set(at, value));
        }
        return problem.parameters.values().copy();
    }

    /// The iterates of CG from 0 on (B + λI)δ = −∇f; those of the grid must not be better than the step, with BFGS or
    /// without.
    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "15"})
    void isNeverWorseThanConjugateGradientsInTheSameSpace(String searchIterations) {
        for (double lambda : new double[]{1e-4, 1e-2, 1}) {
            try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
                Vector theta = moved(problem);
                double least = leastOfConjugateGradients(problem, lambda, 12);
                double before = problem.loss();
                problem.step(problem.start(with(Map.of("dimension", "12", "searchIterations", searchIterations,
                        "lambda", Double.toString(lambda)))));
                assertTrue(problem.loss() <= Math.min(before, least) + 1e-9 * before,
                        problem.loss() + " after, CG reaches " + least);
                problem.parameters.update(values -> values.copyFrom(theta));
            }
        }
    }

    private static double leastOfConjugateGradients(Problem problem, double lambda, int iterations) {
        Start start = new Start(problem.model, problem.parameters, List.of(), 1, problem.ws);
        TrialObjective objective = new TrialObjective(start, problem.batch);
        double least = Double.POSITIVE_INFINITY;
        try (var at = problem.linearization()) {
            LinearSystem system = new LinearSystem(at.gaussNewton().damped(lambda), problem.gradient().scale(-1));
            for (int j : new int[]{1, 2, 3, 4, 5, 7, 9, iterations}) {
                Vector x = problem.gradient().fill(0);
                new ConjugateGradient(j, 0, 0).solve(system, x, problem.ws);
                least = Math.min(least, objective.at(1, x));
            }
        }
        return least;
    }

    /// With all dimensions a quadratic is minimised in one step, whatever P spans the space.
    @ParameterizedTest
    @ValueSource(strings = {"none", "empirical-fisher", "rademacher", "exact", "kronecker"})
    void oneStepOnAQuadraticLandsOnTheMinimiser(String preconditioner) {
        try (Problem problem = Problem.quadratic()) {
            int n = problem.parameters.values().size();
            problem.step(problem.start(with(Map.of("dimension", "" + n, "preconditioner", preconditioner))));
            assertEquals(0, problem.gradient().norm(), 1e-6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBasisIsOrthonormalAndProjectsTheCurvature(Precision precision) {
        double tolerance = precision == Precision.FLOAT64 ? 1e-12 : 1e-5;
        try (Problem problem = Problem.curved(precision, 1);
                var at = problem.linearization();
                var frame = problem.ws.open()) {
            Vector g = problem.gradient();
            SelfAdjointOperator b = at.gaussNewton();
            KrylovBasis basis = new KrylovBasis(precision, 11, g.size(), frame);
            basis.addKrylov(b, new Identity(precision, g.size()), g, 10);
            basis.add(b, problem.parameters.values());
            basis.add(b, g);
            assertEquals(11, basis.count(), "g itself is in the span");
            Matrix v = Matrix.zeros(precision, 11, g.size());
            for (int i = 0; i < 11; i++) {
                Vector unit = Vector.zeros(precision, 11);
                unit.set(i, 1);
                basis.combine(unit, v.row(i));
            }
            Matrix gram = Matrix.zeros(precision, 11, 11);
            Gemm.SET.multiply(v, v.t(), gram, problem.ws);
            assertNear(Matrix.identity(precision, 11), gram, tolerance);
            Matrix image = Matrix.zeros(precision, 11, g.size());
            for (int i = 0; i < 11; i++) {
                b.apply(v.row(i), image.row(i), problem.ws);
            }
            Gemm.SET.multiply(v, image.t(), gram, problem.ws);
            assertNear(gram, basis.projected(), tolerance * gram.flat().maxAbs());
        }
    }

    private static void assertNear(Matrix expected, Matrix actual, double tolerance) {
        assertArrayEquals(expected.copy().flat().toArray(), actual.copy().flat().toArray(), tolerance);
    }

    /// At a minimiser of the search batch no point is lower.
    @Test
    void aUselessSpaceIsReportedAndTrainingRecovers() {
        try (Problem problem = Problem.quadratic()) {
            int n = problem.parameters.values().size();
            Run run = problem.start(with(Map.of("dimension", "" + n)));
            for (int k = 0; k < 20 && problem.step(run).moved(); k++) {
                assertTrue(run.steps() < 20, "comes to rest");
            }
            double[] before = problem.parameters.values().toArray();
            StepReport report = run.step(new StepData(problem.firstCases(20).batch, problem.batch, problem.batch));
            var rejected = assertInstanceOf(StepOutcome.Rejected.class, report.outcome());
            assertTrue(rejected.reason().contains("no point of the subspace"), rejected.reason());
            assertArrayEquals(before, problem.parameters.values().toArray());
            assertTrue(run.step(new StepData(problem.firstCases(20).batch)).moved());
        }
    }

    @Test
    void aSearchBatchThatIsNotFiniteIsReported() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(with(Map.of()));
            problem.step(run);
            double[] before = problem.parameters.values().toArray();
            assertTrue(!run.step(new StepData(problem.batch, problem.batch, problem.spoiled())).moved());
            assertArrayEquals(before, problem.parameters.values().toArray());
            assertTrue(problem.step(run).moved());
        }
    }
}
