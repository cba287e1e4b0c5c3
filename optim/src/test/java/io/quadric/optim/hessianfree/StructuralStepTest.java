package io.quadric.optim.hessianfree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Draws;
import io.quadric.nn.Linearization;
import io.quadric.nn.layer.StructuralDamping;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.curvature.CurvatureMatrix;
import io.quadric.optim.recipe.Optimizers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Steps and preconditioners with structural damping, against dense matrices.
class StructuralStepTest {
    private static final double LAMBDA = 3;
    private static final double MU = 0.4;

    /// @param recurrent which problem
    /// @param distance between hidden units
    /// @param curvature B
    /// @param kind D
    private record Case(
            boolean recurrent, StructuralDamping.Distance distance, CurvatureMatrix curvature,
            DampingMatrix.Kind kind) {
        Problem problem() {
            return recurrent ? Problem.recurrent() : Problem.curved(Precision.FLOAT64, 1);
        }

        StructuralDamping term(Problem problem) {
            List<Integer> layers = StructuralDamping.hiddenLayers(problem.model.network().layers());
            return new StructuralDamping(LAMBDA * MU, distance, layers);
        }

        DampingMatrix matrix() {
            return new DampingMatrix(kind, 0.5, 0.1);
        }

        /// Solves its system to the end.
        HessianFree optimizer(Preconditioner preconditioner) {
            return new HessianFree(
                    curvature, new LevenbergMarquardt(LAMBDA, true), matrix(),
                    new ModelSolver(new CgSettings(400, 1e-12, 0, 0.95)), preconditioner,
                    new StepSearch(BacktrackingRule.none(), false, 1),
                    new StructuralDampingRule(MU, distance, StructuralDampingRule.Strength.TIMES_LAMBDA));
        }
    }

    /// All but D = B with a B that may be indefinite.
    static Stream<Case> cases() {
        return Stream.of(false, true)
                .flatMap(recurrent -> Stream.of(StructuralDamping.Distance.values())
                        .flatMap(distance -> Stream.of(CurvatureMatrix.values())
                                .flatMap(curvature -> Stream.of(
                                        DampingMatrix.Fixed.IDENTITY, DampingMatrix.Fixed.CURVATURE,
                                        CurvatureDiagonal.Usual.EXACT)
                                        .map(kind -> new Case(recurrent, distance, curvature, kind)))))
                .filter(one -> one.curvature() != CurvatureMatrix.HESSIAN
                        || one.kind() != DampingMatrix.Fixed.CURVATURE);
    }

