package example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.State;
import io.quadric.optim.hessianfree.BacktrackingRule;
import io.quadric.optim.hessianfree.CgSettings;
import io.quadric.optim.hessianfree.DampingMatrix;
import io.quadric.optim.hessianfree.HessianFree;
import io.quadric.optim.hessianfree.LevenbergMarquardt;
import io.quadric.optim.hessianfree.ModelSolver;
import io.quadric.optim.hessianfree.Preconditioner;
import io.quadric.optim.hessianfree.StepSearch;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.step.DirectStep;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Methods of a user's own, each a file outside the library's packages.
class OwnMethodsTest {
    private static final double LAMBDA = 0.3;

    /// With m = 0 the first direction is the sign of the gradient; the second one mixes both gradients.
    @Test
    void lionStepsAlongSigns() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(new Lion(new DirectStep(0.01).withWeightDecay(0.1), 0.9, 0.99));
            Vector first = problem.gradient();
            assertMoved(problem, run, first);
            Vector second = problem.gradient();
            assertMoved(problem, run, second.axpby(0.9 * 0.01, first, 0.1));
        }
    }

    private static void assertMoved(Problem problem, Run run, Vector mixed) {
        double[] expected = problem.parameters.values().toArray();
        for (int i = 0; i < expected.length; i++) {
            expected[i] -= 0.01 * (Math.signum(mixed.get(i)) + 0.1 * expected[i]);
        }
        assertTrue(problem.step(run).moved());
        assertArrayEquals(expected, problem.parameters.values().toArray(), 1e-15);
    }

    static Stream<Optimizer> optimizers() {
        HessianFree base = Optimizers.hessianFree();
        return Stream.of(
                new Lion(0.01),
                new Lookahead(new Lion(0.02), 5, 0.5),
                new Lookahead(Optimizers.hessianFree(), 3, 0.8),
                own(base.dampingMatrix(), new Preconditioner(new ArrayMeans(), 0.75, 0)),
                own(base.dampingMatrix(), new Preconditioner(keptInverse(), 1, 0)));
    }

    private static Preconditioner.Kept keptInverse() {
        return GaussNewtonInverse::new;
    }

    private static HessianFree own(DampingMatrix matrix, Preconditioner preconditioner) {
        HessianFree base = Optimizers.hessianFree();
        return new HessianFree(
                base.curvature(),
                new LevenbergMarquardt(LAMBDA, false),
                matrix,
                new ModelSolver(new CgSettings(250, 1e-11, 0, 0)),
                preconditioner,
                new StepSearch(BacktrackingRule.none(), false, 1),
                base.structural());
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void trainAndResumeBitForBit(Optimizer optimizer) {
        try (Problem straight = Problem.curved(Precision.FLOAT64, 1);
                Problem resumed = Problem.curved(Precision.FLOAT64, 2)) {
            double before = straight.loss();
            Run first = straight.start(optimizer);
            for (int k = 0; k < 8; k++) {
                straight.step(first);
            }
            assertTrue(straight.loss() < before, before + " → " + straight.loss());
            Run second = resumed.restored(optimizer, first.state());
            resumed.parameters.update(theta -> theta.copyFrom(straight.parameters.values()));
            for (int k = 0; k < 8; k++) {
                assertEquals(straight.step(first), resumed.step(second));
            }
            assertArrayEquals(straight.parameters.values().toArray(), resumed.parameters.values().toArray());
            State alien = straight.start(Optimizers.sgd()).state();
            assertThrows(IllegalArgumentException.class, () -> second.restore(alien));
        }
    }

    /// At pull 1 the slow weights are the fast ones; between its moves the decorator leaves the parameters alone.
    @Test
    void lookaheadGoesPartOfTheWay() {
        try (Problem fast = Problem.curved(Precision.FLOAT64, 1);
                Problem slow = Problem.curved(Precision.FLOAT64, 1)) {
            Vector start = fast.parameters.values().copy();
            Run plain = fast.start(new Lion(0.01));
            Run slowed = slow.start(new Lookahead(new Lion(0.01), 2, 0.25));
            for (int k = 0; k < 2; k++) {
                assertEquals(fast.step(plain), slow.step(slowed));
            }
            double[] expected = start.axpby(0.25, fast.parameters.values(), 0.75).toArray();
            assertArrayEquals(expected, slow.parameters.values().toArray(), 1e-15);
        }
    }

    @Test
    void hyperParametersAreFoundByTheirKeys() {
        Optimizer own = new Lookahead(new Lion(0.01), 5, 0.5);
        assertEquals(
                List.of("learningRate", "weightDecay", "decayShape", "decayFactor", "decayPeriod", "decayPower",
                        "warmUpSteps", "gradientClip", "beta1", "beta2", "lookaheadPeriod", "lookaheadPull"),
                HyperParameters.of(own).stream().map(HyperParameter::name).toList());
        assertEquals(
                new Lookahead(new Lion(0.25), 7, 0.5),
                HyperParameters.with(own, Map.of("learningRate", "0.25", "lookaheadPeriod", "7")));
        Optimizer free = own(DampingMatrix.identity(), new Preconditioner(new ArrayMeans(), 0.75, 0));
        assertEquals(free, HyperParameters.with(free, Map.of("preconditioner", "array-means")));
        assertEquals(
                own(DampingMatrix.identity(), new Preconditioner(Preconditioner.None.NONE, 0.75, 0)),
                HyperParameters.with(free, Map.of("preconditioner", "none")));
    }

    /// The step solves (B + λD)δ = −∇f with D = (d + κ)^ξ, which a dense solver confirms.
    @Test
    void aDiagonalDamps() {
        ArrayMeans diagonal = new ArrayMeans();
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1);
                var at = problem.linearization()) {
            Vector d = problem.gradient();
            diagonal.compute(at, Problem.random(1), d);
            Matrix damped = Problem.dense(at.gaussNewton(), problem.ws);
            for (int i = 0; i < d.size(); i++) {
                damped.set(i, i, damped.get(i, i) + LAMBDA * Math.sqrt(d.get(i) + 0.01));
            }
            Vector expected = problem.gradient().scale(-1);
            Cholesky.Outcome.Factored factored = (Cholesky.Outcome.Factored) Cholesky.factor(damped, problem.ws);
            factored.cholesky().solve(expected, problem.ws);
            expected.axpy(1, problem.parameters.values());
            problem.step(problem.start(own(
                    new DampingMatrix(diagonal, 0.5, 0.01), new Preconditioner(diagonal, 1, 0))));
            assertArrayEquals(expected.toArray(), problem.parameters.values().toArray(), 1e-9);
        }
    }

    /// Preconditioned by the inverse of its own matrix, CG is done after one iteration.
    @Test
    void anOperatorPreconditions() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Optimizer optimizer = own(DampingMatrix.identity(), new Preconditioner(keptInverse(), 1, 0));
            assertEquals(1, problem.step(problem.start(optimizer)).figures().get("cgIterations"));
        }
    }
}
