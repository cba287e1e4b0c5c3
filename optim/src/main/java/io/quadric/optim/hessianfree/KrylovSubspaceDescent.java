package io.quadric.optim.hessianfree;

import io.quadric.nn.Network;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.BatchRole;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.curvature.CurvatureMatrix;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.JudgedRun;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/// Krylov subspace descent (Vinyals & Povey 2012; Martens & Sutskever 2012, §8.1): each step minimises the objective
/// itself over the span of a few vectors, which replaces damping.
///
/// One step, in order:
/// 1. ∇f and the preconditioner P on the gradient batch; on the curvature batch, an orthonormal basis, the columns of
///    V, of span{P⁻¹∇f, (P⁻¹B)P⁻¹∇f, …, (P⁻¹B)^{K−1}P⁻¹∇f} and the previous step.
/// 2. On the search batch, BFGS on a ↦ f(θ + Va), with (VᵀBV + λI)⁻¹ as its first matrix, from the lowest of 0 and the
///    minimisers of ½aᵀ(VᵀBV + λI)a + (Vᵀ∇f)ᵀa over the first 1, 2, 3, 4, 5, 7, … vectors and over all.
/// 3. θ ← θ + Va.
///
/// Without a preconditioner, the minimisers over the first vectors are the iterates of conjugate gradients from 0 that
/// backtracking would keep. Since BFGS never goes up, the step is at least as good as any of them on the search batch.
///
/// @param curvature B
/// @param preconditioner P, with λ in its diagonal
/// @param subspace the basis
/// @param search the minimisation over its span
public record KrylovSubspaceDescent(
        @Tunable("curvature matrix of the basis") CurvatureMatrix curvature,
        Preconditioner preconditioner,
        Subspace subspace,
        Search search)
        implements Optimizer {
    /// The space that is searched.
    ///
    /// @param dimension K, at most; fewer where the Krylov space is exhausted
    /// @param previousStep whether the previous step is one more vector
    /// @param lambda λ
    public record Subspace(
            @Tunable("dimension K of the Krylov space") int dimension,
            @Tunable("whether the previous step joins the basis") boolean previousStep,
            @Tunable("damping λ of the model that BFGS starts from") double lambda) {
        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if one is out of range
        public Subspace {
            Require.atLeastOne("dimension", dimension);
            Require.notNegative("lambda", lambda);
        }
    }

    /// The minimisation over the span.
    ///
    /// @param iterations the largest number of BFGS iterations
    /// @param batch the batch on which it minimises
    public record Search(
            @Tunable(key = "searchIterations", value = "limit of BFGS iterations within the subspace") int iterations,
            @Tunable(key = "searchBatch", value = "batch of the objective that BFGS minimises") BatchRole batch) {
        /// Checks the limit.
        ///
        /// @throws IllegalArgumentException if it is negative
        public Search {
            Require.notNegative("searchIterations", iterations);
        }
    }

    /// The previous step, and a preconditioner that is kept.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        OptionalLong kept = preconditioner.memory(layout);
        return kept.isEmpty() ? kept : OptionalLong.of(layout.size() + kept.getAsLong());
    }

    /// The basis, and ten vectors.
    @Override
    public long scratch(Network network, int cases) {
        return (11L + subspace.dimension()) * network.layout().size();
    }

    /// {@return the published method}: K = 20, the previous step, the Fisher diagonal and a third batch are from the
    /// paper, ξ = 0.75 is from Hessian-free optimisation, and λ = 1e-4 and 20 iterations are our choice.
    public static KrylovSubspaceDescent defaults() {
        return new KrylovSubspaceDescent(
                CurvatureMatrix.GAUSS_NEWTON,
                new Preconditioner(CurvatureDiagonal.Usual.EMPIRICAL_FISHER, 0.75, 0),
                new Subspace(20, true, 1e-4),
                new Search(20, BatchRole.EVALUATION));
    }

    /// The curvature batch, and the batch of the search.
    @Override
    public Set<BatchRole> batches() {
        return EnumSet.of(BatchRole.GRADIENT, BatchRole.CURVATURE, search.batch());
    }

    @Override
    public Run start(Start start) {
        return new JudgedRun("krylov-subspace-descent", start, new KrylovSubspaceProposer(this, start));
    }
}
