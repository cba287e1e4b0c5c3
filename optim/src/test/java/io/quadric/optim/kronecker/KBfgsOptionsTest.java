package io.quadric.optim.kronecker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Sink;
import io.quadric.optim.Archive;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KBfgsOptionsTest {
    private static Optimizer kbfgs(Map<String, String> options) {
        return HyperParameters.with(Optimizers.kbfgs(), options);
    }

    /// H_A is the inverse of the damped A of the minibatch before the move.
    @Test
    void exactInverses() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            KroneckerFactors factors = new KroneckerFactors(problem.parameters.layout(), Precision.FLOAT64);
            try (var at = problem.linearization()) {
                factors.observe(new Observation(0, 1), at, GradientSource.EMPIRICAL, Problem.random(1));
            }
            Run run = problem.start(kbfgs(Map.of("inputInverse", "exact", "damping", "0.25")));
            problem.step(run);
            for (int b = 0; b < factors.count(); b++) {
                Matrix damped = factors.input(b).addToDiagonal(0.5);
                Matrix expected = damped.copy();
                if (Cholesky.factor(damped, problem.ws) instanceof Cholesky.Outcome.Factored(Cholesky cholesky)) {
                    cholesky.inverse(expected, problem.ws);
                }
                Vector got = run.state().arrays().get("block." + b + ".inputInverse");
                assertArrayEquals(expected.flat().toArray(), got.toArray(), 1e-11);
            }
        }
    }

    /// Each step's gradient is the mean over its own and the last minibatch, both at the present parameters: two halves
    /// of different size in turn give the gradient of the whole from the second step on.
    @Test
    void doubledGradientsAreThoseOfBothBatches() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Map<String, String> options = Map.of("gradientCases", "two-batches", "momentum", "0");
            Run run = problem.start(kbfgs(options));
            Matrix x = problem.batch.inputs();
            Matrix t = problem.batch.targets();
            run.step(new StepData(new Batch(x.rows(0, 10), t.rows(0, 10))));
            double[] whole = problem.gradient().toArray();
            run.step(new StepData(new Batch(x.rows(10, Problem.CASES), t.rows(10, Problem.CASES))));
            assertArrayEquals(whole, run.state().arrays().get("momentum").toArray(), 1e-14);
        }
    }

    static Stream<Recipe> variants() {
        return Optimizers.all().stream().filter(recipe -> recipe.optimizer() instanceof KBfgs);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void optionsTrainAndResume(Recipe recipe) {
        Map<String, String> all = Map.of("gradientCases", "two-batches", "inputInverse", "exact", "weakPairs",
                "skipped", "pairDamping", "identity-lm");
        try (Problem straight = Problem.curved(Precision.FLOAT64, 1);
                Problem resumed = Problem.curved(Precision.FLOAT64, 1)) {
            Optimizer optimizer = HyperParameters.with(recipe.optimizer(), all);
            Run first = straight.start(optimizer);
            double before = straight.loss();
            for (int k = 0; k < 5; k++) {
                assertTrue(straight.step(first).moved());
            }
            assertTrue(straight.loss() < before);
            Run second = resumed.start(optimizer);
            second.restore(first.state());
            resumed.parameters.update(theta -> theta.copyFrom(straight.parameters.values()));
            assertEquals(straight.step(first), resumed.step(second));
            assertEquals(straight.loss(), resumed.loss());
        }
    }

    /// A second pass that is not finite leaves the averaged pair as it was; a later one counts again.
    @Test
    void aPairThatIsNotFiniteIsLeftOut() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Vector theta = problem.parameters.values();
            KBfgsBlock block = new KBfgsBlock(
                    Optimizers.kbfgs(), problem.parameters.layout().blocks().getFirst(), false, Precision.FLOAT64);
            Matrix inputs = problem.batch.inputs();
            Matrix gradients = Matrix.zeros(Precision.FLOAT64, inputs.rows(), 6).fill(1);
            Sink.Rows good = Sink.Rows.of(inputs, gradients, 1);
            Matrix infinite = gradients.copy();
            infinite.set(2, 3, Double.POSITIVE_INFINITY);
            block.makeRoom();
            block.averageInputs(0, 1, good, problem.ws);
            block.begin(problem.ws);
            block.observeFirst(good, theta, problem.ws);
            assertFalse(block.observeSecond(Sink.Rows.of(inputs, infinite, 1), theta, problem.ws));
            assertEquals(0, pairNorm(block));
            block.observeFirst(good, theta, problem.ws);
            Sink.Rows other = Sink.Rows.of(inputs, gradients.copy().scale(3), 1);
            assertTrue(block.observeSecond(other, theta, problem.ws));
            assertEquals(0.1 * 2 * Math.sqrt(6), pairNorm(block), 1e-14, "(1 − β) (3 − 1) in each of 6 outputs");
        }
    }

    private static double pairNorm(KBfgsBlock block) {
        State state = new State("k-bfgs");
        block.serialize(Archive.into(state));
        return state.arrays().get("block.0.y").norm() + state.arrays().get("block.0.s").norm();
    }
}
