package io.quadric.optim.recipe;

import io.quadric.optim.BatchRole;
import io.quadric.optim.hessianfree.BacktrackingRule;
import io.quadric.optim.hessianfree.BlockHessianFree;
import io.quadric.optim.hessianfree.CgSettings;
import io.quadric.optim.hessianfree.CurvatureDiagonal;
import io.quadric.optim.hessianfree.EarlyTermination;
import io.quadric.optim.hessianfree.HessianFree;
import io.quadric.optim.hessianfree.KrylovSubspaceDescent;
import io.quadric.optim.hessianfree.LevenbergMarquardt;
import io.quadric.optim.hessianfree.ModelSolver;
import io.quadric.optim.hessianfree.Partition;
import io.quadric.optim.hessianfree.Partition.Divided.Division;
import io.quadric.optim.hessianfree.Preconditioner;
import io.quadric.optim.hessianfree.StepSearch;
import io.quadric.optim.hessianfree.StructuralDampingRule;
import io.quadric.optim.hessianfree.TrustRegion;
import io.quadric.optim.hessianfree.WarmStart;
import io.quadric.optim.step.Averaged;
import java.util.List;
import java.util.stream.Stream;

/// The recipes that minimise a quadratic model by products with the curvature matrix alone.
final class HessianFreeFamily {
    private HessianFreeFamily() {}

    static HessianFree original() {
        return HessianFree.defaults();
    }

    static HessianFree early() {
        HessianFree base = original();
        return base.with(
                new ModelSolver(
                        base.solver().cg(),
                        WarmStart.of(WarmStart.Iterate.BEST_OBJECTIVE),
                        EarlyTermination.usual(),
                        TrustRegion.none()),
                new StepSearch(new BacktrackingRule(
                        true, BacktrackingRule.Reach.ALL, BacktrackingRule.Measure.OBJECTIVE, BatchRole.EVALUATION)));
    }

    static HessianFree momentum() {
        HessianFree base = original();
        return base.with(
                new ModelSolver(
                        new CgSettings(40, 0, 5e-4, 0.95),
                        new WarmStart(WarmStart.Iterate.LAST, 0.99, 200),
                        EarlyTermination.none(),
                        TrustRegion.none()),
                base.search());
    }

    static HessianFree trustRegion() {
        HessianFree base = original();
        return new HessianFree(
                base.curvature(),
                new LevenbergMarquardt(0, true),
                base.dampingMatrix(),
                new ModelSolver(
                        base.solver().cg(),
                        WarmStart.last(),
                        EarlyTermination.none(),
                        new TrustRegion(TrustRegion.Norm.ELLIPTIC, 1)),
                new Preconditioner(CurvatureDiagonal.Usual.EMPIRICAL_FISHER, 0.75, 1e-3),
                new StepSearch(BacktrackingRule.none()),
                base.structural());
    }

    static HessianFree recurrent() {
        HessianFree base = original();
        HessianFree shorter = base.with(new ModelSolver(new CgSettings(50, 0, 5e-4, 0.95)), base.search());
        StructuralDampingRule none = base.structural();
        return shorter.with(new StructuralDampingRule(0.1, none.distance(), none.strength()));
    }

    /// α = 0.1 and ζ = 0.95 throughout the paper (Zhang et al. 2017, §2.2 and §4).
    static BlockHessianFree blocks(Partition.Divided partition, double damping, int maxIterations) {
        return new BlockHessianFree(partition, 0.1, damping, new CgSettings(maxIterations, 0, 5e-4, 0.95));
    }

    static BlockHessianFree autoencoder() {
        return blocks(new Partition.Divided(Division.CONTIGUOUS, 2), 0, 30);
    }

    static BlockHessianFree lstm() {
        return blocks(new Partition.Divided(Division.UNIT, 3), 0.01, 100);
    }

    static Averaged residual() {
        BlockHessianFree inner = blocks(new Partition.Divided(Division.UNIT, 3), 0.1, 30);
        return new Averaged(inner, 0.99, Averaged.AverageStart.FIRST);
    }

    static List<Recipe> all() {
        return Stream.of(whole(), inBlocks()).flatMap(List::stream).toList();
    }

    private static List<Recipe> inBlocks() {
        return List.of(
                new Recipe(
                        "block-hessian-free",
                        "Hessian-free steps of fixed length, each block of layers with its own conjugate gradients",
                        "Zhang et al. (2017), §4.1, damping of §4.2",
                        Optimizers.blockHessianFree()),
                new Recipe(
                        "block-hessian-free-autoencoder",
                        "The same as published for the autoencoder: encoder and decoder, undamped",
                        "Zhang et al. (2017), §4.1",
                        autoencoder()),
                new Recipe(
                        "block-hessian-free-lstm",
                        "The same as published for the LSTM: a block for each LSTM layer",
                        "Zhang et al. (2017), §4.2",
                        lstm()),
                new Recipe(
                        "block-hessian-free-residual",
                        "The same as published for the residual network: a block for each residual block, averaged",
                        "Zhang et al. (2017), §4.3",
                        residual()));
    }

    private static List<Recipe> whole() {
        return List.of(
                new Recipe(
                        "hessian-free",
                        "Hessian-free optimisation: damped Gauss-Newton steps by conjugate gradients",
                        "Martens & Sutskever (2012), §13, first method",
                        original()),
                new Recipe(
                        "hessian-free-early",
                        "The same, with conjugate gradients that end when the objective of the curvature batch rises",
                        "Martens & Sutskever (2012), §13, second method",
                        early()),
                new Recipe(
                        "hessian-free-momentum",
                        "The same, with short runs of conjugate gradients that go on from step to step",
                        "Martens & Sutskever (2012), §13, third method",
                        momentum()),
                new Recipe(
                        "hessian-free-recurrent",
                        "The same with structural damping and short runs, for recurrent networks",
                        "Martens & Sutskever (2012), §8.4; solves the addition problem of length 30",
                        recurrent()),
                new Recipe(
                        "hessian-free-trust-region",
                        "Gauss-Newton steps by Steihaug and Toint's method within an ellipsoid of adapted radius",
                        "Martens & Sutskever (2012), §8.6",
                        trustRegion()),
                new Recipe(
                        "krylov-subspace-descent",
                        "The objective itself minimised over the Krylov space of each step, by BFGS",
                        "Vinyals & Povey (2012)",
                        KrylovSubspaceDescent.defaults()));
    }
}
