package io.quadric.optim.recipe;

import io.quadric.nn.registry.Registry;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.step.Averaged;
import io.quadric.optim.step.PenaltyCutoff;
import io.quadric.optim.step.RateSchedule;
import io.quadric.optim.step.Scheduled;
import java.util.List;
import java.util.Map;

/// What has a name in this module: the recipes, and what can be put around any of them.
final class Recipes {
    private static final String VARIANT = "inputFactor', 'outputStart' and 'dampingSplit";
    private static final String SMW = "Ren (2022), Algorithm 23 and §5.8; the whole step, α = 1, is that of Theorem 6";

    static final Registry<Decoration> DECORATIONS = new Registry<>("decoration", Decoration.class, List.of(
            new Decoration(
                    "schedule",
                    "without a decayShape of its own, if one of these is set, its steps are scaled from step to step",
                    "Martens & Sutskever (2012), §12.2; Ren (2022), Theorem 2",
                    Recipes::scheduled),
            new Decoration(
                    "penalty-cutoff",
                    "if this is set, the steps after it are taken without the model's L2 penalty",
                    "Martens & Sutskever (2012), §13",
                    method -> new PenaltyCutoff(method, 0)),
            new Decoration(
                    "average",
                    "if one of these is set, an average of the parameters is evaluated in their place",
                    "Botev et al. (2017), C.4",
                    Averaged::new)));

    /// More data for the gradient than for the curvature (Martens & Sutskever 2012, §12.1 and §13); how much is ours.
    private static final RecipeBatches HALVES = RecipeBatches.ALIKE.of(5000).withCurvature(0.5);

    /// The curvature batch is a part of the gradient batch (Zhang et al. 2017, Algorithm 1; Ren 2022, Algorithm 23,
    /// with N₂ = N₁/2 in §5.8).
    private static final RecipeBatches WITHIN = RecipeBatches.ALIKE.withCurvature(0.5);

    private static final RecipeBatches THOUSAND = RecipeBatches.ALIKE.of(1000);

    /// The most cases in a batch of a method that wants all of them.
    private static final int SMALL_PROBLEM = 10_000;

