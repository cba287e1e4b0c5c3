package io.quadric.engine.experiment.measure;

import io.quadric.engine.data.Dataset;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Entry.Subject;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Measurement;
import io.quadric.engine.experiment.Models;
import io.quadric.engine.experiment.measure.CurvatureBlocks.Kind;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.report.MatrixPicture;
import io.quadric.engine.report.MatrixPicture.Panel;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.Trainer;
import io.quadric.linalg.Precision;
import io.quadric.nn.Linearization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The experiment `curvature-blocks`: the block of each layer in the exact Hessian and the Gauss-Newton matrix, and the
/// Kronecker products of KFLR, KFRA and KFAC (Botev et al. 2017, §2 and §3), at the first parameters and after steps of
/// KFAC.
///
/// 49-10-10-10 units on images pooled to 7 × 7, softmax. The hidden units are tanh: with ReLU the blocks of Hessian and
/// Gauss-Newton matrix would be the same (§2.2.3). All matrices are means over the first 1000 training cases, without a
/// penalty and without damping; KFAC's targets are one draw for each case.
public record CurvatureBlockStudy() implements Measurement {
    private static final String SOURCE = "Botev et al. (2017), §2 and §3; network, cases and training are ours";
    private static final int CASES = 1000;

    @Override
    public String name() {
        return "curvature-blocks";
    }

    @Override
    public String summary() {
        return "Blocks of the exact Hessian and the Gauss-Newton matrix beside the Kronecker products of KFLR, KFRA "
                + "and KFAC on a small network";
    }

    @Override
    public Needs needs() {
        return Needs.MNIST;
    }

    @Override
    public List<Entry> runs(Scale scale) {
        ModelSpec model = scale.of(Models.classifier(List.of(49, 10, 10, 10), 4),
                Models.classifier(List.of(16, 5, 5, 10), 2));
        Subject subject = new Subject(scale.data(), model, Initialization.GLOROT);
        return List.of(new Entry("KFAC", subject, scale.of(1000, 250), "kfac").in(Precision.FLOAT64));
    }

    @Override
    public long budget(Scale scale) {
        return scale.of(300, 10);
    }

    @Override
    public void measure(Order order) {
        Entry entry = runs(order.scale()).getFirst();
        Dataset dataset = entry.model().load(entry.data(), entry.precision());
        Trainer trainer = new Trainer(entry.run(dataset, order.seed()).on(dataset), order.ws());
        List<Snapshot> points = new ArrayList<>();
        points.add(point("the first parameters", entry, trainer, order));
        write(points, order);
        trainer.train(Schedule.steps(order.steps()).withEvaluateEvery(order.steps()), List.of());
        points.add(point("after " + trainer.at().step() + " steps", entry, trainer, order));
        write(points, order);
    }

    /// The blocks at some parameters.
    private record Snapshot(String name, double loss, List<CurvatureBlocks> blocks) {}

    private static Snapshot point(String name, Entry entry, Trainer trainer, Order order) {
        var cases = trainer.data().train();
        var batch = cases.first(Math.min(cases.cases(), CASES)).batch();
        try (var at = Linearization.at(entry.model().model(), trainer.parameters(), batch, order.ws())) {
            Snapshot point = new Snapshot(name, at.loss(), CurvatureBlocks.of(at, order.random(), order.ws()));
            order.progress().accept(name + ": loss " + at.loss());
            return point;
        }
    }

    private void write(List<Snapshot> points, Order order) {
        MeasureFiles files = new MeasureFiles(order.folder());
        StringBuilder csv = new StringBuilder("parameters,layer,matrix,norm,errorToGaussNewton,cosineToGaussNewton,"
                + "errorToHessian,cosineToHessian\n");
        StringBuilder table = new StringBuilder(MeasureFiles.heading(this, SOURCE))
                .append("Norms are those of Frobenius; errors are relative to the norm of what is compared with. ")
                .append("Pictures show the sizes of entries, of four powers of ten below the largest of a picture.\n\n")
                .append("| matrix | loss | order | norm | error to Gauss-Newton ")
                .append("| cosine with Gauss-Newton | error to Hessian | cosine with Hessian |\n")
                .append(MeasureFiles.rule(8));
        StringBuilder pictures = new StringBuilder();
        for (int p = 0; p < points.size(); p++) {
            for (CurvatureBlocks layer : points.get(p).blocks()) {
                add(points.get(p), layer, csv, table);
                String file = "blocks-" + (p == 0 ? "first" : "trained") + "-layer" + number(layer) + ".png";
                picture(points.get(p), layer).write(order.folder().resolve(file));
                pictures.append("\n![").append(title(points.get(p), layer)).append("](").append(file).append(")\n");
            }
        }
        files.text("blocks.csv", csv.toString());
        files.text("table.md", table.append(pictures).toString());
    }

    private static void add(Snapshot point, CurvatureBlocks layer, StringBuilder csv, StringBuilder table) {
        for (Kind kind : Kind.values()) {
            double[] numbers = {
                layer.norm(kind),
                layer.error(kind, Kind.GAUSS_NEWTON), layer.cosine(kind, Kind.GAUSS_NEWTON),
                layer.error(kind, Kind.HESSIAN), layer.cosine(kind, Kind.HESSIAN)
            };
            csv.append(point.name()).append(',').append(number(layer)).append(',').append(kind.label());
            Arrays.stream(numbers).forEach(number -> csv.append(',').append(number));
            csv.append('\n');
            int order = layer.matrices().get(kind).rows();
            table.append(MeasureFiles.row(
                    List.of(kind.label() + ", layer " + number(layer) + ", " + point.name(),
                            String.format(Locale.ROOT, "%.4f", point.loss()), Integer.toString(order)),
                    numbers));
        }
    }

    /// From 1.
    private static String number(CurvatureBlocks layer) {
        return Integer.toString(layer.block().index() + 1);
    }

    private static String title(Snapshot point, CurvatureBlocks layer) {
        return "Layer " + number(layer) + ", " + point.name();
    }

    private static MatrixPicture picture(Snapshot point, CurvatureBlocks layer) {
        return new MatrixPicture(title(point, layer), "parameter", Arrays.stream(Kind.values())
                .map(kind -> new Panel(kind.label(), layer.matrices().get(kind)))
                .toList());
    }
}
