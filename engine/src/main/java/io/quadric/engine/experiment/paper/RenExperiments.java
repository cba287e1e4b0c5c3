package io.quadric.engine.experiment.paper;

import static io.quadric.engine.json.Initialization.FAN_IN;

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
import io.quadric.nn.loss.SquaredError;
import java.util.ArrayList;
import java.util.List;

/// The experiments of Ren (2022).
///
/// Shared: batches of 1000, FLOAT32, first parameters uniform in ±1/√fan-in as the authors' framework draws them. Adam
/// has β₁ = 0.9, β₂ = 0.999 (§3.7.2).
final class RenExperiments {
    private static final int BATCH = 1000;
    private static final int SMALL_BATCH = 250;

    private RenExperiments() {}

    static List<Experiment> all() {
        return List.of(
                mnistAutoencoder(), mnistAutoencoderDemo(), curvesAutoencoder(), facesAutoencoder(), kbfgsAblation(),
                tntEf(), SmwExperiments.mnist(), SmwExperiments.cifar(), SmwExperiments.webspam());
    }

    private static ModelSpec smallAutoencoder(int inputs) {
        return Models.autoencoder(List.of(inputs, 24, 6), ElementaryFunction.RELU, new SigmoidCrossEntropy());
    }

    /// What all runs of an experiment have in common.
    private record Setting(Subject subject, int batch) {
        Setting(Scale scale, String data, ModelSpec model) {
            this(new Subject(data, model, FAN_IN), scale.of(BATCH, SMALL_BATCH));
        }

        static Setting mnist(Scale scale) {
            return new Setting(
                    scale, scale.data(), scale.of(Presets.named("mnist-autoencoder"), smallAutoencoder(64)));
        }

        Entry run(String label, String recipe, String... values) {
            return new Entry(label, subject, batch, recipe, values);
        }

        /// KFAC with the damping split by traces, as in chapters 3 and 4.
        Entry kfac(String label, double rate, double damping, String... values) {
            List<String> all = new ArrayList<>(
                    List.of("learningRate=" + rate, "damping=" + damping, "piDamping=true"));
            all.addAll(List.of(values));
            return run(label, "kfac", all.toArray(String[]::new));
        }
    }

    private static Experiment mnistAutoencoder() {
        return new Experiment(
                "mnist-autoencoder",
                "K-BFGS, K-BFGS(L), KFAC, TNT, Shampoo, Adam and SGD with momentum on the autoencoder of MNIST",
                "Ren (2022), Figures 3.1 and 4.2, with the rates of Tables 3.5 and 4.3",
                Needs.MNIST,
                Schedule.epochs(20),
                Axis.EPOCHS,
                scale -> {
                    Setting setting = Setting.mnist(scale);
                    return List.of(
                            setting.run("K-BFGS", "kbfgs"),
                            setting.run("K-BFGS(L)", "kbfgs-l"),
                            setting.kfac("KFAC", 0.03, 1),
                            setting.run("TNT", "tnt"),
                            setting.run("Shampoo", "shampoo"),
                            setting.run("Adam", "adam", "learningRate=1e-4", "epsilon=1e-4"),
                            setting.run("SGD-m", "sgd", "learningRate=0.003"));
                });
    }

    private static Experiment mnistAutoencoderDemo() {
        return new Experiment(
                "mnist-autoencoder-demo",
                "K-BFGS and KFAC as in the two curves that the authors published with their program",
                "Ren (2022), Algorithms 4 and 7, Table 2.5, with the penalty 1e-5 of the program",
                Needs.MNIST,
                Schedule.epochs(20),
                Axis.EPOCHS,
                scale -> {
                    Setting setting = Setting.mnist(scale);
                    return List.of(
                            setting.run("K-BFGS", "kbfgs-averaged").withL2(1e-5),
                            setting.run("KFAC", "kfac-averaged").withL2(1e-5));
                });
    }

