package io.quadric.engine.experiment.paper;

import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Experiment;
import io.quadric.engine.experiment.paper.AutoencoderProblem.Runs;
import io.quadric.engine.report.CurveFiles.Axis;
import java.util.ArrayList;
import java.util.List;

/// The autoencoders of Ren (2022), chapter 2: FLOAT32, the penalty η = 1e-5, momentum that averages, Adam and RMSprop
/// with β₁ = β₂ = 0.9 (§2.8.2). The rate of SGD is a tenth of the table's, since our momentum adds up.
final class RenTwoExperiments {
    private static final double PENALTY = 1e-5;
    private static final int LARGE = 1000;
    private static final int SMALL = 100;

    private RenTwoExperiments() {}

    static List<Experiment> all() {
        List<Experiment> all = new ArrayList<>();
        for (AutoencoderProblem problem : AutoencoderProblem.values()) {
            all.add(experiment(problem, "chapter-2", LARGE, "Figure 2.2 and Table 2.5", largeBatches(problem)));
            all.add(experiment(problem, "batch-100", SMALL, "Figures 2.4 to 2.6 and Table 2.6", smallBatches(problem)));
        }
        all.add(demo());
        all.add(doubleGradient());
        return all;
    }

    /// Rates and dampings in the order of the tables' columns: K-BFGS, K-BFGS(L), KFAC, Adam, RMSprop, SGD-m.
    private static double[][] largeBatches(AutoencoderProblem problem) {
        return switch (problem) {
            case MNIST -> new double[][]{{0.3, 0.3}, {0.3, 0.3}, {1, 3}, {1e-4, 1e-4}, {1e-4, 1e-4}, {0.03}};
            case FACES -> new double[][]{{0.1, 0.1}, {0.1, 0.1}, {0.1, 0.1}, {1e-4, 1e-4}, {1e-4, 1e-4}, {0.01}};
            case CURVES -> new double[][]{{0.1, 0.01}, {0.3, 0.3}, {0.3, 0.3}, {1e-3, 1e-3}, {1e-3, 1e-3}, {0.1}};
        };
    }

    private static double[][] smallBatches(AutoencoderProblem problem) {
        return switch (problem) {
            case MNIST -> new double[][]{{0.1, 0.3}, {0.1, 0.3}, {0.1, 0.3}, {1e-4, 1e-4}, {1e-4, 1e-4}, {0.03}};
            case FACES ->
                new double[][]{{0.03, 0.03}, {0.03, 0.3}, {0.03, 0.3}, {3e-5, 1e-4}, {3e-5, 1e-4}, {0.01}};
            case CURVES -> new double[][]{{0.3, 1}, {0.3, 0.3}, {0.03, 0.1}, {3e-4, 1e-4}, {3e-3, 1e-4}, {0.03}};
        };
    }

    private static Experiment experiment(
            AutoencoderProblem problem, String what, int batch, String source, double[][] best) {
        return new Experiment(
                problem.prefix() + "-" + what,
                "The methods of chapter 2 in batches of " + batch + " on the autoencoder of " + problem,
                "Ren (2022), " + source + problem.remark(),
                problem.needs(), problem.budget(), Axis.EPOCHS,
                scale -> {
                    Runs runs = problem.runs(scale, batch);
                    return List.of(
                            run(runs, "K-BFGS", "kbfgs-averaged", of(best[0], "damping")),
                            run(runs, "K-BFGS(L)", "kbfgs-l-averaged", of(best[1], "damping")),
                            run(runs, "KFAC", "kfac-averaged", of(best[2], "damping")),
                            run(runs, "Adam", "adam", of(best[3], "epsilon", "beta2=0.9")),
                            run(runs, "RMSprop", "rmsprop-momentum", of(best[4], "epsilon")),
                            run(runs, "SGD-m", "sgd", "learningRate=" + best[5][0] / 10));
                });
    }

    private static Entry run(Runs runs, String label, String recipe, String... settings) {
        return runs.of(label, recipe, settings).withL2(PENALTY);
    }

    private static String[] of(double[] best, String damped, String... more) {
        return new RenExperiments.Best(best[0], best[1]).named(damped, more);
    }

    private static Experiment demo() {
        AutoencoderProblem problem = AutoencoderProblem.MNIST;
        return new Experiment(
                "mnist-autoencoder-demo",
                "K-BFGS and KFAC as in the two curves that the authors published with their program",
                "Ren (2022), Algorithms 4 and 7, Table 2.5, with the penalty 1e-5 of §2.8.2",
                problem.needs(), problem.budget(), Axis.EPOCHS,
                scale -> {
                    Runs runs = problem.runs(scale, LARGE);
                    return List.of(
                            runs.of("K-BFGS", "kbfgs-averaged").withL2(PENALTY),
                            runs.of("KFAC", "kfac-averaged").withL2(PENALTY));
                });
    }

    private static Experiment doubleGradient() {
        AutoencoderProblem problem = AutoencoderProblem.MNIST;
        return new Experiment(
                "mnist-double-gradient",
                "K-BFGS against K-BFGS with the gradient of two minibatches, of 500 and 1000 cases, on the autoencoder "
                        + "of MNIST",
                "Ren (2022), Figure 2.7, with the rate of Table 2.5; the paper's K-BFGS is an earlier one",
                problem.needs(), problem.budget(), Axis.EPOCHS,
                scale -> List.of(
                        doubled(problem.runs(scale, LARGE), "K-BFGS, 1000", false),
                        doubled(problem.runs(scale, LARGE), "double gradient, 1000", true),
                        doubled(problem.runs(scale, LARGE / 2), "double gradient, 500", true)));
    }

    private static Entry doubled(Runs runs, String label, boolean twice) {
        return runs.of(label, "kbfgs-averaged", "gradientCases=" + (twice ? "two-batches" : "one-batch"))
                .withL2(PENALTY);
    }
}
