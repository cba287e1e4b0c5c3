package io.quadric.engine.report;

import io.quadric.engine.checkpoint.OutputFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Writes curves as a table and as a picture.
public final class CurveFiles {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 540;
    private static final int LEGEND = 160;
    /// Told apart also by those who see fewer colours (Okabe & Ito 2008), yellow left out.
    private static final List<Color> COLOURS = Stream.of(0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0)
            .map(Color::new)
            .toList();
    /// Solid, dashed, dotted: for more curves than colours.
    private static final List<BasicStroke> STROKES = List.of(stroke(), stroke(9, 5), stroke(2, 4));

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

    private static BasicStroke stroke(float... dashes) {
        return new BasicStroke(
                2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes.length == 0 ? null : dashes, 0);
    }

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

    /// Writes a PNG picture: the training loss, on a logarithmic axis, against epochs or updates to the left and
    /// against seconds to the right, where the legend is.
    ///
    /// @param file the path
    /// @param title of the picture
    /// @param axis to the left
    /// @param curves of the runs
    public static void png(Path file, String title, Axis axis, List<Curve> curves) {
        XYChart left = chart(title + ": loss by " + axis.title, axis.title, curves, axis.position);
        XYChart seconds = chart(title + ": loss by time", "seconds of training", curves, point -> point.at().seconds());
        left.getStyler().setLegendVisible(false);
        BufferedImage image = new BufferedImage(2 * WIDTH + LEGEND, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        left.paint(graphics, WIDTH, HEIGHT);
        graphics.translate(WIDTH, 0);
        seconds.paint(graphics, WIDTH + LEGEND, HEIGHT);
        graphics.dispose();
        OutputFile.write(file, out -> ImageIO.write(image, "png", out));
    }

    /// The chart's axis is linear in log₁₀ of the loss: its own logarithmic axis labels powers of ten only, of which
    /// there may be none.
    private static XYChart chart(
            String title, String axis, List<Curve> curves, ToDoubleFunction<Curve.Point> position) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(axis)
                .yAxisTitle("training loss (logarithmic)")
                .build();
        style(chart.getStyler());
        for (Curve curve : curves) {
            List<Curve.Point> shown = curve.points().stream()
                    .filter(point -> point.evaluation().trainLoss() > 0
                            && Double.isFinite(point.evaluation().trainLoss()))
                    .toList();
            if (!shown.isEmpty()) {
                XYSeries series = chart.addSeries(
                        curve.name(),
                        shown.stream().mapToDouble(position).toArray(),
                        shown.stream()
                                .mapToDouble(point -> Math.log10(point.evaluation().trainLoss()))
                                .toArray());
                series.setMarker(SeriesMarkers.NONE);
                int index = chart.getSeriesMap().size() - 1;
                series.setLineColor(COLOURS.get(index % COLOURS.size()));
                series.setLineStyle(STROKES.get(index / COLOURS.size() % STROKES.size()));
            }
        }
        return chart;
    }

    private static void style(XYStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(new Color(0xE0E0E0));
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
        styler.setXAxisDecimalPattern("0.###");
        styler.setYAxisTickMarkSpacingHint(50);
        styler.setyAxisTickLabelsFormattingFunction(CurveFiles::power);
    }

    /// 10ʸ as a short number.
    private static String power(double y) {
        int digits = Math.abs(10 * y - Math.rint(10 * y)) < 1e-6 ? 2 : 4;
        return Double.toString(new BigDecimal(Math.pow(10, y)).round(new MathContext(digits)).doubleValue())
                .replaceFirst("\\.0$", "");
    }
}