    private static Experiment curvesAutoencoder() {
        return new Experiment(
                "curves-autoencoder",
                "The same methods, and Hessian-free optimisation, on the autoencoder of curves",
                "Ren (2022), Figures 3.3 and 4.2, with the rates of Tables 3.5 and 4.3; Martens & Sutskever (2012), "
                        + "§13, first method, with Glorot's weights and batches of 5000, ours; the curves are our own "
                        + "rendering",
                Needs.NOTHING,
                Schedule.epochs(20),
                Axis.EPOCHS,
                scale -> {
                    Setting setting = new Setting(
                            scale,
                            scale.of("curves", "curves,cases=500,test=100"),
                            scale.of(Presets.named("curves-autoencoder"), smallAutoencoder(784)));
                    return List.of(
                            setting.run("K-BFGS", "kbfgs", "learningRate=0.03", "damping=0.3"),
                            setting.run("K-BFGS(L)", "kbfgs-l", "learningRate=0.1", "damping=3"),
                            setting.kfac("KFAC", 0.3, 30),
                            setting.run("TNT", "tnt", "learningRate=3e-6", "epsilon=0.01"),
                            setting.run("Shampoo", "shampoo"),
                            setting.run("Adam", "adam", "learningRate=1e-3", "epsilon=1e-3"),
                            setting.run("SGD-m", "sgd", "learningRate=0.003"),
                            HessianFreeExperiments.original("HF", setting.subject(), scale));
                });
    }

    private static Experiment facesAutoencoder() {
        return new Experiment(
                "faces-autoencoder",
                "The same methods on the autoencoder of faces, which are crops of Olivetti's",
                "Ren (2022), Figures 3.2 and 4.2, with the rates of Tables 3.5 and 4.3; what the publications leave "
                        + "open of the crops is ours, and our squared error has a factor ½",
                Needs.OLIVETTI,
                Schedule.epochs(10),
                Axis.EPOCHS,
                scale -> {
                    Setting setting = new Setting(
                            scale,
                            scale.data(),
                            scale.of(
                                    Presets.named("faces-autoencoder"),
                                    Models.autoencoder(
                                            List.of(64, 24, 6), ElementaryFunction.RELU, new SquaredError())));
                    return List.of(
                            setting.run("K-BFGS", "kbfgs", "learningRate=0.03", "damping=1"),
                            setting.run("K-BFGS(L)", "kbfgs-l", "learningRate=0.03", "damping=1"),
                            setting.kfac("KFAC", 0.01, 0.1),
                            setting.run("TNT", "tnt", "learningRate=1e-6", "epsilon=0.003"),
                            setting.run("Shampoo", "shampoo"),
                            setting.run("Adam", "adam", "learningRate=1e-4", "epsilon=1e-4"),
                            setting.run("SGD-m", "sgd", "learningRate=0.001"));
                });
    }

    private static Experiment kbfgsAblation() {
        return new Experiment(
                "kbfgs-ablation",
                "What D_P D_LM (improvement 1) and minibatched Hessian-action BFGS (improvement 2) each give K-BFGS",
                "Ren (2022), Table 3.8; the rates of the two half-way variants are not published, they have those of "
                        + "K-BFGS",
                Needs.MNIST,
                Schedule.epochs(20),
                Axis.EPOCHS,
                scale -> {
                    Setting setting = Setting.mnist(scale);
                    return List.of(
                            setting.run("K-BFGS", "kbfgs"),
                            setting.run("K-BFGS, 1 off", "kbfgs", "pairDamping=powell-powell"),
                            setting.run("K-BFGS, 2 off", "kbfgs", "inputFactor=averaged"),
                            setting.run("K-BFGS-20", "kbfgs-averaged", "averaged=false", "learningRate=0.01",
                                    "damping=0.1"));
                });
    }

    private static Experiment tntEf() {
        return new Experiment(
                "tnt-ef",
                "TNT and KFAC with the Fisher matrix against the same with the empirical one",
                "Ren (2022), Figure 4.4, Tables 4.3 and 4.5",
                Needs.MNIST,
                Schedule.epochs(20),
                Axis.EPOCHS,
                scale -> {
                    Setting setting = Setting.mnist(scale);
                    return List.of(
                            setting.run("TNT", "tnt"),
                            setting.run("TNT-EF", "tnt-ef", "learningRate=3e-6", "epsilon=0.01"),
                            setting.run("TNT-EF, our rate", "tnt-ef"),
                            setting.kfac("KFAC", 0.03, 1),
                            setting.kfac("KFAC-EF", 1, 100, "source=empirical"));
                });
    }
}
