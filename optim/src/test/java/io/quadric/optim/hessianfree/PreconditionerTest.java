package io.quadric.optim.hessianfree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Draws;
import io.quadric.nn.GaussNewtonDiagonal;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.recipe.Optimizers;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionerTest {
    private static Optimizer with(String name) {
        return HyperParameters.with(Optimizers.hessianFree(), Map.of("preconditioner", name));
    }

    /// CG to the end finds the same solution, whatever the preconditioner.
    @ParameterizedTest
    @ValueSource(strings = {"none", "empirical-fisher", "rademacher", "exact", "kronecker"})
    void doesNotChangeTheSolution(String preconditioner) {
        Optimizer optimizer = HyperParameters.with(
                with(preconditioner),
                Map.of("epsilon", "0", "tolerance", "1e-11", "lambda", "0.5", "backtracking", "false"));
        Optimizer plain = HyperParameters.with(optimizer, Map.of("preconditioner", "none"));
        try (Problem one = Problem.curved(Precision.FLOAT64, 1);
                Problem two = Problem.curved(Precision.FLOAT64, 1)) {
            one.step(one.start(optimizer));
            two.step(two.start(plain));
            assertArrayEquals(
                    two.parameters.values().toArray(), one.parameters.values().toArray(), 1e-9);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "empirical-fisher", "rademacher", "exact", "kronecker"})
    void resumesBitForBitOnAnyNumberOfThreads(String preconditioner) {
        try (Problem straight = Problem.curved(Precision.FLOAT32, 1);
                Problem resumed = Problem.curved(Precision.FLOAT32, 3)) {
            Run first = straight.start(with(preconditioner));
            straight.step(first);
            straight.step(first);
            Run second = resumed.start(with(preconditioner));
            second.restore(first.state());
            resumed.parameters.update(theta -> theta.copyFrom(straight.parameters.values()));
            for (int k = 0; k < 2; k++) {
                assertEquals(straight.step(first), resumed.step(second));
            }
        }
    }

    static Stream<Problem> problems() {
        return Stream.of(Problem.curved(Precision.FLOAT64, 1), Problem.convolutional(), Problem.recurrent(),
                Problem.normalised());
    }

    /// P⁻¹ of the exact diagonal, with ξ = ½ and κ = 0.2, against the dense matrix of CG.
    @ParameterizedTest
    @MethodSource("problems")
    void theExactDiagonalIsThatOfTheDampedMatrix(Problem other) {
        try (Problem problem = other; var at = problem.linearization(); var frame = problem.ws.open()) {
            Vector ones = problem.parameters.values().copy().fill(1);
            Vector inverse = ones.copy();
            var setting = new DampedModel.Setting(DampingMatrix.identity(),
                    new Preconditioner(CurvatureDiagonal.Usual.EXACT, 0.5, 0.2), 0.7, Optional.empty());
            var model = new DampedModel(setting, Optional.empty(), new Draws(1, 0), ones, frame);
            model.observe(at, 1);
            model.complete(at);
            model.inversePreconditioner().apply(ones, inverse, problem.ws);
            Matrix dense = Problem.dense(at.gaussNewton(), problem.ws);
            for (int i = 0; i < ones.size(); i++) {
                assertEquals(1 / Math.sqrt(dense.get(i, i) + 0.9), inverse.get(i), 1e-12);
            }
        }
    }

    /// The mean of many estimates comes near the exact diagonal, also over time steps.
    @Test
    void theEstimateIsUnbiased() {
        for (Problem problem : new Problem[]{Problem.curved(Precision.FLOAT64, 1), Problem.recurrent()}) {
            try (problem; var at = problem.linearization()) {
                Vector exact = problem.parameters.values().copy();
                Vector estimate = exact.copy();
                Vector mean = exact.copy().fill(0);
                GaussNewtonDiagonal.exact(at, exact);
                RandomGenerator random = Problem.random(3);
                for (int k = 0; k < 1000; k++) {
                    GaussNewtonDiagonal.estimate(at, random, estimate);
                    mean.axpy(1e-3, estimate);
                }
                double error = mean.axpy(-1, exact).norm() / exact.norm();
                assertTrue(error < 0.02, "relative error " + error);
            }
        }
    }
}
