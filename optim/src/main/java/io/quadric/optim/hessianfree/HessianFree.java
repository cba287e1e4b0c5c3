package io.quadric.optim.hessianfree;

import io.quadric.linalg.solver.KeptIterates;
import io.quadric.nn.Network;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.BatchRole;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.curvature.CurvatureMatrix;
import io.quadric.optim.step.JudgedRun;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/// Hessian-free optimisation (Martens & Sutskever 2012): each step minimises the quadratic model
/// M(δ) = ½δᵀ(B + λD)δ + ∇fᵀδ by conjugate gradients, which need products Bv but never B itself.
///
/// One step, in order:
/// 1. b = −∇f on the gradient batch; CG on (B + λD)x = b with B on the curvature batch, starting at ζ times an iterate
///    of the previous step; the objective may end it early. Alternatively, Steihaug and Toint's method within a trust
///    region.
/// 2. One of the iterates is chosen as δ.
/// 3. ρ = (f(θ+δ) − f(θ)) / (½δᵀBδ + ∇fᵀδ), all on the curvature batch, by default without λD.
/// 4. A line search finds α; θ ← θ + αδ; λ is adapted by ρ.
///
/// @param curvature B
/// @param damping λ and its rule
/// @param dampingMatrix D
/// @param solver conjugate gradients or a trust region
/// @param preconditioner P
/// @param search the choice of the iterate, and the line search
/// @param structural structural damping: CG then sees B + λD + μ·(its term), which is itself a Gauss-Newton matrix; it
///     enters the diagonals of [CurvatureDiagonal] that can account for it, but not ρ
public record HessianFree(
        @Tunable("curvature matrix") CurvatureMatrix curvature,
        LevenbergMarquardt damping,
        DampingMatrix dampingMatrix,
        ModelSolver solver,
        Preconditioner preconditioner,
        StepSearch search,
        StructuralDampingRule structural)
        implements Optimizer {
    /// Checks that structural damping has a strength.
    ///
    /// @throws IllegalArgumentException if its strength is a multiple of a λ that is 0
    public HessianFree {
        boolean timesLambda = structural.strength() == StructuralDampingRule.Strength.TIMES_LAMBDA;
        if (structural.isOn() && timesLambda && damping.lambda() == 0) {
            throw new IllegalArgumentException("structuralDamping " + structural.mu()
                    + " with structuralStrength times-lambda and lambda 0 damps nothing, expected lambda above 0 or"
                    + " structuralStrength fixed or by-ratio");
        }
    }

    /// The iterate from which CG starts, and a preconditioner that is kept.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        OptionalLong kept = usedPreconditioner().memory(layout);
        return kept.isEmpty() ? kept : OptionalLong.of(layout.size() + kept.getAsLong());
    }

    /// Nine vectors, mostly of CG, and the iterates that are kept to be chosen from.
    @Override
    public long scratch(Network network, int cases) {
        boolean keeps = search.backtracking().active() && !solver.region().isOn();
        int kept = KeptIterates.most(search.backtracking().spacing(), keeps ? solver.cg().mostIterations() : 0);
        return (9L + kept + (solver.start().iterate().needsTests() ? 1 : 0)) * network.layout().size();
    }

    /// {@return Gauss-Newton products, λ = 1 adapted, the empirical Fisher diagonal, backtracking and a line search}
    public static HessianFree defaults() {
        return new HessianFree(
                CurvatureMatrix.GAUSS_NEWTON,
                new LevenbergMarquardt(1, true),
                DampingMatrix.identity(),
                new ModelSolver(new CgSettings(250, 0, 1e-4, 0.95)),
                new Preconditioner(CurvatureDiagonal.Usual.EMPIRICAL_FISHER, 0.75, 0),
                new StepSearch(BacktrackingRule.whileLower()),
                StructuralDampingRule.none());
    }

    /// {@return the same with another solver and choice of the step}
    ///
    /// @param other conjugate gradients or a trust region
    /// @param step the choice of the iterate, and the line search
    public HessianFree with(ModelSolver other, StepSearch step) {
        return new HessianFree(curvature, damping, dampingMatrix, other, preconditioner, step, structural);
    }

    /// {@return the same with other structural damping}
    ///
    /// @param penalty structural damping
    public HessianFree with(StructuralDampingRule penalty) {
        return new HessianFree(curvature, damping, dampingMatrix, solver, preconditioner, search, penalty);
    }

    /// {@return whether an observer sees iterates}: there is no trust region.
    public boolean iterates() {
        return !solver.region().isOn();
    }

    /// P, unless the trust region is spherical, which excludes preconditioning.
    Preconditioner usedPreconditioner() {
        return solver.region().norm() == TrustRegion.Norm.SPHERICAL
                ? new Preconditioner(Preconditioner.None.NONE, preconditioner.xi(), preconditioner.kappa())
                : preconditioner;
    }

    /// The curvature batch, and the evaluation batch if iterates are compared on it.
    @Override
    public Set<BatchRole> batches() {
        Set<BatchRole> used = EnumSet.of(BatchRole.GRADIENT, BatchRole.CURVATURE);
        if (!solver.region().isOn() && search.backtracking().active()) {
            used.add(search.backtracking().batch());
        }
        if (!solver.region().isOn() && solver.termination().isOn()) {
            used.add(solver.termination().batch());
        }
        return used;
    }

    @Override
    public Run start(Start start) {
        return start(start, CgObserver.NONE);
    }

    /// {@return a new run whose iterates of conjugate gradients are observed}; those within a trust region are not.
    ///
    /// @param start model, parameters, data for a warm start, seed, workspace
    /// @param observer sees them, without an effect on the steps
    /// @throws IllegalArgumentException if the method cannot train such a model
    public Run start(Start start, CgObserver observer) {
        structural.term(start.model(), structural.mu(), damping.lambda());
        return new JudgedRun("hessian-free", start, new HessianFreeProposer(this, start, observer));
    }
}
