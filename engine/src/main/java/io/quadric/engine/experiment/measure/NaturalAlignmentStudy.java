package io.quadric.engine.experiment.measure;

import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Pooling;
import io.quadric.engine.data.Task;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Entry.Subject;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Experiment.Size;
import io.quadric.engine.experiment.Measurement;
import io.quadric.engine.experiment.Models;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Precision;
import io.quadric.nn.Parameters;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The experiment `natural-alignment`: cosines between the directions of methods and those of a block Fisher method
/// (Ren 2022, §4.3.4, Figure 4.1).
///
/// The model has the published widths 256-20-20-20-20-10; hyperbolic tangents are ours. MNIST's images, 28 × 28, get a
/// border of two zeros on every side and are averaged to 16 × 16. The paper shows the middle four layers: of the layers
/// of units they are the four of 20, to which layers 1 to 4 lead. These are drawn; the table has all five.
///
/// What the paper leaves open of the trajectory is ours: λ, its rate, and batches of 1000, as for the autoencoders of
/// §4.7.2.
///
/// Averages are those of §4.7.2, with β = μ = 0.9, Adam's with β₁ = 0.9 and β₂ = 0.999. Statistics and inverses are new
/// in every step (T₁ = T₂ = 1). TNT and Shampoo begin with the averages over all data; KFAC, in the order of the
/// authors' program, begins with those of the first minibatch, so that its first few directions are of another age.
///
/// # Dampings
/// With the Fisher matrix F, block Fisher inverts F + λI. The other dampings are made to mean the same:
/// - KFAC: (A + π√λ I) ⊗ (G + (√λ/π) I) has the term λI beside A ⊗ G ≈ F: its damping is λ.
/// - TNT: U₁ ⊗ U₂ ≈ F/m for minibatches of m, as the covariance of a mean. (U₁ + εI) ⊗ (U₂ + εI) is 1/m of a matrix
///   with the term mε²I: ε = √(λ/m). A bias has one factor only, U + εI, which is 1/m of one with mεI, that is √(m/λ)
///   times as much damping; Algorithm 15 has one ε for all.
/// - Shampoo: (L + εI)^½ ⊗ (R + εI)^½ stands for the mean of ggᵀ, the root of which is inverted, with gradients g
///   of minibatches, so that it is 1/m of the empirical Fisher matrix where their mean is small. Its least eigenvalue
///   is ε, for a bias too: ε = λ/m, in the units of the factors.
/// - Adam: √v + ε, v the diagonal of that mean, has the square v + ε² + …: ε = √(λ/m).
/// - SGD with momentum has none.
public record NaturalAlignmentStudy() implements Measurement {
    private static final String NAME = "natural-alignment";
    private static final String SUMMARY = "Cosines between the directions of TNT, KFAC, Shampoo, Adam and SGD with "
            + "momentum and those of a block Fisher method, along its trajectory";
    private static final NaturalAlignment.BlockMethod METHOD = new NaturalAlignment.BlockMethod(0.01, 0.3, 0.9);
    private static final String SOURCE = "Ren (2022), §4.3.4, Figure 4.1 and §4.7.2; λ = " + METHOD.damping()
            + ", the rate " + METHOD.rate() + " and batches of 1000 are ours";
    private static final String READING = "Layers 1 to 4 lead to the four layers of 20 units, which the figure shows. "
            + "The loss is that of the minibatch.";
    private static final Task.Classification TASK = new Task.Classification(10);
    private static final int MARGIN = 2;
    private static final int POOL = 2;

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
        return Models.chain(
                scale.of(List.of(256, 20, 20, 20, 20, 10), List.of(64, 8, 8, 10)),
                ElementaryFunction.TANH, new SoftmaxCrossEntropy(), TASK);
    }

    private static Dataset data(Scale scale) {
        if (scale.size() == Size.SMALL) {
            return model(scale).load(scale.data(), Precision.FLOAT64);
        }
        Dataset images = DataSource.named(scale.data()).load(TASK, Precision.FLOAT64);
        return Pooling.average(Padding.zeros(images, MARGIN), POOL);
    }

    @Override
    public List<Entry> runs(Scale scale) {
        Subject subject = new Subject(scale.data(), model(scale), Initialization.GLOROT);
        int batch = scale.of(1000, 250);
        double ofMean = METHOD.damping() / batch;
        String always = "inversePeriod=1";
        return Stream.of(
                new Entry("TNT", subject, batch, "tnt", always, "epsilon=" + Math.sqrt(ofMean)),
                new Entry("KFAC", subject, batch, "kfac", always, "piDamping=true", "damping=" + METHOD.damping()),
                new Entry("Shampoo", subject, batch, "shampoo", always, "epsilon=" + ofMean),
                new Entry("Adam", subject, batch, "adam", "epsilon=" + Math.sqrt(ofMean)),
                new Entry("SGD-m", subject, batch, "sgd"))
                .map(entry -> entry.in(Precision.FLOAT64)).toList();
    }

    @Override
    public long budget(Scale scale) {
        return scale.of(50, 5);
    }

    @Override
    public void measure(Order order) {
        List<Entry> entries = runs(order.scale());
        ModelSpec model = model(order.scale());
        Dataset dataset = data(order.scale());
        TrainingPlan plan = new TrainingPlan(
                dataset.train().cases(), entries.getFirst().sizes().gradient().orElseThrow(), 0, order.seed());
        Parameters initial = model.model().network().initialize(
                Initialization.GLOROT.initializer(), Precision.FLOAT64,
                order.random());
        int hidden = model.model().network().layout().blocks().size() - 1;
        List<String> drawn = IntStream.range(0, hidden).mapToObj(Layers::name).toList();
        AlignmentReport report = new AlignmentReport(
                order.folder(), MeasureFiles.heading(this, SOURCE) + READING, drawn);
        List<Point> all = new ArrayList<>();
        new NaturalAlignment(model.model(), dataset, METHOD, plan)
                .along(entries, initial, order.steps(), order.ws(), point -> {
                    all.add(point);
                    report.write(all);
                    order.progress().accept(AlignmentReport.line(point, NaturalAlignment.ALL));
                });
    }
}
