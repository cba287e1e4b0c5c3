package io.quadric.engine.experiment.paper;

import static io.quadric.engine.json.Initialization.GLOROT;

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
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Figures 1 to 3 of Zhang et al. (2017): Hessian-free optimisation, the same by blocks, and Adam, with curvature
/// batches of several sizes. α = 0.1 and ζ = 0.95; the sizes of all batches are ours.
final class ZhangExperiments {
    private ZhangExperiments() {}

    static List<Experiment> all() {
        return List.of(autoencoder(), lstm(), residual());
    }

    /// What a figure compares.
    ///
    /// @param subject data, model and first parameters
    /// @param batch cases of large gradient batches
    /// @param curvatures cases of the curvature batches
    /// @param small cases of Adam's small batches
    private record Figure(Subject subject, int batch, List<Integer> curvatures, int small) {
        List<Entry> runs(String damping, List<String> blocks, String... shared) {
            List<Entry> runs = new ArrayList<>();
            for (int curvature : curvatures) {
                runs.add(newton("HF, curvature of " + curvature, curvature, damping, List.of("blocks=1"), shared));
                runs.add(newton("block-diagonal HF, curvature of " + curvature, curvature, damping, blocks, shared));
            }
            String[] averaged = Arrays.stream(shared).filter(one -> one.startsWith("average")).toArray(String[]::new);
            runs.add(new Entry("Adam, small batches", subject, small, "adam", averaged));
            runs.add(new Entry("Adam, large batches", subject, batch, "adam", averaged));
            return runs;
        }

        private Entry newton(
                String label, int curvature, String damping, List<String> blocks, String... shared) {
            List<String> settings = new ArrayList<>(blocks);
            settings.add("damping=" + damping);
            settings.addAll(List.of(shared));
            return new Entry(label, subject, batch, "block-hessian-free", settings.toArray(String[]::new))
                    .withCurvatureBatch(curvature);
        }
    }

    /// The paper's runs end when the test error rises, or after 1000 epochs.
    private static Budget epochs(int reduced) {
        return new Budget(Schedule.epochs(1000), Schedule.epochs(reduced));
    }

    private static Experiment experiment(String name, String what, String source, Budget budget,
            Function<Scale, List<Entry>> runs) {
        return new Experiment(
                name, "HF against block-diagonal HF against Adam on " + what,
                "Zhang et al. (2017), " + source
                        + "; the sizes of the batches, and that there are two of curvature, are ours",
                name.startsWith("cifar") ? Needs.CIFAR_10 : Needs.MNIST, budget, Axis.UPDATES, runs);
    }

    private static Experiment autoencoder() {
        return experiment("mnist-autoencoder-hf", "the tanh autoencoder of MNIST, squared error",
                "§4.1 and Figure 1: no damping, 30 iterations, two blocks", epochs(5),
                scale -> new Figure(
                        new Subject(scale.data(), scale.of(Presets.named("mnist-autoencoder-tanh"), Models.autoencoder(
                                List.of(64, 24, 6), ElementaryFunction.TANH, new SquaredError())), GLOROT),
                        scale.of(6000, 600), scale.of(List.of(3000, 750), List.of(300)), scale.of(100, 50))
                        .runs("0", List.of("blocks=2"), "maxIterations=30"));
    }

    private static Experiment lstm() {
        return experiment("mnist-lstm-hf",
                "three layers of LSTM with peepholes on the pixels of MNIST, pooled to 7 × 7",
                "§4.2 and Figure 2: damping 0.01, 100 iterations, a block for each LSTM", epochs(4),
                scale -> new Figure(
                        new Subject(
                                scale.data(),
                                scale.of(Presets.named("mnist-lstm"), Models.stackedLstm(64, 3)), GLOROT),
                        scale.of(2000, 200), scale.of(List.of(500, 125), List.of(50)), scale.of(100, 50))
                        .runs("0.01", List.of("division=named", "groups=0/1/2,3"),
                                "maxIterations=" + scale.of(100, 5)));
    }

    private static Experiment residual() {
        return experiment("cifar10-residual-hf", "a residual network without batch normalisation on CIFAR-10",
                "§4.3 and Figure 3: damping 0.1, 30 iterations, a block for each residual block, parameters averaged "
                        + "with decay 0.99",
                epochs(4),
                scale -> new Figure(
                        new Subject(
                                scale.data(), scale.of(Presets.named("cifar-residual-small"), small()), GLOROT),
                        scale.of(1000, 200), scale.of(List.of(200, 50), List.of(50)), scale.of(100, 50))
                        .runs("0.1", List.of("division=named", "groups=" + scale.of("0,2/4/6,9", "0/2,4")),
                                "maxIterations=" + scale.of(30, 5), "averageDecay=0.99"));
    }

    private static ModelSpec small() {
        return Models.chain(List.of(64, 16, 12, 10), ElementaryFunction.RELU,
                new SoftmaxCrossEntropy(), new Task.Classification(10));
    }
}
