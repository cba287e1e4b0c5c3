package io.quadric.optim.recipe;

import io.quadric.linalg.analysis.FactorNorm;
import io.quadric.optim.BatchRole;
import io.quadric.optim.curvature.FactorSource;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.firstorder.Adam;
import io.quadric.optim.firstorder.RmsProp;
import io.quadric.optim.firstorder.Sgd;
import io.quadric.optim.gram.Smw;
import io.quadric.optim.gram.Smw.SubsampledMatrix;
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
import io.quadric.optim.kronecker.Ekfac;
import io.quadric.optim.kronecker.FactorSchedule;
import io.quadric.optim.kronecker.KBfgs;
import io.quadric.optim.kronecker.Kfac;
import io.quadric.optim.kronecker.KroneckerGaussNewton;
import io.quadric.optim.kronecker.PairDamping;
import io.quadric.optim.kronecker.Quadric;
import io.quadric.optim.quasinewton.Lbfgs;
import io.quadric.optim.step.Averaged;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Momentum;
import io.quadric.optim.step.RatioRule;
import io.quadric.optim.tensor.Shampoo;
import io.quadric.optim.tensor.TensorStatistics;
import io.quadric.optim.tensor.TensorView;
import io.quadric.optim.tensor.Tnt;
import java.util.List;

/// The named recipes: each a composition with its published defaults, in a line.
public final class Optimizers {
    private Optimizers() {}

    /// {@return Kronecker-factored steps that find their own length, momentum and damping, with an average of the
    /// parameters of decay 0.9. All values are ours: q* = 0.3, λ = 1 at first, ξ = ½}
    public static Averaged quadric() {
        Quadric method = new Quadric(
                new Quadric.Factors(GradientSource.SAMPLED, 0.99, 2, 10, 0.5),
                new Quadric.Damping(1, 0.2, 0.3, 64, 0.05),
                new Quadric.Steps(Quadric.Length.EXACT_WITH_MOMENTUM, 1, true, 4));
        return new Averaged(method, 0.9, Averaged.AverageStart.MEAN);
    }

    /// {@return Hessian-free optimisation with Tikhonov damping adapted by the Levenberg–Marquardt rule,
    /// Fisher-diagonal preconditioning, CG backtracking and a line search (Martens & Sutskever 2012, §13, first
    /// method)}
    public static HessianFree hessianFree() {
        return HessianFree.defaults();
    }

    /// {@return the second method of Martens & Sutskever (2012, §13): conjugate gradients end as soon as the objective
    /// on the curvature batch is significantly worse than ten iterations ago; the step is the kept iterate with the
    /// lowest objective on the evaluation batch; the next run starts from the tested iterate that was best on the
    /// curvature batch. The rest as in [#hessianFree()]}
    public static HessianFree hessianFreeEarly() {
        HessianFree base = hessianFree();
        return base.with(
                new ModelSolver(
                        base.solver().cg(),
                        WarmStart.of(WarmStart.Iterate.BEST_OBJECTIVE),
                        EarlyTermination.usual(),
                        TrustRegion.none()),
                new StepSearch(new BacktrackingRule(
                        true, BacktrackingRule.Reach.ALL, BacktrackingRule.Measure.OBJECTIVE, BatchRole.EVALUATION)));
    }

    /// {@return the third method of Martens & Sutskever (2012, §13): at most 40 iterations (25 to 50 there), for
    /// smaller batches used for both gradient and curvature; ζ rises from 0.95 (§10) to 0.99 over 200 steps,
    /// which is our reading of "increasing it towards the end". The rest as in [#hessianFree()]}
    public static HessianFree hessianFreeMomentum() {
        HessianFree base = hessianFree();
        return base.with(
                new ModelSolver(
                        new CgSettings(40, 0, 1e-4, 0.95),
                        new WarmStart(WarmStart.Iterate.LAST, 0.99, 200),
                        EarlyTermination.none(),
                        TrustRegion.none()),
                base.search());
    }

    /// {@return Hessian-free optimisation with structural damping (Martens & Sutskever 2012, §8.4): μ = 0.1 times λ,
    /// at most 50 iterations, and the estimated diagonal, which sees structural damping (§11.4), with batches of 1000
    /// for gradient and curvature alike. With these, 100 tanh units learn the addition problem of length 30 (10,000
    /// cases, Glorot's initialisation) in some 30 steps; the paper gives no figures}
    public static HessianFree hessianFreeRecurrent() {
        HessianFree base = hessianFree();
        StructuralDampingRule none = base.structural();
        return new HessianFree(
                base.curvature(),
                base.damping(),
                base.dampingMatrix(),
                new ModelSolver(new CgSettings(50, 0, 1e-4, 0.95)),
                new Preconditioner(CurvatureDiagonal.Usual.RADEMACHER, 0.75, 0),
                base.search(),
                new StructuralDampingRule(0.1, none.distance(), none.strength()));
    }

