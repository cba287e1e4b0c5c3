package io.quadric.engine.experiment.measure;

import io.quadric.engine.data.Dataset;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Entry.Subject;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Measurement;
import io.quadric.engine.experiment.Models;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.Parameters;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The experiments `update-alignment-curves` and `update-alignment-mnist`: cosines between the updates of KFAC, KFRA
/// and KFLR and Gauss-Newton updates on an autoencoder (Botev et al. 2017, G.2).
///
/// The paper has 784-1000-500-250-30 and back (§5), batches of 1000, CURVES, MNIST and FACES, KFAC and KFRA, and the
/// approximate inverse of blocks (36) beside the exact one (35). KFLR is added; a point takes 784 backward passes for
/// each of its two rows. Rectified units and first weights by Glorot, which the paper leaves open, are ours, as are γ
/// = τ = 1 at first, and no penalty. The paper does not say whose optimisation is followed: here it is that of KFRA
/// with the split inverse, which adapts γ and τ. A point is measured every 25 updates, and `steps` is their number.
/// FACES is not covered.
///
/// Figures are FLOAT32. Conjugate gradients end at a residual of 1e-3 of the gradient, or after 200 iterations.
///
/// @param name by which it is asked for
/// @param needs the data that has to be given
public record UpdateAlignmentStudy(String name, Needs needs) implements Measurement {
    private static final int EVERY = 25;
    private static final UpdateAlignment.Solver SOLVER = new UpdateAlignment.Solver(200, 1e-3);
    private static final String SOURCE = "Botev et al. (2017), G.2 and C; KFLR, the trajectory of KFRA, γ = τ = 1 at "
            + "first and the first weights are ours";
    private static final String READING = "`full` and `block` are cosines with the full and the block-diagonal "
            + "Gauss-Newton update, those of layers with the block-diagonal one; all updates at a point have the same "
            + "damping k. Residuals are those of conjugate gradients over the norm of the gradient, the worst layer's "
            + "for the block update.";

    /// {@return both}
    public static List<UpdateAlignmentStudy> all() {
        return List.of(
                new UpdateAlignmentStudy("update-alignment-curves", Needs.NOTHING),
                new UpdateAlignmentStudy("update-alignment-mnist", Needs.MNIST));
    }

    @Override
    public String summary() {
        return "Cosines between the updates of KFAC, KFRA and KFLR and Gauss-Newton updates, on the autoencoder of "
                + (needs == Needs.MNIST ? "MNIST" : "curves");
    }

    private String data(Scale scale) {
        return needs == Needs.MNIST ? scale.data() : scale.curves();
    }

    private ModelSpec model(Scale scale) {
        int pixels = needs == Needs.MNIST ? 64 : 784;
        return scale.of(
                Presets.named("mnist-autoencoder"),
                Models.autoencoder(
                        List.of(pixels, 12, 4), ElementaryFunction.RELU, new SigmoidCrossEntropy()));
    }

    @Override
    public List<Entry> runs(Scale scale) {
        Subject subject = new Subject(data(scale), model(scale), Initialization.GLOROT);
        int batch = scale.of(1000, 250);
        String exact = "blockInverse=exact";
        return List.of(
                new Entry("KFAC", subject, batch, "kfac-botev"),
                new Entry("KFAC, exact inverse", subject, batch, "kfac-botev", exact),
                new Entry("KFRA", subject, batch, "kfra"),
                new Entry("KFRA, exact inverse", subject, batch, "kfra", exact),
                new Entry("KFLR", subject, batch, "kflr"),
                new Entry("KFLR, exact inverse", subject, batch, "kflr", exact));
    }

    @Override
    public long budget(Scale scale) {
        return scale.of(3, 2);
    }

    private static List<String> drawn(ModelSpec model) {
        int layers = model.model().network().layout().blocks().size();
        return Stream.concat(
                Stream.of(UpdateAlignment.FULL, UpdateAlignment.BLOCK),
                IntStream.range(0, layers).mapToObj(Layers::name)).toList();
    }

    @Override
    public void measure(Order order) {
        List<Entry> entries = runs(order.scale());
        Entry first = entries.getFirst();
        ModelSpec model = first.model();
        Dataset dataset = model.load(first.data(), first.precision());
        TrainingPlan plan = new TrainingPlan(
                dataset.train().cases(), first.sizes().gradient().orElseThrow(), 0, order.seed());
        Parameters initial = model.model().network().initialize(
                first.initialization().initializer(), first.precision(),
                order.random());
        UpdateAlignment.Trajectory trajectory = new UpdateAlignment.Trajectory(
                entries.stream().filter(entry -> entry.label().equals("KFRA")).findAny().orElseThrow().method(),
                order.scale().of(EVERY, 2));
        AlignmentReport report = new AlignmentReport(
                order.folder(), MeasureFiles.heading(this, SOURCE) + READING, drawn(model));
        List<Point> all = new ArrayList<>();
        new UpdateAlignment(model.model(), dataset, trajectory, SOLVER, plan)
                .along(entries, initial, order.steps(), order.ws(), point -> {
                    all.add(point);
                    report.write(all);
                    order.progress().accept(AlignmentReport.line(point, UpdateAlignment.BLOCK));
                });
    }
}
