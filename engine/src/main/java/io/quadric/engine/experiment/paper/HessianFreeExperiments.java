package io.quadric.engine.experiment.paper;

import static io.quadric.engine.json.Initialization.GLOROT;

import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.ProblemSource;
import io.quadric.engine.experiment.Budget;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Entry.Subject;
import io.quadric.engine.experiment.Experiment;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Models;
import io.quadric.engine.experiment.Study.Needs;
import io.quadric.engine.experiment.measure.CgCurveStudy;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.RecurrentModels;
import io.quadric.engine.report.CurveFiles.Axis;
import io.quadric.engine.train.Schedule;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Experiments with Hessian-free optimisation as in Martens & Sutskever (2012).
final class HessianFreeExperiments {
    private static final int BATCH = 5000;
    private static final int SMALL_BATCH = 500;
    private static final String FEW_ITERATIONS = "maxIterations=20";
    /// A problem counts as solved when fewer of the test sequences are wrong (Martens & Sutskever 2011).
    private static final double SOLVED = 0.01;

    private HessianFreeExperiments() {}

    static List<Experiment> all() {
        return List.of(recipes(), ablation(), longRange());
    }

    /// The three methods of §13 on the autoencoder with logistic units and sparse weights that the paper speaks of.
    private static Experiment recipes() {
        return new Experiment(
                "curves-hessian-free",
                "The three published forms of Hessian-free optimisation, and Adam, on the logistic autoencoder of "
                        + "curves",
                "Martens & Sutskever (2012), §13, on 784-400-200-100-50-25-6 of Hinton & Salakhutdinov (2006) with "
                        + "sparse weights; cases of the batches and limits are ours, and the curves our own rendering",
                Needs.NOTHING, new Budget(Schedule.epochs(200), Schedule.epochs(15)), Axis.EPOCHS,
                scale -> {
                    Subject subject = new Subject(
                            scale.curves(),
                            Models.autoencoder(scale.of(List.of(784, 400, 200, 100, 50, 25, 6), List.of(784, 16, 6)),
                                    ElementaryFunction.LOGISTIC, new SigmoidCrossEntropy()),
                            Initialization.parse("sparse"));
                    Batches at = new Batches(subject, scale.of(BATCH, SMALL_BATCH), scale);
                    return List.of(
                            at.variant("first method"),
                            at.recipe("second method", "hessian-free-early"),
                            new Batches(subject, scale.of(1000, 250), scale)
                                    .recipe("third method", "hessian-free-momentum"),
                            new Batches(subject, scale.of(200, 50), scale).recipe("Adam", "adam"));
                });
    }

    private static Experiment ablation() {
        return new Experiment(
                "hf-ablation",
                "What each ingredient gives Hessian-free optimisation: the original recipe with one thing changed, "
                        + "and its relatives",
                "Martens & Sutskever (2012), §8–§11 and §13; Vinyals & Povey (2012); on 5000 curves, all for the "
                        + "gradient and 1000 for the curvature, ours, the third method on 1000 for both; the "
                        + "Kronecker preconditioner is beyond the papers",
                Needs.NOTHING,
                new Budget(Schedule.steps(400), Schedule.steps(100)),
                Axis.UPDATES,
                scale -> {
                    Subject subject = CgCurveStudy.subject(scale);
                    int curvature = scale.of(1000, 100);
                    Batches at = new Batches(subject, scale.of(BATCH, SMALL_BATCH), scale);
                    return Stream.of(
                            at.variant("original"),
                            at.variant("no preconditioner", "preconditioner=none"),
                            at.variant("estimated diagonal", "preconditioner=rademacher"),
                            at.variant("Kronecker preconditioner", "preconditioner=kronecker"),
                            at.variant("no warm start", "zeta=0"),
                            at.variant("no backtracking", "backtracking=false"),
                            at.variant("no line search", "lineSearch=false"),
                            at.variant("structural damping", "structuralDamping=0.1"),
                            at.recipe("second method", "hessian-free-early").withEvaluationBatch(curvature),
                            new Batches(subject, curvature, scale).recipe("third method", "hessian-free-momentum"),
                            at.recipe("trust region", "hessian-free-trust-region"),
                            at.recipe("Krylov subspace descent", "krylov-subspace-descent")
                                    .withEvaluationBatch(curvature))
                            .map(entry -> entry.sizes().gradient().orElseThrow() > curvature
                                    ? entry.withCurvatureBatch(curvature)
                                    : entry)
                            .toList();
                });
    }

    /// Runs on the same data with batches of one size.
    private record Batches(Subject subject, int size, Scale scale) {
        Entry variant(String label, String... settings) {
            List<String> all = new ArrayList<>(List.of(settings));
            if (scale.size() == Experiment.Size.SMALL) {
                all.add(FEW_ITERATIONS);
            }
            return new Entry(label, subject, size, "hessian-free", all.toArray(String[]::new));
        }

        Entry recipe(String label, String recipe) {
            return new Entry(label, subject, size, recipe);
        }
    }

    private static Experiment longRange() {
        return new Experiment(
                "long-range",
                "100 recurrent units on addition and temporal order by HF with and without structural damping and Adam",
                "Martens & Sutskever (2012), §8.4, on the problems of Hochreiter & Schmidhuber (1997); μ = 0.1, "
                        + "batches and first weights are ours",
                Needs.NOTHING,
                new Budget(Schedule.epochs(200)).withGoal(SOLVED),
                Axis.UPDATES,
                scale -> {
                    List<Entry> entries = new ArrayList<>();
                    for (String problem : List.of("addition", "temporal-order-2")) {
                        for (int length : scale.of(List.of(30, 50, 100), List.of(10))) {
                            entries.addAll(longRange(problem, length, scale));
                        }
                    }
                    return entries;
                });
    }

    private static List<Entry> longRange(String problem, int length, Scale scale) {
        int cases = scale.of(10_000, 100);
        int batch = scale.of(1000, 50);
        String data = "problem:" + problem + ",length=" + length + ",cases=" + cases + ",test=" + batch;
        ModelSpec model = RecurrentModels.of((ProblemSource) DataSource.named(data), scale.of(100, 5));
        Subject subject = new Subject(data, model, GLOROT);
        String name = problem + " " + length + ", ";
        return List.of(
                new Entry(name + "HF with structural damping", subject, batch, "hessian-free-recurrent"),
                new Entry(name + "HF", subject, batch, "hessian-free-recurrent", "structuralDamping=0"),
                new Entry(name + "Adam", subject, scale.of(100, 25), "adam"));
    }
}
