package io.quadric.engine.html;

import io.quadric.engine.file.OutputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A report in one HTML file, which takes nothing from the network: its script, style and numbers are in it. Charts are
/// drawn by uPlot.
///
/// @param title of the page
/// @param lead a sentence below the title
/// @param parts in their order
public record HtmlReport(String title, String lead, List<Part> parts) {
    private static final String CHART_LIBRARY = "uplot/";
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

    /// Copies the list.
    public HtmlReport {
        parts = List.copyOf(parts);
    }

    /// Writes the file, in place of an older one.
    ///
    /// @param file the path
    public void write(Path file) {
        byte[] bytes = text().getBytes(StandardCharsets.UTF_8);
        OutputFile.write(file, out -> out.write(bytes));
    }

    private String text() {
        List<Chart> charts = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        for (Part part : parts) {
            body.append("<section>").append(Html.part(part));
            if (part instanceof Part.Curves curves) {
                draw(curves, body, charts);
            }
            body.append("</section>\n");
        }
        Map<String, String> pieces = Map.of(
                "title", Html.escape(title),
                "lead", Html.escape(lead),
                "licence", resource(CHART_LIBRARY + "LICENSE").strip(),
                "library-style", resource(CHART_LIBRARY + "uPlot.min.css"),
                "style", resource("report.css"),
                "body", body.toString(),
                "data", Html.script(ChartsJson.of(charts).toString()),
                "library", resource(CHART_LIBRARY + "uPlot.iife.min.js"),
                "script", resource("report.js"));
        return PLACE.matcher(resource("report.html"))
                .replaceAll(match -> Matcher.quoteReplacement(pieces.get(match.group(1))));
    }

    private static void draw(Part.Curves part, StringBuilder body, List<Chart> charts) {
        RunCharts curves = new RunCharts(part.groups());
        body.append(Html.note(curves.note()));
        place(curves.results(), body, charts);
        List<Chart> method = curves.method();
        if (!method.isEmpty()) {
            body.append("<h3>What the method did</h3>\n");
            place(method, body, charts);
        }
        List<Chart> norms = new ArrayList<>(curves.norms(
                "norms", "Norms of the parameters", "Euclidean norm of each array of parameters, by its name."));
        norms.addAll(curves.norms(
                "gradientNorms", "Norms of the gradient",
                "Euclidean norm of the gradient of each array, on the batch of the step before the evaluation."));
        norms.addAll(curves.norms(
                "moves", "Moves of the parameters",
                "Euclidean norm of the change of each array since the evaluation before."));
        if (!norms.isEmpty()) {
            String open = part.groups().size() == 1 ? " open" : "";
            body.append("<details" + open + "><summary>Layer by layer</summary>\n");
            place(norms, body, charts);
            body.append("</details>\n");
        }
    }

    private static void place(List<Chart> placed, StringBuilder body, List<Chart> charts) {
        body.append("<div class=\"charts\">\n");
        for (Chart chart : placed) {
            body.append("<figure class=\"chart\" data-chart=\"").append(charts.size()).append("\"></figure>\n");
            charts.add(chart);
        }
        body.append("</div>\n");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing; it comes into the jar when "
                        + "Maven builds the module");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
