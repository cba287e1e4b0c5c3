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
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreconditionerTest {
    private static Optimizer with(Preconditioner.Source source) {
        String name = source.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return HyperParameters.with(Optimizers.hessianFree(), Map.of("preconditioner", name));
    }

    /// CG to the end finds the same solution, whatever the preconditioner.
    @ParameterizedTest
    @EnumSource
    void doesNotChangeTheSolution(Preconditioner.Source source) {
        Optimizer optimizer = HyperParameters.with(
                with(source),
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
    @EnumSource
    void resumesBitForBitOnAnyNumberOfThreads(Preconditioner.Source source) {
        try (Problem straight = Problem.curved(Precision.FLOAT32, 1);
                Problem resumed = Problem.curved(Precision.FLOAT32, 3)) {
            Run first = straight.start(with(source));
            straight.step(first);
            straight.step(first);
            Run second = resumed.start(with(source));
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
