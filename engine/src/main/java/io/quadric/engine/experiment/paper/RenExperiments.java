package io.quadric.engine.experiment.paper;

import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Experiment;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.paper.AutoencoderProblem.Runs;
import io.quadric.engine.report.CurveFiles.Axis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// The autoencoders of Ren (2022), chapters 3 and 4: batches of 1000, FLOAT32, no penalty, momentum that adds up, Adam
/// with β₁ = 0.9 and β₂ = 0.999 (§3.7.2).
final class RenExperiments {
    private static final int BATCH = 1000;

    private RenExperiments() {}

    static List<Experiment> all() {
        List<Experiment> all = new ArrayList<>();
        for (AutoencoderProblem problem : AutoencoderProblem.values()) {
            all.add(autoencoder(problem));
            all.add(ablation(problem));
            all.add(empiricalFisher(problem));
            if (problem != AutoencoderProblem.CURVES) {
                all.add(tuned(problem));
            }
        }
        return all;
    }

    /// The best rate and damping of a method for a problem, as a table gives them.
    record Best(double rate, double damping) {
        String[] named(String damped, String... more) {
            List<String> all = new ArrayList<>(List.of("learningRate=" + rate, damped + "=" + damping));
            all.addAll(Arrays.asList(more));
            return all.toArray(String[]::new);
        }
    }

    /// A column of tables: the values of MNIST, FACES and CURVES in this order.
    private static Best best(AutoencoderProblem problem, double... values) {
        int at = 2 * problem.ordinal();
        return new Best(values[at], values[at + 1]);
    }

    /// KFAC with the damping split by traces, as in chapters 3 and 4.
    private static Entry kfac(Runs runs, String label, Best best, String... more) {
        List<String> all = new ArrayList<>(List.of("piDamping=true"));
        all.addAll(Arrays.asList(more));
        return runs.of(label, "kfac", best.named("damping", all.toArray(String[]::new)));
    }

    private static Experiment of(AutoencoderProblem problem, String what, String summary, String source,
            Function<Runs, List<Entry>> entries) {
        return new Experiment(
                problem.prefix() + "-" + what,
                summary + " the autoencoder of " + problem,
                "Ren (2022), " + source + problem.remark(),
                problem.needs(), problem.budget(), Axis.EPOCHS,
                (Scale scale) -> entries.apply(problem.runs(scale, BATCH)));
    }

    /// Figures 3.1 to 3.3 and 4.2: Tables 3.5 and 4.3.
    private static Experiment autoencoder(AutoencoderProblem problem) {
        return of(problem, "autoencoder", "K-BFGS and its variants, KFAC, TNT, Shampoo, Adam and SGD with momentum on",
                "Table 3.3, Figures 3.1 to 3.3 and 4.2, with the rates of Tables 3.5 and 4.3",
                runs -> List.of(
                        runs.of("K-BFGS", "kbfgs", best(problem, 0.03, 0.3, 0.03, 1, 0.03, 0.3).named("damping")),
                        runs.of("K-BFGS, T = 20", "kbfgs",
                                best(problem, 0.3, 30, 0.03, 3, 0.3, 30).named("damping", "curvaturePeriod=20")),
                        runs.of("K-BFGS(L)", "kbfgs-l",
                                best(problem, 0.03, 0.3, 0.03, 1, 0.1, 3).named("damping")),
                        earlier(runs, problem),
                        runs.of("K-BFGS(L)-20", "kbfgs-l-averaged",
                                best(problem, 0.003, 0.1, 0.01, 0.3, 0.003, 0.03).named("damping", "averaged=false")),
                        kfac(runs, "KFAC", best(problem, 0.03, 1, 0.01, 0.1, 0.3, 30)),
                        runs.of("TNT", "tnt", best(problem, 1e-4, 0.1, 1e-6, 0.003, 3e-6, 0.01).named("epsilon")),
                        runs.of("Shampoo", "shampoo", new Best(3e-4, 3e-4).named("epsilon")),
                        runs.of("Adam", "adam",
                                best(problem, 1e-4, 1e-4, 1e-4, 1e-4, 1e-3, 1e-3).named("epsilon")),
                        runs.of("SGD-m", "sgd",
                                "learningRate=" + best(problem, 0.003, 0, 0.001, 0, 0.003, 0).rate())));
    }

