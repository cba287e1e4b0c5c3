package io.quadric.optim.tensor;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Draws;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Objective;
import io.quadric.nn.ParameterLayout;
import io.quadric.nn.chunk.Quantity;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.internal.Footprint;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Momentum;
import java.util.List;
import java.util.OptionalLong;

/// Tensor-normal training (Ren 2022, chapter 4, Algorithm 15): the Fisher matrix of each parameter array is
/// approximated by the covariance U₁ ⊗ … ⊗ U_k of a tensor-normal distribution, with one factor for each axis. Step t =
/// 1, 2, …:
/// - ĝ ← μĝ + g, for the gradient g of the minibatch;
/// - if T₁ divides t: Ĝ⁽ⁱ⁾ ← βĜ⁽ⁱ⁾ + (1−β) matᵢ(Ḡ) matᵢ(Ḡ)ᵀ, where Ḡ is the minibatch's mean gradient for targets
///   drawn from the model's predictive distribution;
/// - if T₂ divides t: Uᵢ = Ĝ⁽ⁱ⁾ / (c₀ᵏ⁻¹ Πⱼ≠ᵢ dⱼ), c₀ = (tr Ĝ⁽ⁱ⁾ / Πⱼ dⱼ)¹ᐟᵏ (4.10), which makes the average
///   eigenvalues of all factors equal, and Uᵢ + εI is inverted;
/// - p = ĝ ×₁ (U₁ + εI)⁻¹ … ×_k (U_k + εI)⁻¹; W ← W − α(p + γW).
///
/// Before the first step Ĝ⁽ⁱ⁾ is the mean over the warm-up batches. Ḡ is a mean over the minibatch, as printed, so for
/// minibatches of m cases the statistics are 1/m of the Fisher matrix, which is why learning rates are so small. The
/// penalty (η/2)‖θ‖² is part of g and not of Ḡ.
///
/// @param step α and γ
/// @param targets the targets of Ḡ
/// @param momentum μ and how it enters
/// @param statistics averages and their periods
/// @param epsilon ε
/// @param tensors how the arrays are viewed as tensors
public record Tnt(
        DirectStep step,
        @Tunable(key = "source", value = "targets of the gradients in the contractions") Targets targets,
        Momentum momentum,
        TensorStatistics statistics,
        @Tunable(value = "damping ε of every factor", searchFrom = 0.01, searchTo = 10) double epsilon,
        @Tunable("how the parameter arrays are viewed as tensors") TensorView tensors)
        implements Optimizer {
    static final String EXPECTATION = "the expectation of TNT's contractions is a sum over single cases; it is";

    /// The targets of the gradients Ḡ whose contractions are averaged.
    public enum Targets {
        /// Drawn from the model's predictive distribution.
        SAMPLED,
        /// All, weighted by that distribution: the expectation of the contractions for [#SAMPLED], by a backward pass
        /// for each case and each column of the loss Hessian's square root. It is meant for small problems.
        EXACT,
        /// The true ones: TNT-EF.
        EMPIRICAL
    }

    /// Checks the value.
    ///
    /// @throws IllegalArgumentException if ε is not positive
    public Tnt {
        Require.positive("epsilon", epsilon);
    }

    /// The momentum, and for every axis of an array its contraction and the inverse.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        return TensorDirection.memory(layout, tensors);
    }

    @Override
    public long scratch(Network network, int cases) {
        return Footprint.scratch(network.layout());
    }

    /// Not for the exact expectation.
    @Override
    public void requireDivisible(Model model) {
        if (targets == Targets.EXACT) {
            throw Objective.indivisible(EXPECTATION);
        }
    }

    @Override
    public Run start(Start start) {
        if (targets == Targets.EXACT) {
            GradientSource.EXACT.requireFor(start.model());
            if (start.model().network().hasStatistics()) {
                throw new IllegalArgumentException("the expectation of TNT's contractions needs the gradient of every "
                        + "case on its own, but a layer normalises by the batch: " + start.model().network());
            }
        }
        var method = new TensorDirection.Method() {
            @Override
            public String name() {
                return "TNT";
            }

            @Override
            public void observe(Objective at, Vector g, Draws draws, Vector v, Runnable report) {
                if (targets == Targets.EXACT) {
                    expectation(at.undivided(EXPECTATION), v, report);
                    return;
                }
                meanGradient(at, g, draws, v);
                report.run();
            }

            @Override
            public boolean factor(TensorFactor axis, List<Integer> dimensions, double damping, Workspace ws) {
                return axis.invert(scale(axis.statistic(), dimensions), damping, ws);
            }
        };
        var settings = new TensorDirection.Settings(momentum, statistics, epsilon, tensors);
        return step.run("tnt", start, new TensorDirection(method, settings, start));
    }

    private void meanGradient(Objective at, Vector g, Draws draws, Vector mean) {
        if (targets == Targets.EMPIRICAL) {
            mean.copyFrom(g).axpy(-at.model().l2(), at.parameters().values());
            return;
        }
        at.mean(Quantity.SAMPLED_GRADIENT, mean.slice(0, 0), draws, mean);
    }

    /// The gradients of different cases are independent with mean 0, so that E[ḠḠᵀ] = Σᵢ ωᵢ² Σ_c (Jᵢᵀs_c)(Jᵢᵀs_c)ᵀ with
    /// the columns s_c of the square root of Hᵢ and ωᵢ = 1/N, or wᵢ / Σw.
    private static void expectation(Linearization at, Vector v, Runnable report) {
        Batch batch = at.batch();
        for (int i = 0; i < at.cases(); i++) {
            try (var one = Linearization.at(at.model(), at.parameters(), batch.rows(i, i + 1), at.workspace());
                    var frame = at.workspace().open()) {
                Matrix s = frame.matrix(v.precision(), 1, at.outputs().columns());
                for (int column = 0; column < one.rootColumns(); column++) {
                    one.hessianRoot(column, s);
                    one.vjp(s, v);
                    v.scale(batch.weights().relative(i) / at.cases());
                    report.run();
                }
            }
        }
    }

    /// 1 / (c₀ᵏ⁻¹ Πⱼ≠ᵢ dⱼ); 0 where the statistic vanishes.
    static double scale(Matrix statistic, List<Integer> dimensions) {
        double all = 1;
        for (int size : dimensions) {
            all *= size;
        }
        double mean = statistic.trace() / all;
        if (mean == 0) {
            return 0;
        }
        double c0 = Math.pow(mean, 1.0 / dimensions.size());
        return 1 / (Math.pow(c0, dimensions.size() - 1) * (all / statistic.rows()));
    }
}
