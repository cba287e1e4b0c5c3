package io.quadric.engine.html;

import io.quadric.engine.metric.ClassPredictions;
import io.quadric.engine.metric.Confusion;
import io.quadric.engine.report.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Parts of a page in HTML.
final class Html {
    /// More classes than these make no matrix that fits a page.
    private static final int CLASSES = 40;

    /// A cell that is a number or a dash, perhaps with a spread or a unit.
    private static final Pattern NUMBER = Pattern.compile("[-+\\d.eE]+( ± [\\d.e+-]+)?( %)?|–|NaN");

    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /// A script element ends wherever `</` stands in it, also within a string.
    static String script(String json) {
        return json.replace("<", "\\u003c");
    }

    static String part(Part part) {
        return switch (part) {
            case Part.Heading above -> "<h2 class=\"chapter\">" + escape(above.title()) + "</h2>\n";
            case Part.Facts facts -> heading(facts) + facts(facts);
            case Part.Rows rows -> heading(rows) + note(rows.note()) + table(rows.rows());
            case Part.Classes classes -> heading(classes) + classes(classes.predictions());
            case Part.Shades shades -> heading(shades) + shades(shades);
            case Part.Listing listing -> "<details><summary>" + escape(listing.title()) + "</summary><pre>"
                    + escape(listing.text()) + "</pre></details>\n";
            case Part.Curves curves -> heading(curves);
        };
    }

    private static String heading(Part part) {
        return "<h2>" + escape(part.title()) + "</h2>\n";
    }

    static String note(String note) {
        return note.isEmpty() ? "" : "<p class=\"note\">" + escape(note) + "</p>\n";
    }

    private static String facts(Part.Facts facts) {
        return facts.values().entrySet().stream()
                .map(fact -> "<dt>" + escape(fact.getKey()) + "</dt><dd>" + escape(fact.getValue()) + "</dd>\n")
                .collect(Collectors.joining("", "<dl>\n", "</dl>\n"));
    }

    private static String table(List<List<String>> rows) {
        boolean[] numbers = new boolean[rows.getFirst().size()];
        for (int j = 0; j < numbers.length; j++) {
            int column = j;
            numbers[j] = j > 0 && rows.stream().skip(1).allMatch(row -> NUMBER.matcher(row.get(column)).matches());
        }
        String body = rows.stream().skip(1).map(row -> row("td", row, numbers)).collect(Collectors.joining());
        return "<div class=\"wide\"><table><thead>" + row("th", rows.getFirst(), numbers) + "</thead><tbody>\n" + body
                + "</tbody></table></div>\n";
    }

    private static String row(String tag, List<String> cells, boolean[] numbers) {
        StringBuilder text = new StringBuilder("<tr>");
        for (int j = 0; j < cells.size(); j++) {
            text.append('<').append(tag).append(numbers[j] ? " class=\"n\">" : ">").append(escape(cells.get(j)));
            text.append("</").append(tag).append('>');
        }
        return text.append("</tr>\n").toString();
    }

    private static String classes(ClassPredictions predictions) {
        Confusion confusion = predictions.confusion();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("class", "precision", "recall", "F1", "cases"));
        for (int k = 0; k < confusion.classes(); k++) {
            rows.add(List.of(
                    predictions.classes().get(k),
                    String.format(Locale.ROOT, "%.4f", confusion.precision(k)),
                    String.format(Locale.ROOT, "%.4f", confusion.recall(k)),
                    String.format(Locale.ROOT, "%.4f", confusion.f1(k)),
                    Long.toString(confusion.support(k))));
        }
        String matrix = confusion.classes() > CLASSES ? "" : matrix(predictions.classes(), confusion);
        return note(String.format(Locale.ROOT, "%,d cases, %.2f %% right.", predictions.cases(),
                100 * confusion.accuracy())) + "<div class=\"beside\">" + matrix + table(rows) + "</div>\n";
    }

    private static String matrix(List<String> names, Confusion confusion) {
        StringBuilder text = new StringBuilder("<div class=\"wide\"><table class=\"shades confusion\"><thead><tr>"
                + "<th>actual ↓ predicted →</th>");
        names.forEach(name -> text.append("<th>").append(escape(name)).append("</th>"));
        text.append("</tr></thead><tbody>\n");
        for (int k = 0; k < names.size(); k++) {
            text.append("<tr><th>").append(escape(names.get(k))).append("</th>");
            for (int j = 0; j < names.size(); j++) {
                double share = (double) confusion.count(k, j) / Math.max(1, confusion.support(k));
                text.append(k == j ? shade("right", share) : shade("wrong", Math.sqrt(share)));
                text.append(confusion.count(k, j) == 0 ? "" : confusion.count(k, j)).append("</td>");
            }
            text.append("</tr>\n");
        }
        return text.append("</tbody></table></div>\n").toString();
    }

    private static String shade(String kind, double strength) {
        return String.format(Locale.ROOT, "<td class=\"%s\" style=\"--s:%.3f\">", kind, strength);
    }

    private static String shades(Part.Shades shades) {
        double[] range = range(shades.numbers());
        boolean positive = range[0] > 0;
        StringBuilder text = new StringBuilder("<div class=\"wide\"><table class=\"shades\"><thead><tr><th>")
                .append(escape(shades.rows().name().isEmpty() ? "" : shades.rows().name() + " ↓ "))
                .append(escape(shades.columns().name())).append(" →</th>");
        shades.columns().values().forEach(value -> text.append("<th>").append(escape(value)).append("</th>"));
        text.append("</tr></thead><tbody>\n");
        for (int i = 0; i < shades.numbers().length; i++) {
            text.append("<tr><th>").append(escape(shades.rows().values().get(i))).append("</th>");
            for (double number : shades.numbers()[i]) {
                double strength = range[1] > range[0] ? strength(number, range, positive) : 0;
                text.append(Double.isFinite(number) ? shade("right", strength) + Text.number(number) : "<td>–");
                text.append("</td>");
            }
            text.append("</tr>\n");
        }
        return text.append("</tbody></table></div>\n").toString();
    }

    /// 1 for the least number, 0 for the largest; by ratios where there are only positive numbers.
    private static double strength(double number, double[] range, boolean positive) {
        return positive
                ? Math.log(range[1] / number) / Math.log(range[1] / range[0])
                : (range[1] - number) / (range[1] - range[0]);
    }

    private static double[] range(double[][] numbers) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] row : numbers) {
            for (double number : row) {
                if (Double.isFinite(number)) {
                    least = Math.min(least, number);
                    most = Math.max(most, number);
                }
            }
        }
        return new double[]{least, most};
    }
}
