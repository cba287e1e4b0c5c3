package io.quadric.optim.kronecker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Vector;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.State;
import io.quadric.optim.internal.DenseBfgs;
import io.quadric.optim.recipe.Optimizers;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The bounds from which the convergence of K-BFGS(L) follows, during runs of Algorithms 5 and 10 of Ren (2022).
class KBfgsBoundsTest {
    private static final int MEMORY = 3;
    private static final double MU1 = 0.2;
    private static final double RATE = 0.02;
    private static final double SLACK = 1 + 1e-9;

    /// κ and κ̄ with κI ≤ H ≤ κ̄I
    private record Bounds(double lower, double upper) {
        void hold(Matrix h, Problem problem) {
            if (SymmetricEigen.decompose(h,
                    problem.ws) instanceof SymmetricEigen.Outcome.Decomposed(SymmetricEigen eigen)) {
                double least = eigen.values().get(0);
                double largest = eigen.values().get(h.rows() - 1);
                assertTrue(lower <= SLACK * least && largest <= SLACK * upper, least + ", " + largest + " in " + this);
            }
        }

        Bounds times(Bounds other) {
            return new Bounds(lower * other.lower, upper * other.upper);
        }
    }

    private static Optimizer method(String recipe, double lambda, String pairDamping, String weakPairs) {
        return HyperParameters.with(Optimizers.named(recipe).optimizer(), Map.of(
                "damping", Double.toString(lambda), "momentum", "0", "memory", "" + MEMORY, "learningRate", "" + RATE,
                "inputInverse", "exact", "pairDamping", pairDamping, "weakPairs", weakPairs));
    }

    /// Lemmas 1 to 3. Units are bounded by φ = 1, inputs by the largest of them.
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5, 3})
    void algorithmFive(double lambda) {
        double lower = Math.pow(1 + 1 / MU1, -MEMORY);
        double mu2 = Math.min(1, Math.sqrt(lambda));
        double factor = Math.pow(1 + 1 / Math.sqrt(MU1 * mu2 * lower), 2);
        double upper = Math.pow(factor, MEMORY) + (Math.pow(factor, MEMORY) - 1) / (factor - 1) / mu2;
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(method("kbfgs-l-averaged", lambda, "powell-powell", "skipped"));
            for (int k = 0; k < 8; k++) {
                Step step = Step.take(problem, run);
                for (AffineBlock block : problem.parameters.layout().blocks()) {
                    step.holds(block, 1, Math.sqrt(lambda), new Bounds(lower, upper), 1);
                }
            }
        }
    }

    /// Lemma 7, with Lemma 6 for H_G, for a convolution.
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5, 3})
    void algorithmTen(double lambda) {
        try (Problem problem = Problem.convolutional()) {
            Run run = problem.start(method("kbfgs-l", lambda, "identity-lm", "used"));
            for (int k = 0; k < 6; k++) {
                Step step = Step.take(problem, run);
                for (AffineBlock block : problem.parameters.layout().blocks()) {
                    double positions = block.index() == 0 ? 8 : 1;
                    double mu2 = Math.sqrt(lambda / positions);
                    step.holds(block, positions, Math.sqrt(positions * lambda), outputBounds(mu2), 1 / mu2);
                }
            }
        }
    }

    private static Bounds outputBounds(double mu2) {
        double mu3 = MU1 / (mu2 * (1 + 2 * MU1));
        double factor = Math.pow(1 + 1 / Math.sqrt(mu2 * mu3), 2);
        double upper = 1 / mu2;
        for (int i = 0; i < MEMORY; i++) {
            upper = factor * upper + 1 / mu2;
        }
        return new Bounds(1 / (mu2 + MEMORY / mu3), upper);
    }

    /// A step, with the gradient before it.
    private record Step(Problem problem, State state, Vector gradient, Vector direction) {
        static Step take(Problem problem, Run run) {
            Vector g = problem.gradient();
            Vector p = problem.parameters.values().copy();
            assertTrue(problem.step(run).moved());
            p.axpy(-1, problem.parameters.values()).scale(1 / RATE);
            return new Step(problem, run.state(), g, p);
        }

        /// H_A = (A + λ_A I)⁻¹ ≥ 1 / (λ_A + (d φ² + 1) |T|), H_G within its bounds, and the direction of the block.
        void holds(AffineBlock block, double positions, double lambdaA, Bounds output, double first) {
            double phi = block.index() == 0 ? problem.batch.inputs().maxAbs() : 1;
            double norm = (block.inputs() * phi * phi + 1) * positions;
            Bounds input = new Bounds(1 / (lambdaA + norm), 1 / lambdaA);
            String prefix = "block." + block.index();
            int n = block.augmentedInputs();
            input.hold(state.arrays().get(prefix + ".inputInverse").asMatrix(n, n), problem);
            output.hold(outputInverse(prefix + ".outputInverse", block.outputs(), first), problem);
            Bounds whole = input.times(output);
            Vector g = part(block, gradient);
            double along = g.dot(part(block, direction));
            double square = g.dot(g);
            assertTrue(whole.lower * square <= SLACK * along && along <= SLACK * whole.upper * square);
        }

        private static Vector part(AffineBlock block, Vector flat) {
            int from = block.weight().offset();
            return flat.slice(from, from + block.outputs() * block.augmentedInputs());
        }

        private Matrix outputInverse(String prefix, int n, double first) {
            Matrix h = Matrix.identity(Precision.FLOAT64, n).scale(first);
            Matrix steps = state.arrays().get(prefix + ".steps").asMatrix(MEMORY, n);
            Matrix changes = state.arrays().get(prefix + ".changes").asMatrix(MEMORY, n);
            for (int i = 0; i < state.number(prefix + ".count"); i++) {
                new DenseBfgs(h).update(steps.row(i), changes.row(i), problem.ws);
            }
            return h;
        }
    }
}
