package io.quadric.optim.kronecker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.recipe.Optimizers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// K-BFGS with batch normalisation.
class KBfgsNormalisationTest {
    private static Optimizer method(String recipe) {
        return HyperParameters.with(
                Optimizers.named(recipe).optimizer(), Map.of("learningRate", "0.01", "damping", "0.25"));
    }

    /// W ← W − (α/λ)ĝ for scale and shift.
    @ParameterizedTest
    @ValueSource(strings = {"kbfgs", "kbfgs-l"})
    void parametersOutsideBlocksMoveByTheRateOverTheDamping(String recipe) {
        try (Problem problem = Problem.normalisedConvolutional()) {
            Vector before = problem.parameters.values().copy();
            Vector g = problem.gradient();
            problem.step(problem.start(method(recipe)));
            for (ParameterSlice slice : problem.parameters.layout().directSlices()) {
                Vector expected = slice.of(before).copy().axpy(-0.01 / 0.25, slice.of(g));
                Vector got = slice.of(problem.parameters.values());
                assertArrayEquals(expected.toArray(), got.toArray(), 1e-15, slice.name());
            }
        }
    }

    /// Right below batch normalisation ḡ = 0, so y = 0 and the damped pair is s̃ = s, ỹ = λ_G s, with which BFGS leaves
    /// H_G = λ_G⁻¹I as it is. Further above the pairs change H_G.
    @Test
    void belowNormalisationTheOutputInverseStaysTheInverseOfTheDamping() {
        try (Problem problem = Problem.normalisedConvolutional()) {
            Run run = problem.start(method("kbfgs"));
            for (int k = 0; k < 6; k++) {
                assertTrue(problem.step(run).moved());
            }
            double scale = 1 / Math.sqrt(0.25 / 12);
            assertArrayEquals(
                    Matrix.identity(Precision.FLOAT64, 3).scale(scale).flat().toArray(),
                    run.state().arrays().get("block.0.outputInverse").toArray(), 1e-10 * scale);
            double[] above = run.state().arrays().get("block.1.outputInverse").toArray();
            assertTrue(Math.abs(above[1]) > 1e-6, "pairs that are not round-off are used");
        }
    }
}
