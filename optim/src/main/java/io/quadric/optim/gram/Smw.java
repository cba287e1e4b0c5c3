package io.quadric.optim.gram;

import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Objective;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.BatchRole;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Footprint;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.JudgedRun;
import io.quadric.optim.step.RatioRule;
import java.util.OptionalLong;
import java.util.Set;

/// Subsampled Gauss-Newton and natural gradient with a Levenberg–Marquardt rule (Ren 2022, chapter 5). With the
/// gradient batch S₁, the curvature batch S₂ of N₂ cases, B = (1/N₂) JᵀJ + ηI and λ = λ_LM + τ, one step is p = −(B +
/// λI)⁻¹g, θ ← θ + αp; the inverse is computed from the Gram matrix JJᵀ by the Sherman–Morrison–Woodbury formula.
///
/// λ_LM is adapted for the next step by ρ = (f(θ+p) − f(θ)) / (gᵀp + ½pᵀBp), with f and g on S₁ (§5.2.3). Steps with ρ
/// below a smallest ratio are not taken: with all cases in S₁, α = 1 and a positive smallest ratio below ε this is the
/// method whose convergence is proved in Theorem 6.
///
/// For the Gauss-Newton matrix, J is Sᵀ∂z/∂θ with a square root SSᵀ = H of the loss Hessian, so that the symmetric form
/// (5.6) also covers singular H, for which the thesis uses the general form (5.7). For the natural gradient, the rows
/// of J are the gradients of the cases on their true targets (5.3).
///
/// @param learningRate α
/// @param matrix which J
/// @param perLayer whether only the diagonal blocks are kept, one for each weight with its bias (SMW-NG-BD)
/// @param rule λ_LM and its adaptation
public record Smw(
        @Tunable(value = "length α of the step", searchFrom = 0.01, searchTo = 1) double learningRate,
        @Tunable("curvature matrix") SubsampledMatrix matrix,
        @Tunable("whether only the layers' diagonal blocks are kept") boolean perLayer,
        LambdaRule rule)
        implements Optimizer {
    static final String GRAM = "the Gram matrix of the SMW methods has products between all cases; it is";

    /// Which matrix is inverted.
    public enum SubsampledMatrix {
        /// The Gauss-Newton matrix: SMW-GN.
        GAUSS_NEWTON,
        /// The empirical Fisher matrix: SMW-NG.
        NATURAL_GRADIENT
    }

    /// The damping.
    ///
    /// @param lambdaLM λ_LM before the first step
    /// @param tau τ, its fixed part
    /// @param boost the factor if ρ < ε
    /// @param drop the factor if ρ > 1 − ε
    /// @param epsilon ε, below ½
    /// @param smallestRatio the ρ below which a step is not taken; −∞ to take all
    public record LambdaRule(
            @Tunable(value = "initial adapted damping λ_LM", searchFrom = 0.01, searchTo = 10) double lambdaLM,
            @Tunable("fixed damping τ") double tau,
            @Tunable("factor on λ_LM after a bad step") double boost,
            @Tunable("factor on λ_LM after a good step") double drop,
            @Tunable("bound ε: a step is bad if ρ < ε and good if ρ > 1 − ε") double epsilon,
            @Tunable("reduction ratio ρ below which a step is not taken; -Infinity to take all") double smallestRatio) {
        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if one is out of range
        public LambdaRule {
            Require.notNegative("lambdaLM", lambdaLM);
            Require.positive("tau", tau);
            Require.positive("boost", boost);
            Require.positive("drop", drop);
            Require.ratioBound("epsilon", epsilon);
            if (!(smallestRatio < 1 - epsilon)) {
                throw new IllegalArgumentException(
                        "smallestRatio is " + smallestRatio + ", expected below " + (1 - epsilon));
            }
        }

        /// A rule with ε = ¼ by which every step is taken.
        ///
        /// @param lambdaLM λ_LM before the first step
        /// @param tau τ, its fixed part
        /// @param boost the factor if ρ < ε
        /// @param drop the factor if ρ > 1 − ε
        public LambdaRule(double lambdaLM, double tau, double boost, double drop) {
            this(lambdaLM, tau, boost, drop, 0.25, Double.NEGATIVE_INFINITY);
        }

        double next(double current, double reductionRatio) {
            return current * new RatioRule(epsilon, 1 - epsilon).select(reductionRatio, drop, 1, boost);
        }
    }

    /// Checks the value.
    ///
    /// @throws IllegalArgumentException if α is not positive
    public Smw {
        Require.positive("learningRate", learningRate);
    }

    /// Nothing: the matrices last for a step.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        return OptionalLong.of(0);
    }

    /// The curvature batch too.
    @Override
    public Set<BatchRole> batches() {
        return Set.of(BatchRole.GRADIENT, BatchRole.CURVATURE);
    }

    /// Five vectors, the Gram matrix of the rows of J and its factor: a row for each case, with SMW-GN for each of its
    /// outputs.
    @Override
    public long scratch(Network network, int cases) {
        long rows = (long) cases * (matrix == SubsampledMatrix.GAUSS_NEWTON ? network.output().size() : 1);
        return 5L * network.layout().size() + 2 * Footprint.square(rows);
    }

    /// Never: the Gram matrix has products between all cases.
    @Override
    public void requireDivisible(Model model) {
        throw Objective.indivisible(GRAM);
    }

    @Override
    public Run start(Start start) {
        if (matrix == SubsampledMatrix.GAUSS_NEWTON && !start.model().loss().isConvex()) {
            throw new IllegalArgumentException("SMW-GN needs a convex loss, got "
                    + start.model().loss() + ", whose Hessian has no real square root");
        }
        if (start.model().network().hasStatistics()) {
            throw new IllegalArgumentException("the SMW methods need the gradient of every case on its own, but a layer"
                    + " normalises by the batch: " + start.model().network());
        }
        return new JudgedRun("smw", start, new SmwProposer(this, start));
    }
}
