package io.quadric.optim.kronecker;

import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Objective;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.internal.Footprint;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Momentum;
import java.util.OptionalLong;

/// KFAC in the eigenbases of its factors (George, Laurent, Bouthillier, Ballas & Vincent 2018). With A = U_A Λ_A U_Aᵀ
/// and G = U_G Λ_G U_Gᵀ, the block A ⊗ G is diagonal in U_A ⊗ U_G, so it can be damped exactly, and its diagonal can be
/// replaced by the diagonal S that the curvature has in this basis. Step k = 1, 2, …:
/// - if T₁ divides k − 1: A ← βₙA + (1−βₙ)A of the minibatch, with βₙ = min(1 − 1/n, β) at the n-th observation, and G
///   likewise;
/// - if T₂ divides k − 1 and the factors have changed: new eigenbases;
/// - if either was due: S from the eigenvalues, or averaged in the same way with (1/N) Σ (U_Gᵀ ∇ᵢW̄ U_A)² over the
///   cases of the minibatch, starting afresh with new bases;
/// - ĝ from g by the momentum; p = U_G ((U_Gᵀ ĝ U_A) / (S + λ + η)) U_Aᵀ for each weight-and-bias block, with an
///   elementwise division;
/// - W ← W − α(p + γW).
///
/// Of all diagonals in that basis the measured one is nearest to the Fisher matrix's block (their Theorem 2).
/// Parameters outside such blocks move along ĝ.
///
/// @param step α and γ
/// @param source the gradients that are measured and make up G
/// @param momentum μ and how it enters
/// @param statistics averages and their periods
/// @param damping λ
public record Ekfac(
        DirectStep step,
        @Tunable("where the output factor comes from") GradientSource source,
        Momentum momentum,
        Statistics statistics,
        @Tunable(value = "damping λ of the block", searchFrom = 0.01, searchTo = 10) double damping)
        implements Optimizer {
    /// What the diagonal S in the eigenbases is.
    public enum Eigenvalues {
        /// The products λ_G λ_Aᵀ of the factors' eigenvalues: KFAC with exact damping.
        PRODUCT,
        /// The second moments of the gradients of the cases: EKFAC.
        MEASURED
    }

    /// The averages.
    ///
    /// @param decay β
    /// @param period T₁
    /// @param basisPeriod T₂
    /// @param eigenvalues what S is
    public record Statistics(
            @Tunable(key = "statisticsDecay", value = "decay β of the factors and of S") double decay,
            @Tunable(key = "statisticsPeriod", value = "steps T₁ between observations") int period,
            @Tunable("steps T₂ between eigendecompositions") int basisPeriod,
            @Tunable("diagonal S of the curvature in the eigenbases") Eigenvalues eigenvalues) {
        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if one is out of range
        public Statistics {
            Require.fraction("statisticsDecay", decay);
            Require.atLeastOne("statisticsPeriod", period);
            Require.atLeastOne("basisPeriod", basisPeriod);
        }
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if λ is not positive
    public Ekfac {
        Require.positive("damping", damping);
    }

    /// The momentum, the factors and their eigenbases, S and 1 / (S + λ).
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        return OptionalLong.of(layout.size() + 2 * Footprint.factors(layout)
                + Footprint.blocks(layout, block -> 2L * block.outputs() * block.augmentedInputs()));
    }

    @Override
    public long scratch(Network network, int cases) {
        return Footprint.scratch(network.layout());
    }

    /// Not with measured eigenvalues.
    @Override
    public void requireDivisible(Model model) {
        if (statistics.eigenvalues() == Eigenvalues.MEASURED) {
            throw Objective.indivisible(EkfacDirection.MEASURED);
        }
    }

    @Override
    public Run start(Start start) {
        source.requireFor(start.model());
        return step.run("ekfac", start, new EkfacDirection(this, start));
    }
}
