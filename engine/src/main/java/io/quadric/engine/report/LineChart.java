package io.quadric.engine.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Lines in a plane.
///
/// @param title above
/// @param across what the horizontal axis shows
/// @param up what the vertical axis shows
/// @param scale of the vertical axis
/// @param lines to draw; points that the scale cannot show are left out
public record LineChart(String title, String across, String up, Scale scale, List<Line> lines) {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 540;
    private static final int LEGEND = 190;
    /// Of 255.
    private static final int BAND_ALPHA = 50;
    /// Told apart also by those who see fewer colours (Okabe & Ito 2008), yellow left out.
    private static final List<Color> COLOURS = Stream.of(0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0)
            .map(Color::new)
            .toList();
    /// Solid, dashed, dotted: for more lines than colours.
    private static final List<BasicStroke> STROKES = List.of(stroke(), stroke(9, 5), stroke(2, 4));

    /// Scales of an axis.
    public enum Scale {
        /// Equal steps for equal differences.
        LINEAR,
        /// Equal steps for equal ratios.
        LOGARITHMIC
    }

    /// A line.
    ///
    /// @param name in the legend
    /// @param x of its points
    /// @param y of its points
    /// @param deviation how far the band around it reaches up and down; where all are 0, none is drawn
    public record Line(String name, double[] x, double[] y, double[] deviation) {
        /// Without a band.
        ///
        /// @param name in the legend
        /// @param x of its points
        /// @param y of its points
        public Line(String name, double[] x, double[] y) {
            this(name, x, y, new double[y.length]);
        }
    }

    private static BasicStroke stroke(float... dashes) {
        return new BasicStroke(
                2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes.length == 0 ? null : dashes, 0);
    }

    /// {@return whether there is no point that the scale can show}
    public boolean isEmpty() {
        return lines.stream().flatMapToDouble(line -> Arrays.stream(line.y())).noneMatch(this::isShown);
    }

    /// Writes a PNG picture of charts of the same lines side by side, with the legend to the right.
    ///
    /// @param file the path
    /// @param charts from left to right
    public static void png(Path file, List<LineChart> charts) {
        grid(file, List.of(charts));
    }

    /// Writes a PNG picture of rows of charts, each with its legend to the right.
    ///
    /// @param file the path
    /// @param rows from top to bottom, of charts from left to right; no row has more than the first
    public static void grid(Path file, List<List<LineChart>> rows) {
        int width = WIDTH * rows.getFirst().size() + LEGEND;
        BufferedImage image = new BufferedImage(width, HEIGHT * rows.size(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        for (List<LineChart> charts : rows) {
            for (LineChart chart : charts) {
                boolean last = chart == charts.getLast();
                XYChart drawn = chart.drawn();
                drawn.getStyler().setLegendVisible(last);
                drawn.paint(graphics, last ? WIDTH + LEGEND : WIDTH, HEIGHT);
                graphics.translate(WIDTH, 0);
            }
            graphics.translate(-WIDTH * charts.size(), HEIGHT);
        }
        graphics.dispose();
        PngFile.write(file, image);
    }

    /// A logarithmic chart's axis is linear in log₁₀: its own logarithmic axis labels powers of ten only, of which
    /// there may be none.
    private XYChart drawn() {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(across)
                .yAxisTitle(scale == Scale.LOGARITHMIC ? up + " (logarithmic)" : up)
                .build();
        style(chart.getStyler());
        double least = lines.stream().flatMapToDouble(line -> Arrays.stream(line.y())).filter(this::isShown).min()
                .orElse(0);
        int index = 0;
        for (Line line : lines) {
            int[] shown = IntStream.range(0, line.y().length).filter(i -> isShown(line.y()[i])).toArray();
            if (shown.length > 0) {
                Color colour = COLOURS.get(index % COLOURS.size());
                band(chart, line, shown, least, colour);
                double[] x = IntStream.of(shown).mapToDouble(i -> line.x()[i]).toArray();
                double[] y = IntStream.of(shown).mapToDouble(i -> height(line.y()[i])).toArray();
                XYSeries series = chart.addSeries(line.name(), x, y);
                series.setMarker(SeriesMarkers.NONE);
                series.setLineColor(colour);
                series.setLineStyle(STROKES.get(index / COLOURS.size() % STROKES.size()));
                index++;
            }
        }
        return chart;
    }

    /// A polygon along y + deviation and back along y − deviation; what the scale cannot show of it ends at the least
    /// y of all lines.
    private void band(XYChart chart, Line line, int[] shown, double least, Color colour) {
        if (IntStream.of(shown).allMatch(i -> line.deviation()[i] == 0)) {
            return;
        }
        int n = shown.length;
        double[] x = new double[2 * n];
        double[] y = new double[2 * n];
        for (int j = 0; j < n; j++) {
            int i = shown[j];
            double low = line.y()[i] - line.deviation()[i];
            x[j] = line.x()[i];
            y[j] = height(line.y()[i] + line.deviation()[i]);
            x[2 * n - 1 - j] = line.x()[i];
            y[2 * n - 1 - j] = height(isShown(low) ? low : least);
        }
        XYSeries series = chart.addSeries(line.name() + " ±", x, y);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
        series.setMarker(SeriesMarkers.NONE);
        series.setShowInLegend(false);
        series.setLineColor(new Color(0, true));
        series.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), BAND_ALPHA));
    }

    private boolean isShown(double y) {
        return Double.isFinite(y) && (scale == Scale.LINEAR || y > 0);
    }

    private double height(double y) {
        return scale == Scale.LOGARITHMIC ? Math.log10(y) : y;
    }

    private void style(XYStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(new Color(0xE0E0E0));
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
        styler.setXAxisDecimalPattern("0.###");
        styler.setYAxisTickMarkSpacingHint(50);
        if (scale == Scale.LOGARITHMIC) {
            styler.setyAxisTickLabelsFormattingFunction(LineChart::power);
        }
    }

    /// 10ʸ as a short number.
    private static String power(double y) {
        int digits = Math.abs(10 * y - Math.rint(10 * y)) < 1e-6 ? 2 : 4;
        return Double.toString(new BigDecimal(Math.pow(10, y)).round(new MathContext(digits)).doubleValue())
                .replaceFirst("\\.0$", "");
    }
}
