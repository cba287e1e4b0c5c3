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
import java.util.List;

/// The three autoencoders of Ren (2022), Tables 2.3, 2.4 and 3.6, with the seconds that each run has there.
///
/// FACES are crops of the 400 pictures of Olivetti's that are public; CURVES are our own rendering. The seconds are
/// those of §3.7.1, of a GPU. First parameters are uniform in ±1/√fan-in, as the authors' framework draws them.
enum AutoencoderProblem {
    MNIST("MNIST", Needs.MNIST, "", 500, 20),
    FACES("FACES", Needs.OLIVETTI, "; what the publications leave open of the crops is ours", 2000, 5),
    CURVES("CURVES", Needs.NOTHING, "; the curves are our own rendering", 500, 60);

    private static final int SMALL_BATCH = 250;

    private final String title;
    private final Needs needs;
    private final String remark;
    private final Budget budget;

    AutoencoderProblem(String title, Needs needs, String remark, double seconds, int epochs) {
        this.title = title;
        this.needs = needs;
        this.remark = remark;
        budget = new Budget(Schedule.seconds(seconds), Schedule.epochs(epochs));
    }

    String title() {
        return title;
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
        return switch (this) {
            case MNIST -> "mnist";
            case FACES -> "faces";
            case CURVES -> "curves";
        };
    }

    /// Data, model and first parameters.
    Subject subject(Scale scale) {
        String data = this == CURVES ? scale.of("curves", "curves,cases=500,test=100") : scale.data();
        Loss loss = this == FACES ? new SquaredError() : new SigmoidCrossEntropy();
        ModelSpec small = Models.autoencoder(
                List.of(this == CURVES ? 784 : 64, 24, 6), ElementaryFunction.RELU, loss);
        return new Subject(data, scale.of(Presets.named(prefix() + "-autoencoder"), small), FAN_IN);
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