    /// B + λD + λμS
    private static Matrix dense(Case one, Problem problem, Linearization at) {
        Matrix b;
        try (var frame = problem.ws.open()) {
            b = Problem.dense(one.curvature().of(at, frame), problem.ws);
        }
        Matrix d = Matrix.identity(Precision.FLOAT64, b.rows());
        if (one.kind() instanceof CurvatureDiagonal) {
            Matrix gaussNewton = Problem.dense(at.gaussNewton(), problem.ws);
            for (int i = 0; i < b.rows(); i++) {
                d.set(i, i, Math.sqrt(gaussNewton.get(i, i) + 0.1));
            }
        } else if (one.kind() == DampingMatrix.Fixed.CURVATURE) {
            d = b.copy();
        }
        return b.axpby(LAMBDA, d, 1).axpby(1, Problem.dense(at.structural(one.term(problem)), problem.ws), 1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theStepSolvesItsSystem(Case one) {
        try (Problem problem = one.problem()) {
            Matrix system;
            try (var at = problem.linearization()) {
                system = dense(one, problem, at);
            }
            Vector residual = problem.gradient();
            Vector before = problem.parameters.values().copy();
            Run run = problem.start(one.optimizer(new Preconditioner(CurvatureDiagonal.Usual.EXACT, 0.75, 0)));
            assertEquals(LAMBDA * MU, problem.step(run).figures().get("structuralDamping"), "the strength in use");
            Vector delta = problem.parameters.values().copy().axpy(-1, before);
            for (int i = 0; i < delta.size(); i++) {
                assertEquals(0, residual.get(i) + system.row(i).dot(delta), 1e-9);
            }
        }
    }

    /// P⁻¹ applied to ones, with ξ = 1.
    private static Vector inverse(Case one, Problem problem, CurvatureDiagonal diagonal, long seed) {
        try (var _ = problem.ws.open(); var at = problem.linearization()) {
            Vector ones = problem.parameters.values().copy().fill(1);
            Vector inverse = ones.copy();
            var setting = new DampedModel.Setting(
                    one.matrix(), new Preconditioner(diagonal, 1, 0), LAMBDA, Optional.of(one.term(problem)));
            try (var inner = problem.ws.open()) {
                var model = new DampedModel(setting, Optional.empty(), new Draws(seed, 0), ones, inner);
                model.observe(at, 1);
                model.complete(at);
                model.inversePreconditioner().apply(ones, inverse, problem.ws);
            }
            return inverse;
        }
    }

    static Stream<Case> gaussNewton() {
        return cases().filter(one -> one.curvature() == CurvatureMatrix.GAUSS_NEWTON);
    }

    @ParameterizedTest
    @MethodSource("gaussNewton")
    void theExactDiagonalIsThatOfTheSystem(Case one) {
        try (Problem problem = one.problem(); var at = problem.linearization()) {
            Matrix system = dense(one, problem, at);
            double[] expected = new double[system.rows()];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = 1 / system.get(i, i);
            }
            assertArrayEquals(expected, inverse(one, problem, CurvatureDiagonal.Usual.EXACT, 1).toArray(), 1e-12);
        }
    }

    /// With signs, the mean of many diagonals is that of the system.
    @Test
    void theEstimateSeesTheTerm() {
        Case one = new Case(
                true, StructuralDamping.Distance.SQUARED_ERROR, CurvatureMatrix.GAUSS_NEWTON,
                DampingMatrix.Fixed.IDENTITY);
        try (Problem problem = one.problem(); var at = problem.linearization()) {
            Matrix system = dense(one, problem, at);
            Vector mean = problem.parameters.values().copy().fill(0);
            int draws = 400;
            for (int k = 0; k < draws; k++) {
                Vector inverse = inverse(one, problem, CurvatureDiagonal.Usual.RADEMACHER, k);
                for (int i = 0; i < mean.size(); i++) {
                    mean.set(i, mean.get(i) + 1 / inverse.get(i) / draws);
                }
            }
            for (int i = 0; i < mean.size(); i++) {
                assertEquals(1, mean.get(i) / system.get(i, i), 0.1);
            }
        }
    }

    private static double firstMove(Map<String, String> values) {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Vector before = problem.parameters.values().copy();
            Map<String, String> all = new HashMap<>(values);
            all.put("radius", "100");
            problem.step(problem.start(HyperParameters.with(Optimizers.hessianFreeTrustRegion(), all)));
            return problem.parameters.values().copy().axpy(-1, before).norm();
        }
    }

    @Test
    void itActsInATrustRegion() {
        double free = firstMove(Map.of());
        double held = firstMove(Map.of("structuralDamping", "10"));
        assertTrue(held < 0.9 * free, held + " < " + free);
        String message = assertThrows(IllegalArgumentException.class, () -> firstMove(
                Map.of("structuralDamping", "10", "structuralStrength", "times-lambda"))).getMessage();
        assertTrue(message.contains("lambda 0") && message.contains("structuralStrength"), message);
    }

    @Test
    void theRecurrentRecipeHasADiagonalThatSeesIt() {
        assertEquals(CurvatureDiagonal.Usual.RADEMACHER, Optimizers.hessianFreeRecurrent().preconditioner().source());
    }
}
