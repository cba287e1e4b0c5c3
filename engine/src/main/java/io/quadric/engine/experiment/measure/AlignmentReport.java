package io.quadric.engine.experiment.measure;

import io.quadric.engine.report.LineChart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// The files of a measurement of alignments: `alignment.csv`, `alignment.png` and `table.md`.
///
/// @param folder for the files
/// @param heading what `table.md` begins with
/// @param drawn the cosines with a picture each, by name, an even number of them
public record AlignmentReport(Path folder, String heading, List<String> drawn) {
    private static final int ACROSS = 2;

    /// Checks the number of pictures.
    ///
    /// @throws IllegalArgumentException if it is odd
    public AlignmentReport {
        if (drawn.size() % ACROSS != 0) {
            throw new IllegalArgumentException(drawn.size() + " pictures, expected rows of " + ACROSS);
        }
    }

    /// Writes everything; the files replace older ones.
    ///
    /// @param points all so far
    public void write(List<Point> points) {
        MeasureFiles files = new MeasureFiles(folder);
        files.text("alignment.csv", csv(points));
        files.text("table.md", table(points));
        List<LineChart> charts = drawn.stream().map(name -> chart(name, points)).toList();
        LineChart.grid(folder.resolve("alignment.png"), IntStream.range(0, charts.size() / ACROSS)
                .mapToObj(row -> charts.subList(ACROSS * row, ACROSS * (row + 1)))
                .toList());
    }

    private static List<String> columns(List<Point> points) {
        return List.copyOf(points.getFirst().cosines().getFirst().with().keySet());
    }

    private static List<String> directions(List<Point> points) {
        return points.getFirst().cosines().stream().map(Point.Cosines::direction).toList();
    }

    private static String csv(List<Point> points) {
        StringBuilder text = new StringBuilder("step,direction,").append(String.join(",", columns(points)));
        for (Point point : points) {
            for (Point.Cosines its : point.cosines()) {
                text.append('\n').append(point.step()).append(",\"").append(its.direction()).append('"');
                its.with().values().forEach(cosine -> text.append(',').append(cosine));
            }
        }
        return text.append('\n').toString();
    }

    private String table(List<Point> points) {
        List<String> columns = columns(points);
        StringBuilder text = new StringBuilder(heading).append("\n\n## Cosines\n\nMeans over ").append(points.size())
                .append(points.size() == 1 ? " point.\n\n" : " points.\n\n");
        header("direction", columns, text);
        for (String direction : directions(points)) {
            List<Double> means = columns.stream().map(name -> mean(values(direction, name, points))).toList();
            row(direction, means, "%.3f", text);
        }
        text.append("\n## Points\n\n");
        Set<String> facts = points.getFirst().facts().keySet();
        header("step", facts, text);
        for (Point point : points) {
            row(Long.toString(point.step()), point.facts().values(), "%.3g", text);
        }
        return text.append("\n![Cosines](alignment.png)\n").toString();
    }

    private static void header(String first, Iterable<String> names, StringBuilder text) {
        List<String> all = new ArrayList<>(List.of(first));
        names.forEach(all::add);
        text.append("| ").append(String.join(" | ", all)).append(" |\n").append(MeasureFiles.rule(all.size()));
    }

    private static void row(String first, Iterable<Double> values, String format, StringBuilder text) {
        text.append("| ").append(first);
        values.forEach(value -> text.append(" | ").append(number(value, format)));
        text.append(" |\n");
    }

    /// Whole numbers as they are.
    private static String number(double value, String format) {
        boolean counted = value == Math.rint(value) && Math.abs(value) >= 2;
        return counted ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, format, value);
    }

    private static double mean(double[] values) {
        return DoubleStream.of(values).average().orElse(Double.NaN);
    }

    private static double[] values(String direction, String name, List<Point> points) {
        return points.stream().mapToDouble(point -> point.of(direction).get(name)).toArray();
    }

    private static LineChart chart(String name, List<Point> points) {
        double[] steps = points.stream().mapToDouble(Point::step).toArray();
        return new LineChart("Cosine: " + name, "steps", "cosine", LineChart.Scale.LINEAR,
                directions(points).stream()
                        .map(direction -> new LineChart.Line(direction, steps, values(direction, name, points)))
                        .toList());
    }

    /// A line on the progress at a point.
    ///
    /// @param point the point
    /// @param name of the cosines that are told
    static String line(Point point, String name) {
        return "step " + point.step() + ": " + point.cosines().stream()
                .map(its -> String.format(Locale.ROOT, "%s %.3f", its.direction(), its.with().get(name)))
                .collect(Collectors.joining(", "));
    }
}
