package io.quadric.engine.report;

import io.quadric.engine.file.OutputFile;
import io.quadric.engine.train.TrainingListener;
import io.quadric.engine.train.TrainingResult;
import io.quadric.optim.hessianfree.CgObserver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/// The objective and its quadratic model by iteration of conjugate gradients (Martens & Sutskever 2012, Figure 4): a
/// CSV file of all steps, and a picture of the last one beside it. Each iteration costs a forward pass and a product
/// more.
public final class CgCurves implements CgObserver, TrainingListener {
    private final Path file;
    private final List<Row> rows = new ArrayList<>();

    /// A line of the file.
    ///
    /// @param step from 1
    /// @param iteration from 1
    /// @param change f(θ + x) − f(θ) on the gradient batch
    /// @param model M(x)
    /// @param dampedModel M(x) with its damping
    public record Row(long step, int iteration, double change, double model, double dampedModel) {}

    /// Without a row.
    ///
    /// @param file of the CSV; the picture has the ending `.png` in addition
    public CgCurves(Path file) {
        this.file = file;
    }

    /// {@return the picture's file}
    ///
    /// @param file of the CSV
    public static Path picture(Path file) {
        return file.resolveSibling(file.getFileName() + ".png");
    }

    /// {@return all iterates so far}
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    @Override
    public void iterate(
            long step, int iteration, double dampedModel, DoubleSupplier model, DoubleSupplier change) {
        rows.add(new Row(step, iteration, change.getAsDouble(), model.getAsDouble(), dampedModel));
    }

    @Override
    public void finished(TrainingResult result) {
        OutputFile.write(file, out -> out.write(csv(rows).getBytes(StandardCharsets.UTF_8)));
        if (!rows.isEmpty()) {
            LineChart.png(picture(file), List.of(
                    chart(rows.stream().filter(row -> row.step == rows.getLast().step).toList())));
        }
    }

    /// {@return the rows as CSV}
    ///
    /// @param rows of any steps
    public static String csv(List<Row> rows) {
        StringBuilder text = new StringBuilder("step,iteration,objective,model,dampedModel\n");
        rows.forEach(row -> text.append(row.step).append(',').append(row.iteration).append(',').append(row.change)
                .append(',').append(row.model).append(',').append(row.dampedModel).append('\n'));
        return text.toString();
    }

    /// {@return the curves of a step}
    ///
    /// @param step its rows, at least one
    public static LineChart chart(List<Row> step) {
        return new LineChart(
                "step " + step.getFirst().step + ": objective and model", "iterations of conjugate gradients",
                "change", LineChart.Scale.LINEAR,
                List.of(line("objective", step, Row::change), line("model", step, Row::model),
                        line("damped model", step, Row::dampedModel)));
    }

    private static LineChart.Line line(String name, List<Row> rows, ToDoubleFunction<Row> value) {
        return new LineChart.Line(
                name, rows.stream().mapToDouble(Row::iteration).toArray(), rows.stream().mapToDouble(value).toArray());
    }
}
