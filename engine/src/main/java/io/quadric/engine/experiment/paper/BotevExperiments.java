package io.quadric.engine.experiment.paper;

import static io.quadric.engine.json.Initialization.GLOROT;

import io.quadric.engine.data.Task;
import io.quadric.engine.experiment.Budget;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Entry.Subject;
import io.quadric.engine.experiment.Experiment;
import io.quadric.engine.experiment.Models;
import io.quadric.engine.experiment.Pace;
import io.quadric.engine.experiment.Study.Needs;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.engine.report.CurveFiles.Axis;
import io.quadric.engine.train.Schedule;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.loss.BinaryMixture;
import io.quadric.nn.loss.ConvexifiedLoss;
import java.util.ArrayList;
import java.util.List;

/// The figures of Botev et al. (2017), §5: autoencoders with layers D-1000-500-250-30-250-500-1000-D in batches of
/// 1000, and a mixture of two classifiers. Second-order methods have an eighth of Adam's updates and no settings; Adam
/// has the default rate and that of the grid of footnote 11.
///
/// KFLR on the autoencoders is ours, and the averages over Adam's best ten and twenty cells are left out. The paper
/// does not say which transfer functions, first parameters and Adam's best cells are; rectifiers with a linear code
/// layer and Glorot's weights are ours, and so are the rates 2⁻¹⁰ and 2⁻¹² halved in eighths of the run, cells of the
/// grid.
final class BotevExperiments {
    private static final int BATCH = 1000;
    private static final int SMALL_BATCH = 250;
    private static final Pace EIGHTH = new Pace(0.125, 1, 1);
    private static final Pace HALVED = new Pace(1, 0.5, 0.125);
    private static final String AVERAGED = "factorDecay=0.9";

    /// The methods by where their output factors come from.
    private enum Factors {
        KFRA("kfra"), KFAC("kfac-botev"), KFLR("kflr");

        private final String recipe;

        Factors(String recipe) {
            this.recipe = recipe;
        }
    }

    private BotevExperiments() {}

    static List<Experiment> all() {
        List<Experiment> all = new ArrayList<>();
        for (AutoencoderProblem problem : AutoencoderProblem.values()) {
            all.add(autoencoder(problem));
        }
        all.add(mixture());
        return all;
    }

    /// 40,000 updates of Adam for MNIST and CURVES, 160,000 for FACES.
    private static Budget budget(long updates, long reduced) {
        return new Budget(Schedule.steps(updates), Schedule.steps(reduced));
    }

    private static Experiment autoencoder(AutoencoderProblem problem) {
        return new Experiment(
                problem.prefix() + "-kfra",
                "KFRA, KFAC and KFLR, each with and without averages of the factors, and Adam on the autoencoder of "
                        + problem,
                "Botev et al. (2017), §5.1, the main figure, KFLR added; transfer functions, first parameters and "
                        + "which cells of Adam's grid are shown are ours" + problem.remark(),
                problem.needs(),
                budget(problem == AutoencoderProblem.FACES ? 160_000 : 40_000, 2400), Axis.UPDATES,
                scale -> {
                    ModelSpec model = problem.network(scale, List.of(1000, 500, 250, 30));
                    Subject subject = new Subject(problem.data(scale), model, GLOROT);
                    int batch = scale.of(BATCH, SMALL_BATCH);
                    List<Entry> runs = new ArrayList<>();
                    for (Factors factors : Factors.values()) {
                        runs.add(new Entry(factors.name(), subject, batch, factors.recipe).withPace(EIGHTH));
                        runs.add(new Entry(factors + ", averages", subject, batch, factors.recipe, AVERAGED)
                                .withPace(EIGHTH));
                    }
                    runs.add(new Entry("Adam, default", subject, batch, "adam"));
                    for (int power : List.of(10, 12)) {
                        runs.add(new Entry("Adam, 2^-" + power + " halved", subject, batch, "adam",
                                "learningRate=" + Math.scalb(1.0, -power)).withPace(HALVED));
                    }
                    return runs;
                });
    }

    private static Experiment mixture() {
        return new Experiment(
                "mnist-mixture",
                "KFLR, KFAC and Adam on odd and even digits by a mixture of two binary classifiers",
                "Botev et al. (2017), §5.2 and C; the curvature of the loss is projected; transfer functions, first "
                        + "parameters and which cells of Adam's grid are shown are ours",
                Needs.MNIST, budget(40_000, 4000), Axis.UPDATES,
                scale -> {
                    ModelSpec small = Models.chain(
                            List.of(64, 16, 3), ElementaryFunction.RELU,
                            new ConvexifiedLoss(new BinaryMixture(), ConvexifiedLoss.Remedy.PROJECTION),
                            new Task.Parity());
                    Subject subject = new Subject(
                            scale.data(), scale.of(Presets.named("mnist-mixture"), small), GLOROT);
                    int batch = scale.of(BATCH, SMALL_BATCH);
                    return List.of(
                            new Entry("KFLR", subject, batch, "kflr").withPace(EIGHTH),
                            new Entry("KFAC", subject, batch, "kfac-botev").withPace(EIGHTH),
                            new Entry("Adam", subject, batch, "adam"),
                            new Entry("Adam, 2^-10 halved", subject, batch, "adam",
                                    "learningRate=" + Math.scalb(1.0, -10)).withPace(HALVED));
                });
    }
}
