package io.quadric.optim.hessianfree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.GaussNewtonDiagonal;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.recipe.Optimizers;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
