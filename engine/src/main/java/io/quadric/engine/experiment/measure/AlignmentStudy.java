package io.quadric.engine.experiment.measure;

import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Task;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Entry.Subject;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Measurement;
import io.quadric.engine.experiment.Models;
import io.quadric.engine.experiment.measure.Alignment.Cosines;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Precision;
import io.quadric.nn.Parameters;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;

/// The experiment `update-alignment`: cosines between the directions of methods and Gauss-Newton directions.
///
/// The published model has 256-20-20-20-20-10 units on images of 16 × 16 pixels; here they are pooled to 14 × 14. All
/// methods are without momentum, refresh their inverses in every step and keep their averages of statistics. TNT's
/// statistics are 1/m of the Fisher matrix for batches of m cases: ε² = λ/m makes its damping that of the others.
public record AlignmentStudy() implements Measurement {
    private static final String NAME = "update-alignment";
    private static final String SUMMARY = "Cosines between the directions of nine methods and block-diagonal and full "
            + "Gauss-Newton directions along one trajectory";
    static final String SOURCE = "Botev et al. (2017), G.2; Ren (2022), Figure 4.1; λ = 0.01, batches and rate "
            + "of the trajectory are ours";

    private static final double DAMPING = 0.01;
    private static final double RATE = 0.3;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return SUMMARY;
    }

    @Override
    public Needs needs() {
        return Needs.MNIST;
    }

    private static ModelSpec model(Scale scale) {
        return scale.of(model(List.of(196, 20, 20, 20, 20, 10), 2), model(List.of(64, 8, 8, 10), 1));
    }

    private static ModelSpec model(List<Integer> widths, int pool) {
        ModelSpec chain = Models.chain(
                widths, ElementaryFunction.TANH, new SoftmaxCrossEntropy(), new Task.Classification(10));
        return new ModelSpec(chain.name(), chain.model(), chain.task(), pool);
    }

    @Override
    public List<Entry> runs(Scale scale) {
        Subject subject = new Subject(scale.data(), model(scale), Initialization.GLOROT);
        int batch = scale.of(1000, 250);
        String damping = "damping=" + DAMPING;
        String still = "momentum=0";
        String always = "inversePeriod=1";
        String pi = "piDamping=true";
        return List.of(
                new Entry("KFAC", subject, batch, "kfac", still, always, pi, damping),
                new Entry("exact factors", subject, batch, "kfac", still, always, pi, damping, "source=exact"),
                new Entry("recursive factors", subject, batch, "kfac", still, always, pi, damping, "source=recursive"),
                new Entry("EKFAC", subject, batch, "ekfac", still, "basisPeriod=1", damping),
                new Entry("K-BFGS", subject, batch, "kbfgs", still, damping),
                new Entry("TNT", subject, batch, "tnt", still, always, "epsilon=" + Math.sqrt(DAMPING / batch)),
                new Entry("Shampoo", subject, batch, "shampoo", still, always),
                new Entry("Adam", subject, batch, "adam", "beta1=0"),
                new Entry("gradient", subject, batch, "sgd", still));
    }

    @Override
    public long budget(Scale scale) {
        return scale.of(50, 5);
    }

    @Override
    public void measure(Order order) {
        ModelSpec model = model(order.scale());
        Dataset dataset = model.load(order.scale().data(), Precision.FLOAT64);
        List<Entry> entries = runs(order.scale());
        TrainingPlan plan = new TrainingPlan(
                dataset.train().cases(), entries.getFirst().sizes().gradient().orElseThrow(), 0, order.seed());
        Parameters initial = model.model().network().initialize(
                Initialization.GLOROT.initializer(), Precision.FLOAT64,
                RandomGeneratorFactory.of("L64X128MixRandom").create(order.seed()));
        List<Cosines> all = new ArrayList<>();
        new Alignment(model.model(), dataset, DAMPING, RATE, plan)
                .along(entries, initial, order.steps(), order.ws(), here -> {
                    all.addAll(here);
                    new AlignmentReport(order.folder()).write(all);
                    order.progress().accept("step " + here.getFirst().step() + ": " + here.stream()
                            .map(at -> String.format(Locale.ROOT, "%s %.3f", at.method(), at.block()))
                            .collect(Collectors.joining(", ")));
                });
    }
}