    private static Entry earlier(Runs runs, AutoencoderProblem problem) {
        return runs.of("K-BFGS-20", "kbfgs-averaged",
                best(problem, 0.01, 0.1, 0.01, 0.3, 0.01, 0.03).named("damping", "averaged=false"));
    }

    private static Experiment ablation(AutoencoderProblem problem) {
        return of(problem, "kbfgs-ablation",
                "What D_P D_LM (improvement 1) and minibatched Hessian-action BFGS (improvement 2) each give K-BFGS on",
                "Table 3.8; the rates of the two half-way variants are not published, they have those of K-BFGS",
                runs -> {
                    Best best = best(problem, 0.03, 0.3, 0.03, 1, 0.03, 0.3);
                    return List.of(
                            runs.of("K-BFGS", "kbfgs", best.named("damping")),
                            runs.of("K-BFGS, 1 off", "kbfgs", best.named("damping", "pairDamping=powell-powell")),
                            runs.of("K-BFGS, 2 off", "kbfgs", best.named("damping", "inputFactor=averaged")),
                            earlier(runs, problem));
                });
    }

    private static Experiment empiricalFisher(AutoencoderProblem problem) {
        return of(problem, "tnt-ef",
                "TNT and KFAC with the Fisher matrix against the same with the empirical one on",
                "Figure 4.4, Tables 4.3 and 4.5",
                runs -> {
                    Best empirical = best(problem, 3e-6, 0.01, 3e-6, 0.01, 0.003, 1);
                    return List.of(
                            runs.of("TNT", "tnt", best(problem, 1e-4, 0.1, 1e-6, 0.003, 3e-6, 0.01).named("epsilon")),
                            runs.of("TNT-EF", "tnt-ef", empirical.named("epsilon")),
                            runs.of("TNT-EF, ten times the rate", "tnt-ef",
                                    new Best(10 * empirical.rate(), empirical.damping()).named("epsilon")),
                            kfac(runs, "KFAC", best(problem, 0.03, 1, 0.01, 0.1, 0.3, 30)),
                            kfac(runs, "KFAC-EF", best(problem, 1, 100, 0.3, 30, 1, 100), "source=empirical"));
                });
    }

    /// Figure 4.6: momentum and decay of the statistics searched as well.
    private static Experiment tuned(AutoencoderProblem problem) {
        boolean mnist = problem == AutoencoderProblem.MNIST;
        String faster = mnist ? "0.99" : "0.9";
        return of(problem, "tuned", "TNT, KFAC, Shampoo, Adam and SGD with momentum, more extensively tuned, on",
                "Figure 4.6 and Table 4.7",
                runs -> List.of(
                        runs.of("TNT", "tnt", best(problem, 1e-4, 0.1, 1e-6, 0.003).named(
                                "epsilon", "momentum=0.9", "statisticsDecay=0.9")),
                        kfac(runs, "KFAC", best(problem, 0.001, 0.1, 0.01, 0.1),
                                "momentum=" + faster, "statisticsDecay=" + faster),
                        runs.of("Shampoo", "shampoo", new Best(1e-4, 3e-4).named(
                                "epsilon", "momentum=0.99", "statisticsDecay=" + (mnist ? 0.99 : 0.999))),
                        runs.of("Adam", "adam", new Best(1e-4, 1e-4).named(
                                "epsilon", "beta1=" + faster, "beta2=" + faster)),
                        runs.of("SGD-m", "sgd", "learningRate=0.001", "momentum=" + faster)));
    }
}