    static final Registry<Recipe> ALL = new Registry<>("optimizer", Recipe.class, List.of(
            new Recipe("quadric",
                    "Kronecker-factored steps that find their own length, momentum and damping: nothing to tune",
                    "Martens & Grosse (2015), §6 and §7; the rule for λ and all values are ours",
                    Optimizers.quadric()),
            new Recipe("hessian-free", "Hessian-free optimisation: damped Gauss-Newton steps by conjugate gradients",
                    "Martens & Sutskever (2012), §13, first method", Optimizers.hessianFree()).with(HALVES),
            new Recipe("hessian-free-early",
                    "The same, with conjugate gradients that end when the objective of the curvature batch rises",
                    "Martens & Sutskever (2012), §13, second method", Optimizers.hessianFreeEarly()).with(HALVES),
            new Recipe("hessian-free-momentum",
                    "The same, with short runs of conjugate gradients that go on from step to step",
                    "Martens & Sutskever (2012), §13, third method", Optimizers.hessianFreeMomentum())
                    .with(RecipeBatches.ALIKE.of(1000)),
            new Recipe("hessian-free-recurrent",
                    "The same with structural damping and short runs, for recurrent networks",
                    "Martens & Sutskever (2012), §8.4; solves the addition problem of length 30",
                    Optimizers.hessianFreeRecurrent()).with(RecipeBatches.ALIKE.of(1000)),
            new Recipe("hessian-free-trust-region",
                    "Gauss-Newton steps by Steihaug and Toint's method within an ellipsoid of adapted radius",
                    "Martens & Sutskever (2012), §8.6", Optimizers.hessianFreeTrustRegion())
                    .with(RecipeBatches.ALIKE.of(5000)),
            new Recipe("krylov-subspace-descent",
                    "The objective itself minimised over the Krylov space of each step, by BFGS",
                    "Vinyals & Povey (2012)", Optimizers.krylovSubspaceDescent()).with(HALVES),
            new Recipe("block-hessian-free",
                    "Hessian-free steps of fixed length, each block of layers with its own conjugate gradients",
                    "Zhang et al. (2017), §4.1, damping of §4.2", Optimizers.blockHessianFree()).with(WITHIN),
            new Recipe("block-hessian-free-autoencoder",
                    "The same as published for the autoencoder: encoder and decoder, undamped",
                    "Zhang et al. (2017), §4.1", Optimizers.blockHessianFreeAutoencoder()).with(WITHIN),
            new Recipe("block-hessian-free-lstm", "The same as published for the LSTM: a block for each LSTM layer",
                    "Zhang et al. (2017), §4.2", Optimizers.blockHessianFreeLstm()).with(WITHIN),
            new Recipe("block-hessian-free-residual",
                    "The same as published for the residual network: a block for each residual block, averaged",
                    "Zhang et al. (2017), §4.3", Optimizers.blockHessianFreeResidual()).with(WITHIN),
            new Recipe("smw-gn", "Subsampled Gauss-Newton by Gram matrices", SMW, Optimizers.smwGn()).with(WITHIN),
            new Recipe("smw-ng", "Subsampled natural gradient by Gram matrices", SMW, Optimizers.smwNg())
                    .with(WITHIN),
            new Recipe("smw-ng-bd", "SMW-NG layer by layer", SMW, Optimizers.smwNgBd()).with(WITHIN),
            new Recipe("kfac", "Kronecker-factored curvature of every layer, inverted factor by factor",
                    "the program of Ren (2022), with λ of Table 2.5; kfac-printed is the printed form",
                    Optimizers.kfac()),
            new Recipe("kfac-printed", "KFAC with factors and inverses refreshed after the step, as it is printed",
                    "Ren (2022), Algorithm 12 and Table 3.5", Optimizers.kfacPrinted()),
            new Recipe("kfac-averaged", "KFAC with averaged momentum and equally split damping",
                    "the program of Ren (2022) for Algorithm 7, and Table 2.5; printed: schedule=after-direction-eager",
                    Optimizers.kfacAveraged()),
            new Recipe("ekfac", "KFAC in the eigenbases of its factors, with measured second moments",
                    "George et al. (2018), Algorithm 1; rate and damping are those of kfac", Optimizers.ekfac()),
            new Recipe("kflr", "Gauss-Newton steps with exact Kronecker factors of the minibatch",
                    "Botev et al. (2017), §3.4 and C; γ = τ = 1 is ours", Optimizers.kflr()).with(THOUSAND),
            new Recipe("kfra", "Gauss-Newton steps with recursive Kronecker factors of the minibatch",
                    "Botev et al. (2017), §3.5 and C; γ = τ = 1 is ours", Optimizers.kfra()).with(THOUSAND),
            new Recipe("kfac-botev", "Gauss-Newton steps with sampled Kronecker factors of the minibatch",
                    "Botev et al. (2017), §5 and C; γ = τ = 1 is ours", Optimizers.kfacBotev()).with(THOUSAND),
            new Recipe("kbfgs", "Kronecker factors whose inverses are quasi-Newton approximations",
                    "Ren (2022), Algorithm 9 and Table 3.5", Optimizers.kbfgs()),
            new Recipe("kbfgs-l", "K-BFGS with limited memory for the output factors",
                    "Ren (2022), Algorithm 9 and Table 3.5", Optimizers.kbfgsL()),
            new Recipe("kbfgs-averaged", "K-BFGS as first published", "Ren (2022), Algorithm 4 and Table 2.5",
                    Optimizers.kbfgsAveraged()),
            new Recipe("kbfgs-l-averaged", "K-BFGS(L) as first published", "Ren (2022), Algorithm 4 and Table 2.5",
                    Optimizers.kbfgsLAveraged()),
            new Recipe("tnt", "Tensor-normal training: the Fisher matrix of every array as one factor for each axis",
                    "Ren (2022), Algorithm 15 and Table 4.3, inverses at first as in his program; printed: eager=false",
                    Optimizers.tnt()),
            new Recipe("tnt-ef", "TNT with the empirical Fisher matrix",
                    "Ren (2022), §4.7.3, ε of Table 4.5, whose rate is 3e-6; 3e-5 is ours; printed: eager=false",
                    Optimizers.tntEf()),
            new Recipe("shampoo",
                    "Roots of the averaged contractions of the gradient, one for each axis of every array",
                    "Gupta et al. (2018); Ren (2022), Algorithm 16 and Table 4.3; printed: eager=false",
                    Optimizers.shampoo()),
            new Recipe("adam", "Adaptive moments of the gradient", "Kingma & Ba (2015)", Optimizers.adam()),
            new Recipe("adamw", "Adam with decoupled weight decay", "Loshchilov & Hutter (2019)", Optimizers.adamw()),
            new Recipe("sgd", "Gradient descent with heavy-ball momentum", "Polyak (1964); the rate is ours",
                    Optimizers.sgd()),
            new Recipe("nesterov", "Gradient descent with Nesterov's momentum",
                    "Sutskever, Martens, Dahl & Hinton (2013); the rate is ours", Optimizers.nesterov()),
            new Recipe("rmsprop", "Gradients divided by the root of their mean square",
                    "Tieleman & Hinton (2012); the rate is ours",
                    Optimizers.rmsprop()),
            new Recipe("rmsprop-momentum", "RMSprop with momentum and mean squares that start from the data",
                    "Ren (2022), §2.8.2 and Table 2.5", Optimizers.rmspropMomentum()),
            new Recipe("lbfgs", "Quasi-Newton steps with a Wolfe line search, for all cases of a small problem at once",
                    "Nocedal & Wright (2006), Algorithms 7.5, 3.5 and 3.6", Optimizers.lbfgs())
                    .with(RecipeBatches.ALIKE.of(SMALL_PROBLEM))),
            Map.of("kfac-20", "kfac-averaged", "kbfgs-20", "kbfgs-averaged", "kbfgs-l-20", "kbfgs-l-averaged"));

    static final Map<String, String> RENAMED_HYPER_PARAMETERS = Map.of("chapter", VARIANT, "variant", VARIANT);

    private Recipes() {}

    /// The method itself if its rate has a schedule.
    private static Optimizer scheduled(Optimizer method) {
        boolean own = HyperParameters.of(method).stream().anyMatch(known -> known.name().equals("decayShape"));
        return own ? method : new Scheduled(method, 1, RateSchedule.CONSTANT);
    }
}
