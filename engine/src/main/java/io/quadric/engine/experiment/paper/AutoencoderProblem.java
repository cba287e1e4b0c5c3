package io.quadric.engine.experiment.paper;

import static io.quadric.engine.json.Initialization.FAN_IN;

import io.quadric.engine.experiment.Budget;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Entry.Subject;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Models;
import io.quadric.engine.experiment.Study.Needs;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.engine.train.Schedule;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The three autoencoders of Ren (2022), Tables 2.3, 2.4 and 3.6, with the seconds that each run has there.
///
/// FACES are crops of the 400 pictures of Olivetti's that are public; CURVES are our own rendering. The seconds are
/// those of §3.7.1, of a GPU. First parameters are uniform in ±1/√fan-in, as the authors' framework draws them.
enum AutoencoderProblem {
    MNIST(Needs.MNIST, "", 500, 20),
    FACES(Needs.OLIVETTI, "; what the publications leave open of the crops is ours", 2000, 5),
    CURVES(Needs.NOTHING, "; the curves are our own rendering", 500, 60);

    private static final int SMALL_BATCH = 250;

    private final Needs needs;
    private final String remark;
    private final Budget budget;

    AutoencoderProblem(Needs needs, String remark, double seconds, int epochs) {
        this.needs = needs;
        this.remark = remark;
        budget = new Budget(Schedule.seconds(seconds), Schedule.epochs(epochs));
    }

    Needs needs() {
        return needs;
    }

    /// What of it is ours, to be added to a source.
    String remark() {
        return remark;
    }

    Budget budget() {
        return budget;
    }

    /// The name of the problem in that of an experiment.
    String prefix() {
        return name().toLowerCase(Locale.ROOT);
    }

    String data(Scale scale) {
        return this == CURVES ? scale.curves() : scale.data();
    }

    /// A rectified network with a linear code layer, or in the small form one that is alike for all.
    ///
    /// @param widths hidden layers and code
    ModelSpec network(Scale scale, List<Integer> widths) {
        int pixels = switch (this) {
            case MNIST -> scale.of(784, 64);
            case FACES -> scale.of(625, 64);
            case CURVES -> 784;
        };
        List<Integer> all = new ArrayList<>(List.of(pixels));
        all.addAll(scale.of(widths, List.of(24, 6)));
        Loss loss = this == FACES ? new SquaredError() : new SigmoidCrossEntropy();
        return Models.autoencoder(all, ElementaryFunction.RELU, loss);
    }

    /// Data, model and first parameters.
    Subject subject(Scale scale) {
        ModelSpec published = Presets.named(prefix() + "-autoencoder");
        return new Subject(data(scale), scale.of(published, network(scale, List.of(24, 6))), FAN_IN);
    }

    /// Runs in batches of one size.
    Runs runs(Scale scale, int batch) {
        return new Runs(subject(scale), scale.of(batch, Math.min(batch, SMALL_BATCH)));
    }

    /// Runs that differ in the method.
    record Runs(Subject subject, int batch) {
        Entry of(String label, String recipe, String... settings) {
            return new Entry(label, subject, batch, recipe, settings);
        }
    }
}
