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
import io.quadric.engine.report.CgCurves;
import io.quadric.engine.report.CgCurves.Row;
import io.quadric.engine.report.LineChart;
import io.quadric.engine.report.Text;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.StepEvent;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingListener;
import io.quadric.engine.train.TrainingSetup;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.optim.hessianfree.CgObserver;
import io.quadric.optim.hessianfree.HessianFree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/// The experiment `cg-curves`: the objective and its quadratic model by iteration of conjugate gradients in steps of
/// Hessian-free optimisation (Martens & Sutskever 2012, Figure 4).
///
/// The objective of an iterate x is f(θ + x) − f(θ) on the gradient batch, the model M(x) = ½xᵀGx + ∇fᵀx with G on the
/// curvature batch; what conjugate gradients lower is M(x) + ½λ‖x‖². §8.7 says that the first is not monotonic and
/// turns long before the third stops falling. Observed are steps 1, 2, 5, 10, 20, 50, … and the last one; the others
/// cost nothing more.
///
/// Model and data are those of the experiment `hf-ablation`: the autoencoder of curves, which §8.7 names, with ReLU
/// units (Ren 2022, Table 2.4) and Glorot's weights. With logistic units and sparse weights, those of the paper's time,
/// a try was on a plateau after ten steps, where steps are so short that the model is exact.
public record CgCurveStudy() implements Measurement {
    private static final String SOURCE = "Martens & Sutskever (2012), §8.7 and Figure 4, by the first method of §13; "
            + "ReLU units (tanh in the small form), Glorot's weights, and 5000 curves of our own rendering, all for "
            + "the gradient and 1000 for the curvature, are ours";

    /// A rise that is no round-off.
    private static final double CLEAR = 0.01;

    @Override
    public String name() {
        return "cg-curves";
    }

    @Override
    public String summary() {
        return "The objective and its quadratic model by iteration of conjugate gradients in Hessian-free steps on "
                + "the autoencoder of curves";
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    /// {@return the autoencoder and its curves}, which the ablations of Hessian-free optimisation share
    ///
    /// @param scale published or small
    public static Subject subject(Scale scale) {
        ModelSpec small = Models.autoencoder(
                List.of(784, 16, 6), ElementaryFunction.TANH, new SigmoidCrossEntropy());
        return new Subject(
                scale.of("curves,cases=5000,test=1000", scale.curves()),
                scale.of(Presets.named("curves-autoencoder"), small), Initialization.GLOROT);
    }

    @Override
    public List<Entry> runs(Scale scale) {
        return List.of(new Entry("HF", subject(scale), scale.of(5000, 500), "hessian-free")
                .withCurvatureBatch(scale.of(1000, 100)));
    }

    @Override
    public long budget(Scale scale) {
        return scale.of(50, 5);
    }

    /// Whether a step is observed: 1, 2 or 5 times a power of ten, or the last one.
    static boolean isObserved(long step, long steps) {
        long digit = step;
        while (digit % 10 == 0) {
            digit /= 10;
        }
        return step == steps || digit == 1 || digit == 2 || digit == 5;
    }

    @Override
    public void measure(Order order) {
        Entry entry = runs(order.scale()).getFirst();
        Dataset dataset = entry.model().load(entry.data(), entry.precision());
        TrainingSetup setup = entry.run(dataset, order.seed()).on(dataset);
        HessianFree method = (HessianFree) setup.optimizer();
        Watch watch = new Watch(this, order);
        TrainingSetup observed = setup.by(start -> method.start(start, watch));
        Schedule schedule = Schedule.steps(order.steps()).withEvaluateEvery(order.steps());
        new Trainer(observed, order.ws()).train(schedule, List.of(watch));
    }

    /// Keeps what the observed steps show, and writes it after each of them.
    private static final class Watch implements CgObserver, TrainingListener {
        private final CgCurveStudy study;
        private final Order order;
        private final List<Row> here = new ArrayList<>();
        private final List<List<Row>> steps = new ArrayList<>();
        private final List<CgTurn> turns = new ArrayList<>();

        Watch(CgCurveStudy study, Order order) {
            this.study = study;
            this.order = order;
        }

        /// A step that begins again with another λ shows its last iterates.
        @Override
        public void iterate(
                long step, int iteration, double dampedModel, DoubleSupplier model, DoubleSupplier change) {
            if (!isObserved(step, order.steps())) {
                return;
            }
            if (iteration == 1) {
                here.clear();
            }
            here.add(new Row(step, iteration, change.getAsDouble(), model.getAsDouble(), dampedModel));
        }

        @Override
        public void step(StepEvent event) {
            long step = event.at().step();
            String text = "step " + step + ": objective " + Text.number(event.report().loss());
            if (!here.isEmpty()) {
                CgTurn turn = CgTurn.of(here, event.report().figures().getOrDefault("damping", Double.NaN));
                steps.add(List.copyOf(here));
                turns.add(turn);
                here.clear();
                write();
                text += ", lowest at iteration " + turn.lowest().iteration() + " of " + turn.last().iteration();
            }
            order.progress().accept(text);
        }

        private void write() {
            MeasureFiles files = new MeasureFiles(order.folder());
            files.text("cg-curves.csv", CgCurves.csv(steps.stream().flatMap(List::stream).toList()));
            files.text("table.md", MeasureFiles.heading(study, SOURCE) + table(turns));
            List<LineChart> charts = steps.stream().map(CgCurves::chart).toList();
            List<List<LineChart>> rows = new ArrayList<>();
            for (int i = 0; i < charts.size(); i += 2) {
                rows.add(charts.subList(i, Math.min(charts.size(), i + 2)));
            }
            LineChart.grid(order.folder().resolve("cg-curves.png"), rows);
        }
    }

    private static String table(List<CgTurn> turns) {
        long early = turns.stream().filter(CgTurn::isBeforeTheEnd).count();
        long clear = turns.stream().filter(turn -> turn.rise() > CLEAR).count();
        long first = turns.stream().filter(CgTurn::isBeforeTheModel).count();
        StringBuilder text = new StringBuilder("Changes of the objective on the gradient batch. It is lowest before "
                + "the last iteration in " + early + " of " + turns.size() + " steps, by more than 1 % of its fall in "
                + clear + ", and before the model without damping is lowest in " + first + ".\n\n");
        text.append("| step | λ | iterations | objective lowest at | model lowest at | objective there | model there "
                + "| damped model there | objective at the last | model at the last | damped model at the last "
                + "| rise of the objective by its fall |\n").append(MeasureFiles.rule(12));
        for (CgTurn turn : turns) {
            Row lowest = turn.lowest();
            Row last = turn.last();
            text.append(MeasureFiles.row(
                    List.of(Long.toString(last.step()), Text.number(turn.damping()),
                            Integer.toString(last.iteration()), Integer.toString(lowest.iteration()),
                            Integer.toString(turn.lowestModel().iteration())),
                    lowest.change(), lowest.model(), lowest.dampedModel(), last.change(), last.model(),
                    last.dampedModel(), turn.rise()));
        }
        return text.append("\n![Objective and model](cg-curves.png)\n").toString();
    }
}
