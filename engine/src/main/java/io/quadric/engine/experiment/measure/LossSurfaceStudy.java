package io.quadric.engine.experiment.measure;

import io.quadric.engine.data.Dataset;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Entry.Subject;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Measurement;
import io.quadric.engine.experiment.Models;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.report.SurfacePicture;
import io.quadric.engine.report.SurfacePicture.Axis;
import io.quadric.engine.report.SurfacePicture.Mark;
import io.quadric.engine.report.Text;
import io.quadric.engine.train.Evaluator;
import io.quadric.engine.train.Problem;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.Trainer;
import io.quadric.linalg.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The experiment `loss-surface`: the training loss over the plane through the first parameters θ₀, the end θ_a of a
/// run with KFAC and the end θ_b of a run with Adam, as many steps each from θ₀ on the same batches.
///
/// Of the two usual planes, that of three points and that of two leading directions of curvature, this is the first:
/// θ(α, β) = θ₀ + α(θ_a − θ₀) + β(θ_b − θ₀), α and β from −½ to 3/2 in equal steps, so that θ₀ = θ(0, 0), θ_a = θ(1, 0)
/// and θ_b = θ(0, 1) are points of the grid. Values are means over all training cases, without a penalty. The network
/// has 196-20-20-20-20-10 tanh units on images pooled to 14 × 14.
public record LossSurfaceStudy() implements Measurement {
    private static final String SOURCE = "not in the papers: plane, network, batches and settings are ours";
    private static final double FROM = -0.5;
    private static final double TO = 1.5;

    @Override
    public String name() {
        return "loss-surface";
    }

    @Override
    public String summary() {
        return "The training loss over the plane through the first parameters and the ends of runs with KFAC and Adam";
    }

    @Override
    public Needs needs() {
        return Needs.MNIST;
    }

    @Override
    public List<Entry> runs(Scale scale) {
        ModelSpec model = scale.of(Models.classifier(List.of(196, 20, 20, 20, 20, 10), 2),
                Models.classifier(List.of(64, 8, 8, 10), 1));
        Subject subject = new Subject(scale.data(), model, Initialization.GLOROT);
        int batch = scale.of(1000, 250);
        return List.of(new Entry("KFAC", subject, batch, "kfac"), new Entry("Adam", subject, batch, "adam"));
    }

    @Override
    public long budget(Scale scale) {
        return scale.of(600, 20);
    }

    /// The values of α and β; 0 and 1 are among them.
    static double[] ticks(Scale scale) {
        int steps = scale.of(24, 8);
        return IntStream.rangeClosed(0, steps).mapToDouble(i -> FROM + (TO - FROM) * i / steps).toArray();
    }

    @Override
    public void measure(Order order) {
        List<Entry> entries = runs(order.scale());
        Entry one = entries.getFirst();
        Dataset dataset = one.model().load(one.data(), one.precision());
        LossPlane plane = plane(entries, dataset, order);
        Evaluator evaluator = new Evaluator(new Problem(one.model().model(), dataset), order.ws());
        double[] ticks = ticks(order.scale());
        double[][] values = new double[ticks.length][ticks.length];
        Arrays.stream(values).forEach(row -> Arrays.fill(row, Double.NaN));
        for (int i = 0; i < ticks.length; i++) {
            for (int j = 0; j < ticks.length; j++) {
                values[i][j] = plane.loss(ticks[j], ticks[i], evaluator);
            }
            write(plane, ticks, values, order);
            order.progress().accept("β = " + Text.number(ticks[i]) + ": least loss "
                    + Text.number(Arrays.stream(values[i]).min().orElseThrow()));
        }
    }

    private static LossPlane plane(List<Entry> entries, Dataset dataset, Order order) {
        Trainer[] trainers = entries.stream()
                .map(entry -> new Trainer(entry.run(dataset, order.seed()).on(dataset), order.ws()))
                .toArray(Trainer[]::new);
        Vector origin = trainers[0].parameters().values().copy();
        for (int i = 0; i < trainers.length; i++) {
            trainers[i].train(Schedule.steps(order.steps()).withEvaluateEvery(order.steps()), List.of());
            order.progress().accept(entries.get(i).label() + ": " + Text.evaluation(trainers[i].evaluation()));
        }
        return new LossPlane(trainers[0].parameters().layout(), origin, trainers[0].parameters().values(),
                trainers[1].parameters().values());
    }

    private void write(LossPlane plane, double[] ticks, double[][] values, Order order) {
        StringBuilder csv = new StringBuilder("alpha,beta,loss\n");
        for (int i = 0; i < ticks.length; i++) {
            for (int j = 0; j < ticks.length; j++) {
                csv.append(ticks[j]).append(',').append(ticks[i]).append(',').append(values[i][j]).append('\n');
            }
        }
        MeasureFiles files = new MeasureFiles(order.folder());
        files.text("surface.csv", csv.toString());
        files.text("table.md", MeasureFiles.heading(this, SOURCE) + table(plane, ticks, values, order.steps()));
        Axis across = new Axis("α, from the start to KFAC", ticks);
        Axis up = new Axis("β, from the start to Adam", ticks);
        List<Mark> marks = List.of(new Mark("start", 0, 0), new Mark("KFAC", 1, 0), new Mark("Adam", 0, 1));
        new SurfacePicture("Training loss", across, up, values, marks).write(order.folder().resolve("surface.png"));
    }

    private static String table(LossPlane plane, double[] ticks, double[][] values, long steps) {
        int zero = Arrays.binarySearch(ticks, 0);
        int one = Arrays.binarySearch(ticks, 1);
        int half = (zero + one) / 2;
        return "θ(α, β) = θ₀ + α(θ_a − θ₀) + β(θ_b − θ₀), α and β from " + Text.number(FROM) + " to " + Text.number(TO)
                + ", " + ticks.length + " × " + ticks.length + " points: θ₀ the first parameters, θ_a after " + steps
                + " steps of KFAC, θ_b after as many of Adam. ‖θ_a − θ₀‖ = " + Text.number(plane.firstLength())
                + ", ‖θ_b − θ₀‖ = " + Text.number(plane.secondLength()) + ", ‖θ_a − θ_b‖ = "
                + Text.number(plane.distance()) + ", cosine of the angle at θ₀ " + Text.number(plane.cosine())
                + ".\n\n| point | α | β | training loss |\n" + MeasureFiles.rule(4)
                + MeasureFiles.row(List.of("start", "0", "0"), values[zero][zero])
                + MeasureFiles.row(List.of("KFAC", "1", "0"), values[zero][one])
                + MeasureFiles.row(List.of("Adam", "0", "1"), values[one][zero])
                + MeasureFiles.row(List.of("halfway between KFAC and Adam", "0.5", "0.5"), values[half][half])
                + least(ticks, values)
                + "\n![Training loss](surface.png)\n";
    }

    /// A row for the lowest point of the grid.
    private static String least(double[] ticks, double[][] values) {
        int best = 0;
        int n = ticks.length;
        for (int cell = 0; cell < n * n; cell++) {
            best = values[cell / n][cell % n] < values[best / n][best % n] ? cell : best;
        }
        return MeasureFiles.row(
                List.of("lowest of the grid", Text.number(ticks[best % n]), Text.number(ticks[best / n])),
                values[best / n][best % n]);
    }
}
