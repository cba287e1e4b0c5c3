package io.quadric.engine.report;

import io.quadric.engine.file.OutputFile;
import io.quadric.engine.report.LineChart.Scale;
import io.quadric.engine.train.Evaluation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Writes curves as a table and as a picture.
public final class CurveFiles {
    private CurveFiles() {}

    /// What a picture shows figures against.
    public enum Axis {
        /// Steps.
        UPDATES("updates", "updates", point -> point.at().step()),
        /// Passes over the data.
        EPOCHS("epochs", "epochs", point -> point.at().epoch()),
        /// Seconds of training.
        SECONDS("time", "seconds of training", point -> point.at().seconds());

        private final String title;
        private final String across;
        private final ToDoubleFunction<Curve.Point> position;

        Axis(String title, String across, ToDoubleFunction<Curve.Point> position) {
            this.title = title;
            this.across = across;
            this.position = position;
        }
    }

    /// What a picture shows.
    private enum Panel {
        TRAIN_LOSS("training loss", Scale.LOGARITHMIC, evaluation -> OptionalDouble.of(evaluation.trainLoss())),
        TEST_LOSS("test loss", Scale.LOGARITHMIC, Evaluation::testLoss),
        TEST_ERROR("test error", Scale.LINEAR, Evaluation::testError),
        TEST_SQUARED_ERROR("test squared error", Scale.LOGARITHMIC, Evaluation::testSquaredError);

        private final String title;
        private final Scale scale;
        private final Function<Evaluation, OptionalDouble> figure;

        Panel(String title, Scale scale, Function<Evaluation, OptionalDouble> figure) {
            this.title = title;
            this.scale = scale;
            this.figure = figure;
        }

        double of(Curve.Point point) {
            return figure.apply(point.evaluation()).orElse(Double.NaN);
        }

        LineChart chart(String of, Axis axis, List<CurveGroup> groups) {
            return new LineChart(of + ": " + title + " by " + axis.title, axis.across, title, scale,
                    groups.stream().map(group -> group.line(axis.position, this::of)).toList());
        }
    }

    /// Writes a CSV file: a line for each evaluation of each run. What does not apply is empty.
    ///
    /// @param file the path
    /// @param curves of the runs
    public static void csv(Path file, List<Curve> curves) {
        StringBuilder text = new StringBuilder("optimizer,epoch,step,seconds,trainLoss,testLoss,testError,"
                + "parametersTrainLoss,testSquaredError\n");
        for (Curve curve : curves) {
            for (Curve.Point point : curve.points()) {
                text.append(quoted(curve.name())).append(',').append(point.at().epoch());
                text.append(',').append(point.at().step());
                text.append(',').append(point.at().seconds());
                text.append(',').append(point.evaluation().trainLoss());
                text.append(',').append(cell(point.evaluation().testLoss()));
                text.append(',').append(cell(point.evaluation().testError()));
                text.append(',').append(cell(point.evaluation().parametersTrainLoss()));
                text.append(',').append(cell(point.evaluation().testSquaredError()));
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
        LineChart.png(file, Stream.of(axis, Axis.SECONDS)
                .map(each -> Panel.TRAIN_LOSS.chart(title, each, curves))
                .toList());
    }

    /// Writes a PNG picture of all there is: rows for the training loss, the test loss, the test error and the squared
    /// test error, as far as some run has them, against updates, epochs and seconds.
    ///
    /// @param file the path
    /// @param title of the charts
    /// @param curves of the runs
    public static void panels(Path file, String title, List<CurveGroup> curves) {
        List<List<LineChart>> rows = Stream.of(Panel.values())
                .map(panel -> Stream.of(Axis.values()).map(axis -> panel.chart(title, axis, curves)).toList())
                .toList();
        LineChart.grid(file, rows.stream().filter(row -> row == rows.getFirst() || !row.getFirst().isEmpty()).toList());
    }
}
