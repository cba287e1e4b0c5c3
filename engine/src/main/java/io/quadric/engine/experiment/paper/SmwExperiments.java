package io.quadric.engine.experiment.paper;

import static io.quadric.engine.json.Initialization.FAN_IN;

import io.quadric.engine.data.Task;
import io.quadric.engine.experiment.Budget;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Entry.Subject;
import io.quadric.engine.experiment.Experiment;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Models;
import io.quadric.engine.experiment.Study.Needs;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.engine.report.CurveFiles.Axis;
import io.quadric.engine.train.Schedule;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// The experiments of Ren (2022), chapter 5.
///
/// Shared: λ from 1 by 1.01 and 0.99. KFAC is without momentum, the momentum of SGD is not mentioned.
final class SmwExperiments {
    private static final String METHODS = "SMW-GN, SMW-NG, SMW-NG-BD, KFAC, HF and SGD on a classifier of ";
    private static final String OURS = "SGD is taken without momentum, HF with at most 30 iterations";

    private SmwExperiments() {}

    /// The rate of each method.
    ///
    /// @param gaussNewton of SMW-GN
    /// @param natural of SMW-NG, SMW-NG-BD and KFAC
    /// @param sgd of SGD
    private record Rates(double gaussNewton, double natural, double sgd) {}

    static List<Experiment> all() {
        return List.of(mnist(), cifar(), webspam());
    }

    /// α = 0.1 at first for all; HF has its own.
    static Experiment mnist() {
        return new Experiment(
                "mnist-smw",
                METHODS + "MNIST",
                "Ren (2022), Figure 5.1: N₁ = 60, N₂ = 30, α = 0.1; " + OURS,
                Needs.MNIST,
                new Budget(Schedule.epochs(10)),
                Axis.EPOCHS,
                runs(60, new Rates(0.1, 0.1, 0.1), List.of(),
                        SmwExperiments::standardised,
                        scale -> scale.of(Presets.named("mnist-classifier"), smallClassifier())));
    }

    /// α = 0.01 for all.
    static Experiment cifar() {
        return new Experiment(
                "cifar-smw",
                METHODS + "CIFAR-10",
                "Ren (2022), Figure 5.2: N₁ = 100, N₂ = 50, α = 0.01; " + OURS,
                Needs.CIFAR_10,
                new Budget(Schedule.epochs(10)),
                Axis.EPOCHS,
                runs(100, new Rates(0.01, 0.01, 0.01), List.of("learningRate=0.01"),
                        SmwExperiments::standardised,
                        scale -> scale.of(Presets.named("cifar-mlp"), smallClassifier())));
    }

    /// The best rate of each method.
    static Experiment webspam() {
        return new Experiment(
                "webspam-smw",
                METHODS + "webspam",
                "Ren (2022), Figure 5.3: N₁ = 60, N₂ = 30, α = 0.05 for HF and SMW-GN, 0.1 for SMW-NG, SMW-NG-BD and "
                        + "KFAC, 0.4 for SGD; " + OURS,
                Needs.WEBSPAM,
                new Budget(Schedule.epochs(1)),
                Axis.EPOCHS,
                runs(60, new Rates(0.05, 0.1, 0.4), List.of("learningRate=0.05"),
                        Scale::data,
                        scale -> binary(scale.of(List.of(254, 400, 400, 1), List.of(64, 16, 1)))));
    }

    /// "The data sets were scaled to have zero means and unit variances": the one channel here, and three of CIFAR-10.
    private static String standardised(Scale scale) {
        return scale.pictures("channels=standardised");
    }

    private static ModelSpec smallClassifier() {
        return Models.chain(List.of(64, 16, 10), ElementaryFunction.LOGISTIC, new SoftmaxCrossEntropy(),
                new Task.Classification(10));
    }

    private static ModelSpec binary(List<Integer> widths) {
        return Models.chain(widths, ElementaryFunction.LOGISTIC, new SigmoidCrossEntropy(), new Task.Parity());
    }

    private static Function<Scale, List<Entry>> runs(
            int batch, Rates rates, List<String> more, Function<Scale, String> data, Function<Scale, ModelSpec> model) {
        return scale -> {
            Subject subject = new Subject(data.apply(scale), model.apply(scale), FAN_IN);
            int curvature = batch / 2;
            List<String> own = List.of("lambda=1", "boost=1.01", "drop=0.99", "maxIterations=30");
            String[] hf = Stream.concat(own.stream(), more.stream()).toArray(String[]::new);
            String natural = "learningRate=" + rates.natural();
            return List.of(
                    new Entry("SMW-GN", subject, batch, "smw-gn", "learningRate=" + rates.gaussNewton())
                            .withCurvatureBatch(curvature),
                    new Entry("SMW-NG", subject, batch, "smw-ng", natural).withCurvatureBatch(curvature),
                    new Entry("SMW-NG-BD", subject, batch, "smw-ng-bd", natural).withCurvatureBatch(curvature),
                    new Entry("KFAC", subject, batch, "kfac", natural, "damping=1", "dampingPeriod=1", "momentum=0",
                            "piDamping=true"),
                    new Entry("HF", subject, batch, "hessian-free", hf).withCurvatureBatch(curvature),
                    new Entry("SGD", subject, batch, "sgd", "learningRate=" + rates.sgd(), "momentum=0"));
        };
    }
}
