package io.quadric.engine.report;

import io.quadric.engine.checkpoint.OutputFile;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Writes curves as a table and as a picture.
public final class CurveFiles {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;

    private CurveFiles() {}

    /// Writes a CSV file: a line for each evaluation of each run. What does not apply is empty.
    ///
    /// @param file the path
    /// @param curves of the runs
    public static void csv(Path file, List<Curve> curves) {
        StringBuilder text = new StringBuilder("optimizer,epoch,step,seconds,trainLoss,testLoss,testError\n");
        for (Curve curve : curves) {
            for (Curve.Point point : curve.points()) {
                text.append(curve.name()).append(',').append(point.at().epoch());
                text.append(',').append(point.at().step());
                text.append(',').append(point.at().seconds());
                text.append(',').append(point.evaluation().trainLoss());
                text.append(',').append(cell(point.evaluation().testLoss()));
                text.append(',').append(cell(point.evaluation().testError()));
                text.append('\n');
            }
        }
        OutputFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String cell(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
    }

    /// Writes a PNG picture: the training loss, on a logarithmic axis, against epochs to the left and against seconds
    /// to the right.
    ///
    /// @param file the path
    /// @param title of the picture
    /// @param curves of the runs
    public static void png(Path file, String title, List<Curve> curves) {
        XYChart epochs = chart(title, "epochs", curves, point -> point.at().epoch());
        XYChart seconds = chart(title, "seconds of training", curves, point -> point.at().seconds());
        BufferedImage image = new BufferedImage(2 * WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        epochs.paint(graphics, WIDTH, HEIGHT);
        graphics.translate(WIDTH, 0);
        seconds.paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        OutputFile.write(file, out -> ImageIO.write(image, "png", out));
    }

    private static XYChart chart(
            String title, String axis, List<Curve> curves, ToDoubleFunction<Curve.Point> position) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(axis)
                .yAxisTitle("training loss")
                .build();
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisDecimalPattern("0.###E0");
        chart.getStyler().setXAxisDecimalPattern("0.###");
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        for (Curve curve : curves) {
            List<Curve.Point> shown = curve.points().stream()
                    .filter(point -> point.evaluation().trainLoss() > 0
                            && Double.isFinite(point.evaluation().trainLoss()))
                    .toList();
            if (!shown.isEmpty()) {
                XYSeries series = chart.addSeries(
                        curve.name(),
                        shown.stream().mapToDouble(position).toArray(),
                        shown.stream().mapToDouble(point -> point.evaluation().trainLoss()).toArray());
                series.setMarker(SeriesMarkers.NONE);
            }
        }
        return chart;
    }
}
