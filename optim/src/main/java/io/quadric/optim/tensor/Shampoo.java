package io.quadric.optim.tensor;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Draws;
import io.quadric.nn.Network;
import io.quadric.nn.Objective;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Footprint;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Momentum;
import java.util.List;
import java.util.OptionalLong;

/// Shampoo (Gupta, Koren & Singer 2018) with moving averages, as in Ren (2022, Algorithm 16). Step t = 1, 2, …:
/// - ĝ ← μĝ + g, for the gradient g of the minibatch;
/// - if T₁ divides t: Ĝ⁽ⁱ⁾ ← βĜ⁽ⁱ⁾ + (1−β) matᵢ(g) matᵢ(g)ᵀ for every axis i of every parameter array;
/// - if T₂ divides t: the roots (Ĝ⁽ⁱ⁾ + εI)^(−1/(2k)) are recomputed, k being the number of axes;
/// - p = ĝ ×₁ (Ĝ⁽¹⁾ + εI)^(−1/(2k)) … ×_k (Ĝ⁽ᵏ⁾ + εI)^(−1/(2k)); W ← W − α(p + γW).
///
/// Before the first step Ĝ⁽ⁱ⁾ is the mean over the warm-up batches. The roots are computed by coupled Newton iteration,
/// to 1e-6 or for at most 100 steps, and by eigendecomposition where that fails.
///
/// @param step α and γ
/// @param momentum μ and how it enters
/// @param statistics averages and their periods
/// @param epsilon ε
/// @param tensors how the arrays are viewed as tensors
public record Shampoo(
        DirectStep step,
        Momentum momentum,
        TensorStatistics statistics,
        @Tunable(value = "damping ε of every contraction", searchFrom = 0.01, searchTo = 10) double epsilon,
        @Tunable("how the parameter arrays are viewed as tensors") TensorView tensors)
        implements Optimizer {
    /// Checks the value.
    ///
    /// @throws IllegalArgumentException if ε is not positive
    public Shampoo {
        Require.positive("epsilon", epsilon);
    }

    /// The momentum, and for every axis of an array its contraction and the root.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        return TensorDirection.memory(layout, tensors);
    }

    @Override
    public long scratch(Network network, int cases) {
        return 2 * Footprint.scratch(network.layout());
    }

    @Override
    public Run start(Start start) {
        var settings = new TensorDirection.Settings(momentum, statistics, epsilon, tensors);
        return step.run("shampoo", start, new TensorDirection(new Roots(), settings, start));
    }

    private static final class Roots implements TensorDirection.Method {
        @Override
        public String name() {
            return "Shampoo";
        }

        @Override
        public void observe(Objective at, Vector g, Draws draws, Vector v, Runnable report) {
            v.copyFrom(g);
            report.run();
        }

        @Override
        public boolean factor(TensorFactor axis, List<Integer> dimensions, double damping, Workspace ws) {
            return axis.invertRoot(2 * dimensions.size(), damping, ws);
        }
    }
}