    /// {@return Gauss-Newton steps within ‖δ‖_P ≤ r (Martens & Sutskever 2012, §8.6), P as for [#hessianFree()],
    /// without λ. r = 1 and κ = 1e-3, which keeps P definite without λ, are ours}
    public static HessianFree hessianFreeTrustRegion() {
        HessianFree base = hessianFree();
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
                new StructuralDampingRule(
                        0, base.structural().distance(), StructuralDampingRule.Strength.FIXED));
    }

    /// {@return Krylov subspace descent (Vinyals & Povey 2012; Martens & Sutskever 2012, §8.1)}
    public static KrylovSubspaceDescent krylovSubspaceDescent() {
        return KrylovSubspaceDescent.defaults();
    }

    /// {@return block-diagonal Hessian-free optimisation: two blocks, α = 0.1, at most 30 iterations, as for the
    /// autoencoder of Zhang et al. (2017, §4.1); d = 0.01, as for their LSTM (§4.2). Without damping, as in §4.1, the
    /// digits classifier diverges with batches of 100}
    public static BlockHessianFree blockHessianFree() {
        return blocks(new Partition.Divided(Division.CONTIGUOUS, 2), 0.01, 30);
    }

    /// {@return block-diagonal Hessian-free optimisation as published for the autoencoder (Zhang et al. 2017, §4.1):
    /// two blocks, which are encoder and decoder of a symmetric net, no damping, at most 30 iterations}
    public static BlockHessianFree blockHessianFreeAutoencoder() {
        return blocks(new Partition.Divided(Division.CONTIGUOUS, 2), 0, 30);
    }

    /// {@return block-diagonal Hessian-free optimisation as published for three LSTM layers (§4.2): a block for each,
    /// the last one with the dense layer, d = 0.01, at most 100 iterations}
    public static BlockHessianFree blockHessianFreeLstm() {
        return blocks(new Partition.Divided(Division.UNIT, 3), 0.01, 100);
    }

    /// {@return block-diagonal Hessian-free optimisation as published for a residual network (§4.3): a block for each
    /// of its residual blocks, the outer ones with the layers beside them, d = 0.1, at most 30 iterations, and
    /// parameters averaged with decay 0.99 for evaluation}
    public static Averaged blockHessianFreeResidual() {
        BlockHessianFree inner = blocks(new Partition.Divided(Division.UNIT, 3), 0.1, 30);
        return new Averaged(inner, 0.99, Averaged.AverageStart.FIRST);
    }

    /// α = 0.1 and ζ = 0.95 throughout the paper (Zhang et al. 2017, §2.2 and §4).
    private static BlockHessianFree blocks(Partition.Divided partition, double damping, int maxIterations) {
        return new BlockHessianFree(partition, 0.1, damping, new CgSettings(maxIterations, 0, 1e-4, 0.95));
    }

    /// {@return KFAC with statistics in every step and inverses every T₂ = 20, β = μ = 0.9, as in the authors' program
    /// for Ren (2022)}
    ///
    /// In the [order printed][#kfacPrinted()], with averages updated after the direction, the published settings
    /// (Table 3.5: α = 0.03, λ = 1) diverge within 30 steps on the MNIST autoencoder, whose curvature grows faster than
    /// the averages. The program has factors before the direction, λ = 3 split with π = 1 (Table 2.5), and α = 0.1,
    /// which is Table 2.5's α = 1 without the factor 1 − μ of its averaged momentum.
    public static Kfac kfac() {
        return new Kfac(
                new DirectStep(0.1),
                GradientSource.SAMPLED,
                new Momentum(0.9, false),
                new Kfac.Statistics(0.9, 1, 20, FactorSchedule.BEFORE_DIRECTION),
                new Kfac.Damping(3, false));
    }

    /// {@return KFAC as printed (Ren 2022, Algorithm 12), with the settings for the MNIST autoencoder: α = 0.03, λ = 1
    /// (Table 3.5). On that autoencoder it diverges, see [#kfac()]}
    public static Kfac kfacPrinted() {
        return new Kfac(
                new DirectStep(0.03),
                GradientSource.SAMPLED,
                new Momentum(0.9, false),
                new Kfac.Statistics(0.9, 1, 20, FactorSchedule.AFTER_DIRECTION),
                new Kfac.Damping(1, true));
    }

    /// {@return KFAC as compared in Ren (2022, Algorithm 7, in the order of his program): averaged momentum, π = 1,
    /// statistics in every step, and inverses in each of the first T₂ steps; α = 1, λ = 3 for the MNIST autoencoder
    /// (Table 2.5)}
    public static Kfac kfacAveraged() {
        return new Kfac(
                new DirectStep(1),
                GradientSource.SAMPLED,
                new Momentum(0.9, true),
                new Kfac.Statistics(0.9, 1, 20, FactorSchedule.BEFORE_DIRECTION),
                new Kfac.Damping(3, false));
    }

    /// {@return EKFAC (George et al. 2018, Algorithm 1): KFAC in the eigenbases of its factors with measured second
    /// moments. The paper's rates and dampings depend on the problem; these are taken from [#kfac()]}
    public static Ekfac ekfac() {
        return new Ekfac(
                new DirectStep(0.1),
                GradientSource.SAMPLED,
                new Momentum(0.9, false),
                new Ekfac.Statistics(0.9, 1, 20, Ekfac.Eigenvalues.MEASURED),
                3);
    }

    /// {@return KFLR: Gauss-Newton steps with exact Kronecker factors of the minibatch (Botev et al. 2017, §3.4, C)}
    public static KroneckerGaussNewton kflr() {
        return kroneckerNewton(GradientSource.EXACT);
    }

    /// {@return KFRA: the same with recursive factors (Botev et al. 2017, §3.5, C)}
    public static KroneckerGaussNewton kfra() {
        return kroneckerNewton(FactorSource.Recursion.RECURSIVE);
    }

    /// {@return KFAC in the frame of [#kflr()], as Botev et al. (2017) compare it: G from targets drawn}
    public static KroneckerGaussNewton kfacBotev() {
        return kroneckerNewton(GradientSource.SAMPLED);
    }

    /// τ is adapted every T = 5 steps and γ every T = 20, by ω = 0.95ᵀ, as in C.3. The paper has "default damping
    /// parameter settings, with no tweaking" for all its problems and does not print them. γ = τ = 1 was the best of
    /// 0.1, 1, 10 and 150 on the MNIST autoencoder.
    private static KroneckerGaussNewton kroneckerNewton(FactorSource source) {
        return new KroneckerGaussNewton(
                source,
                new KroneckerGaussNewton.Blocks(
                        0, 1, KroneckerGaussNewton.BlockInverse.SPLIT, FactorNorm.TRACE),
                new KroneckerGaussNewton.GammaRule(1, true, 20, Math.pow(0.95, 20)),
                new KroneckerGaussNewton.TauRule(1, true, 5, Math.pow(0.95, 5), RatioRule.QUARTERS),
                Double.NEGATIVE_INFINITY);
    }

    /// {@return K-BFGS (Ren 2022, Algorithm 9) with the settings for the MNIST autoencoder: α = 0.03, λ = 0.3 (Table
    /// 3.5), β = μ = 0.9, μ₁ = 0.2, T = 1}
    public static KBfgs kbfgs() {
        return kbfgs(0, KBfgs.Variant.MINIBATCH);
    }

    /// {@return K-BFGS(L): the same with H_G made of the last 100 pairs}
    public static KBfgs kbfgsL() {
        return kbfgs(100, KBfgs.Variant.MINIBATCH);
    }

    /// {@return K-BFGS as first published (Ren 2022, Algorithm 4): averaged A and momentum; α = λ = 0.3 for the MNIST
    /// autoencoder (Table 2.5)}
    public static KBfgs kbfgsAveraged() {
        return kbfgs(0, KBfgs.Variant.AVERAGED);
    }

    /// {@return K-BFGS(L) as first published (Ren 2022, Algorithm 4)}
    public static KBfgs kbfgsLAveraged() {
        return kbfgs(100, KBfgs.Variant.AVERAGED);
    }

    private static KBfgs kbfgs(int memory, KBfgs.Variant variant) {
        return new KBfgs(
                new DirectStep(variant == KBfgs.Variant.MINIBATCH ? 0.03 : 0.3),
                new Momentum(0.9, variant == KBfgs.Variant.AVERAGED),
                new KBfgs.Curvature(0.9, 0.3, 0.2, 1),
                memory,
                variant,
                new KBfgs.Options(
                        variant == KBfgs.Variant.MINIBATCH ? PairDamping.POWELL_LM : PairDamping.POWELL_POWELL));
    }

    /// {@return SMW-GN, the subsampled Gauss-Newton method (Ren 2022, Algorithm 23): λ_LM = 1, τ = 0.001, factors 1.01
    /// and 0.99 (§5.8)}
    public static Smw smwGn() {
        return subsampledNewton(SubsampledMatrix.GAUSS_NEWTON, false);
    }

    /// {@return SMW-NG, the subsampled natural gradient method (Ren 2022, Algorithm 23)}
    public static Smw smwNg() {
        return subsampledNewton(SubsampledMatrix.NATURAL_GRADIENT, false);
    }

    /// {@return SMW-NG-BD, the same layer by layer}
    public static Smw smwNgBd() {
        return subsampledNewton(SubsampledMatrix.NATURAL_GRADIENT, true);
    }

    private static Smw subsampledNewton(SubsampledMatrix matrix, boolean perLayer) {
        return new Smw(1, matrix, perLayer, new Smw.LambdaRule(1, 0.001, 1.01, 0.99));
    }

    /// {@return TNT (Ren 2022, Algorithm 15) with the settings for the MNIST autoencoder: α = 1e-4, ε = 0.1 (Table
    /// 4.3), β = μ = 0.9, T₁ = 1, T₂ = 20 (§4.7.1); inversions in each of the first T₂ steps, as in the authors'
    /// program}
    public static Tnt tnt() {
        return tnt(Tnt.Targets.SAMPLED, 1e-4, 0.1);
    }

    /// {@return TNT-EF, the same with the true targets: ε = 0.01 (Table 4.5), α = 3e-5 chosen on the digits, where the
    /// table's 3e-6 for the MNIST autoencoder hardly moves}
    public static Tnt tntEf() {
        return tnt(Tnt.Targets.EMPIRICAL, 3e-5, 0.01);
    }

    private static Tnt tnt(Tnt.Targets targets, double learningRate, double epsilon) {
        return new Tnt(
                new DirectStep(learningRate),
                targets,
                new Momentum(0.9, false),
                new TensorStatistics(0.9, 1, 20, true),
                epsilon,
                TensorView.Usual.FILTERS_MERGED);
    }

    /// {@return Shampoo (Gupta et al. 2018) as in Ren (2022, Algorithm 16) with the settings for the MNIST
    /// autoencoder: α = ε = 3e-4 (Table 4.3), β = μ = 0.9, T₁ = 1, T₂ = 20 (§4.7.1); roots in each of the first T₂
    /// steps, which the authors' program has for TNT and convolutional networks only}
    public static Shampoo shampoo() {
        return new Shampoo(
                new DirectStep(3e-4),
                new Momentum(0.9, false),
                new TensorStatistics(0.9, 1, 20, true),
                3e-4,
                TensorView.Usual.FILTERS_MERGED);
    }

    /// {@return Adam with the defaults of the paper}
    public static Adam adam() {
        return new Adam(new DirectStep(1e-3), 0.9, 0.999, 1e-8);
    }

    /// {@return AdamW: Adam with decoupled weight decay γ = 0.01, the usual default; the paper's γ depends on the
    /// problem (Loshchilov & Hutter 2019, Algorithm 2)}
    public static Adam adamw() {
        Adam adam = adam();
        return new Adam(adam.step().withWeightDecay(0.01), adam.beta1(), adam.beta2(), adam.epsilon());
    }

    /// {@return gradient descent with momentum 0.9}
    public static Sgd sgd() {
        return new Sgd(new DirectStep(1e-2), 0.9, false);
    }

    /// {@return gradient descent with Nesterov's momentum 0.9}
    public static Sgd nesterov() {
        return new Sgd(new DirectStep(1e-2), 0.9, true);
    }

    /// {@return RMSprop with decay 0.9}
    public static RmsProp rmsprop() {
        return new RmsProp(new DirectStep(1e-3), 0.9, 0, false, 1e-8);
    }

    /// {@return RMSprop as compared in Ren (2022, §2.8.2): β₁ = ρ = 0.9, v from the warm-up data; α = ε = 1e-3 for the
    /// autoencoder of curves (Table 2.5; both are 1e-4 for MNIST's)}
    public static RmsProp rmspropMomentum() {
        return new RmsProp(new DirectStep(1e-3), 0.9, 0.9, true, 1e-3);
    }

    /// {@return L-BFGS with ten pairs, c₁ = 1e-4 and c₂ = 0.9 (Nocedal & Wright 2006, §3.1 and §7.2)}
    public static Lbfgs lbfgs() {
        return new Lbfgs(10, 1e-4, 0.9, 20);
    }

    /// {@return all recipes}
    public static List<Recipe> all() {
        return Recipes.ALL.all();
    }

    /// {@return the recipe of the given name}
    ///
    /// @param name the name
    /// @throws IllegalArgumentException if there is none; the message names the known ones, or says what it is called
    /// now
    public static Recipe named(String name) {
        return Recipes.ALL.get(name);
    }

    /// {@return what can be put around every method}, from the inside out
    public static List<Decoration> decorations() {
        return Recipes.DECORATIONS.all();
    }
}
