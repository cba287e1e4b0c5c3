package io.quadric.engine.experiment.paper;

import static io.quadric.engine.json.Initialization.FAN_IN;

import io.quadric.engine.experiment.Budget;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Entry.Subject;
import io.quadric.engine.experiment.Experiment;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Models;
import io.quadric.engine.experiment.Pace;
import io.quadric.engine.experiment.Study.Needs;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.engine.report.CurveFiles.Axis;
import io.quadric.engine.train.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The convolutional networks of Ren (2022), chapters 3 and 4: batches of 128, images cropped and mirrored at random,
/// decoupled weight decay, and rates that fall to a tenth in every 50 of 150 epochs of a second-order method and in
/// every 60 of 200 epochs of a first-order one. A reduced budget keeps these shares.
///
/// Second-order methods observe in every 10th step and invert in every 100th; K-BFGS updates in every 20th (§3.7.1,
/// §4.7.1, which names other dampings than Table 4.4; those here are the table's). That channels are standardised is
/// ours.
final class ConvolutionExperiments {
    private static final int BATCH = 128;
    private static final Pace FIRST_ORDER = new Pace(1, 0.1, 0.3);
    private static final Pace SECOND_ORDER = new Pace(0.75, 0.1, 0.25);
    private static final Budget BUDGET = new Budget(Schedule.epochs(200), Schedule.epochs(4));
    private static final String AUGMENTED = "crop=4,flip=horizontal,channels=standardised";

    /// Networks and data in the order of the columns of [#METHODS].
    private enum Problem {
        CIFAR10_VGG16("vgg16", 10),
        CIFAR10_RESNET32("resnet32", 10),
        CIFAR100_VGG16("vgg16", 100),
        CIFAR100_RESNET32("resnet32", 100),
        CIFAR10_RESNET32_4("resnet32-4", 10),
        CIFAR100_RESNET32_4("resnet32-4", 100);

        private final String network;
        private final int classes;

        Problem(String network, int classes) {
            this.network = network;
            this.classes = classes;
        }

        Experiment experiment() {
            String data = "CIFAR-" + classes;
            return new Experiment(
                    "cifar" + classes + "-" + network,
                    "K-BFGS, KFAC, TNT, Shampoo, Adam and SGD with momentum, as far as published, on " + network
                            + " with " + data,
                    "Ren (2022), Figures 3.4 to 3.9, 4.3 and 4.5, with the settings of Tables 3.7, 3.10, 4.4 and 4.6; "
                            + "standardised channels are ours",
                    classes == 10 ? Needs.CIFAR_10 : Needs.CIFAR_100, BUDGET, Axis.EPOCHS,
                    scale -> METHODS.stream().flatMap(method -> method.on(this, scale)).toList());
        }

        Subject subject(Scale scale) {
            ModelSpec published = Presets.named("cifar-" + network);
            return new Subject(
                    scale.pictures(AUGMENTED),
                    scale.of(classes == 10 ? published : Models.withClasses(published, classes),
                            Models.smallConvolution()),
                    FAN_IN);
        }
    }

    /// A method with the best values of each problem: initial rate, weight decay and, if it has one, damping.
    private record Method(
            String label, String recipe, String damping, Pace pace, List<String> more, double[]... best) {
        Stream<Entry> on(Problem problem, Scale scale) {
            if (problem.ordinal() >= best.length) {
                return Stream.empty();
            }
            double[] values = best[problem.ordinal()];
            List<String> settings = new ArrayList<>(List.of("learningRate=" + values[0], "weightDecay=" + values[1]));
            if (values.length > 2) {
                settings.add(damping + "=" + values[2]);
            }
            settings.addAll(more);
            return Stream.of(new Entry(label, problem.subject(scale), scale.of(BATCH, BATCH / 4), recipe,
                    settings.toArray(String[]::new)).withPace(pace));
        }
    }

    private static final List<String> RARELY = List.of("statisticsPeriod=10", "inversePeriod=100");
    private static final List<String> KFAC = List.of("piDamping=true", "statisticsPeriod=10", "inversePeriod=100");
    private static final List<String> KFAC_EF = Stream.concat(KFAC.stream(), Stream.of("source=empirical")).toList();
    private static final List<String> EVERY_TWENTIETH = List.of("curvaturePeriod=20");

    private static final List<Method> METHODS = List.of(
            new Method("K-BFGS", "kbfgs", "damping", SECOND_ORDER, EVERY_TWENTIETH, new double[][]{
                {30, 1e-5, 1e4}, {100, 1e-5, 1e3}, {0.1, 0.01, 10}, {1e3, 1e-6, 1e4}, {1e3, 1e-6, 1e4},
                {100, 1e-5, 1e3}}),
            new Method("K-BFGS(L)", "kbfgs-l", "damping", SECOND_ORDER, EVERY_TWENTIETH, new double[][]{
                {1, 1e-3, 100}, {1e3, 1e-6, 1e4}, {0.3, 0.001, 100}, {10, 1e-4, 100}, {1e3, 1e-6, 1e4},
                {1e3, 1e-6, 1e4}}),
            new Method("KFAC", "kfac", "damping", SECOND_ORDER, KFAC, new double[][]{
                {3e-4, 1, 0.001}, {0.01, 0.1, 0.1}, {0.01, 0.1, 1}, {0.1, 0.01, 0.1}, {0.1, 0.01, 1},
                {0.01, 0.1, 0.01}}),
            new Method("TNT", "tnt", "epsilon", SECOND_ORDER, RARELY, new double[][]{
                {1e-4, 10, 0.1}, {1e-4, 10, 0.01}, {1e-4, 10, 0.1}, {1e-4, 10, 0.01}}),
            new Method("Shampoo", "shampoo", "epsilon", SECOND_ORDER, RARELY, new double[][]{
                {0.001, 1, 0.1}, {0.01, 0.1, 0.01}, {0.001, 1, 0.01}, {0.01, 0.1, 0.01}}),
            new Method("Adam", "adam", "epsilon", FIRST_ORDER, List.of(), new double[][]{
                {0.003, 0.1, 0.1}, {0.003, 0.1, 0.01}, {3e-4, 1, 0.01}, {0.01, 0.1, 0.01}, {0.03, 0.01, 0.1},
                {0.003, 0.1, 0.01}}),
            new Method("SGD-m", "sgd", "", FIRST_ORDER, List.of(), new double[][]{
                {0.003, 0.1}, {0.03, 0.01}, {0.003, 0.1}, {0.03, 0.01}, {0.03, 0.01}, {0.01, 0.1}}),
            new Method("TNT-EF", "tnt-ef", "epsilon", SECOND_ORDER, RARELY, new double[][]{
                {1e-4, 10, 0.1}, {1e-4, 10, 0.01}, {3e-5, 10, 0.1}, {1e-4, 10, 0.01}}),
            new Method("KFAC-EF", "kfac", "damping", SECOND_ORDER, KFAC_EF, new double[][]{
                {3e-4, 1, 0.001}, {0.01, 0.1, 0.1}, {3e-4, 1, 0.1}, {0.01, 0.1, 0.001}}));

    private ConvolutionExperiments() {}

    static List<Experiment> all() {
        return Stream.of(Problem.values()).map(Problem::experiment).toList();
    }
}
