package io.quadric.engine.report;

import io.quadric.engine.file.OutputFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// Writes curves as a table and as a picture.
public final class CurveFiles {
    private CurveFiles() {}

    /// What a picture shows the loss against, beside seconds.
    public enum Axis {
        /// Passes over the data.
        EPOCHS("epochs", point -> point.at().epoch()),
        /// Steps.
        UPDATES("updates", point -> point.at().step());

        private final String title;
        private final ToDoubleFunction<Curve.Point> position;

        Axis(String title, ToDoubleFunction<Curve.Point> position) {
            this.title = title;
            this.position = position;
        }
    }

    /// Writes a CSV file: a line for each evaluation of each run. What does not apply is empty.
    ///
    /// @param file the path
    /// @param curves of the runs
    public static void csv(Path file, List<Curve> curves) {
        StringBuilder text = new StringBuilder("optimizer,epoch,step,seconds,trainLoss,testLoss,testError,"
                + "parametersTrainLoss\n");
        for (Curve curve : curves) {
            for (Curve.Point point : curve.points()) {
                text.append(quoted(curve.name())).append(',').append(point.at().epoch());
                text.append(',').append(point.at().step());
                text.append(',').append(point.at().seconds());
                text.append(',').append(point.evaluation().trainLoss());
                text.append(',').append(cell(point.evaluation().testLoss()));
                text.append(',').append(cell(point.evaluation().testError()));
                text.append(',').append(cell(point.evaluation().parametersTrainLoss()));
                text.append('\n');
            }
        }
        OutputFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String quoted(String name) {
        return name.contains(",") ? '"' + name + '"' : name;
    }

    private static String cell(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
    }

    /// Writes a PNG picture: the training loss, on a logarithmic axis, against epochs or updates to the left and
    /// against seconds to the right, where the legend is. Of several runs, it shows their mean and a band of one
    /// standard deviation each way.
    ///
    /// @param file the path
    /// @param title of the picture
    /// @param axis to the left
    /// @param curves of the runs
    public static void png(Path file, String title, Axis axis, List<CurveGroup> curves) {
        LineChart.png(file, List.of(
                chart(title, axis.title, axis.title, curves, axis.position),
                chart(title, "time", "seconds of training", curves, point -> point.at().seconds())));
    }

    private static LineChart chart(
            String title, String by, String across, List<CurveGroup> curves,
            ToDoubleFunction<Curve.Point> position) {
        List<LineChart.Line> lines = curves.stream()
                .map(group -> group.line(position, point -> point.evaluation().trainLoss()))
                .toList();
        return new LineChart(title + ": loss by " + by, across, "training loss", LineChart.Scale.LOGARITHMIC, lines);
    }
}
