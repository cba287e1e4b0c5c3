package io.quadric.optim.kronecker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
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
import io.quadric.optim.internal.DenseBfgs;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
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

    /// λ > 1, as in the grids of §2.8.2: μ₂ = √λ is taken as 1, so that y becomes a mean of y and s, or stays.
    @Test
    void largeDampingInBothVariants() {
        for (String recipe : List.of("kbfgs", "kbfgs-l", "kbfgs-averaged", "kbfgs-l-averaged")) {
            try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
                double before = problem.loss();
                Run run = problem.start(HyperParameters.with(
                        Optimizers.named(recipe).optimizer(), Map.of("damping", "3")));
                for (int k = 0; k < 10; k++) {
                    assertTrue(problem.step(run).moved());
                }
                assertTrue(problem.loss() < before, recipe);
            }
        }
        Vector s = Vector.of(1.0, 2.0);
        Vector y = Vector.of(0.5, 0.1);
        DenseBfgs h = new DenseBfgs(Matrix.identity(Precision.FLOAT64, 2));
        try (Workspace ws = Workspace.serial()) {
            PairDamping.POWELL_POWELL.apply(h, new PairDamping.Pair(s, y), 0.2, 1.7, ws);
        }
        assertArrayEquals(s.toArray(), y.toArray(), 1e-15);
    }

    /// Each switch of a variant changes what it says: A is kept where it is averaged, H_G starts as it is told.
    @Test
    void variantsAreSwitches() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            State averaged = problem.start(kbfgs(Map.of("inputFactor", "averaged"))).state();
            assertTrue(averaged.arrays().containsKey("block.0.inputFactor"));
            Run run = problem.start(kbfgs(Map.of("outputStart", "identity", "damping", "0.25")));
            assertFalse(run.state().arrays().containsKey("block.0.inputFactor"));
            run.prepare();
            assertEquals(1, run.state().arrays().get("block.0.outputInverse").get(0));
            Run usual = problem.start(kbfgs(Map.of("damping", "0.25")));
            usual.prepare();
            assertEquals(2, usual.state().arrays().get("block.0.outputInverse").get(0));
        }
    }

    /// ỹᵀHỹ / s̃ᵀỹ, its mean over the blocks and the number of blocks where it is at most 2/μ₁ (Figure 2.1).
    @Test
    void theRatioOfPairsIsReported() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(kbfgs(Map.of()));
            var figures = problem.step(run).figures();
            assertTrue(figures.get("pairRatio") > 0, figures::toString);
            assertEquals(3, figures.get("boundedPairs"), figures::toString);
        }
    }

    /// An observer sees the ratio of each block, the mean of them is the figure, and steps are what they are without.
    @Test
    void everyPairIsObserved() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1);
                Problem other = Problem.curved(Precision.FLOAT64, 1)) {
            List<Double> ratios = new ArrayList<>();
            KBfgs method = Optimizers.kbfgs();
            Run run = problem.start(start -> method.start(start, (step, block, ratio) -> {
                assertEquals(1, step);
                assertEquals(ratios.size(), block);
                ratios.add(ratio);
            }));
            double mean = problem.step(run).figures().get("pairRatio");
            assertEquals(3, ratios.size());
            assertEquals(ratios.stream().mapToDouble(ratio -> ratio).average().orElseThrow(), mean, 1e-12 * mean);
            other.step(other.start(method));
            assertArrayEquals(other.parameters.values().toArray(), problem.parameters.values().toArray());
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
