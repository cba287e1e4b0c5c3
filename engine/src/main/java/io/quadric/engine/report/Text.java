package io.quadric.engine.report;

import io.quadric.engine.train.Evaluation;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Numbers and tables as text.
public final class Text {
    private Text() {}

    /// {@return five significant digits}
    ///
    /// @param value a number
    public static String number(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return value == 0 ? "0" : Double.toString(value);
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size < 1e-3 || size >= 1e6 ? "%.4e" : "%.5g", value);
    }

    /// {@return a share in per cent, or a dash}
    ///
    /// @param share 0 … 1
    public static String percent(OptionalDouble share) {
        return share.isPresent() ? String.format(Locale.ROOT, "%.2f %%", 100 * share.getAsDouble()) : "–";
    }

    /// {@return five significant digits, or a dash}
    ///
    /// @param value a number
    public static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "–";
    }

    /// {@return seconds with two decimals}
    ///
    /// @param seconds a time
    public static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f", seconds);
    }

    /// {@return "train loss …, test loss …, test error …" as far as they apply}
    ///
    /// @param evaluation the figures
    public static String evaluation(Evaluation evaluation) {
        StringBuilder text = new StringBuilder("train loss ").append(number(evaluation.trainLoss()));
        if (evaluation.parametersTrainLoss().isPresent()) {
            text.append(" of the average, ").append(number(evaluation.parametersTrainLoss()))
                    .append(" of the parameters");
        }
        if (evaluation.testLoss().isPresent()) {
            text.append("  test loss ").append(number(evaluation.testLoss()));
        }
        if (evaluation.testError().isPresent()) {
            text.append("  test error ").append(percent(evaluation.testError()));
        }
        return text.toString();
    }

    /// {@return the text padded with spaces}
    ///
    /// @param text a word
    /// @param width how long it becomes
    public static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /// {@return the rows as aligned columns, the first to the left and the others to the right}
    ///
    /// @param rows of equally many cells
    public static String table(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(j -> rows.stream().mapToInt(row -> row.get(j).length()).max().orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(j -> {
                    String space = " ".repeat(widths[j] - row.get(j).length());
                    return j == 0 ? row.get(j) + space : space + row.get(j);
                })
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
