package io.quadric.engine.prepare;

import io.quadric.engine.InputException;
import io.quadric.engine.table.Column;
import io.quadric.engine.table.Dates;
import io.quadric.engine.table.NumericColumn;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.List;

/// A column of numbers: the scaled number and, perhaps, whether it is missing.
///
/// @param column its name
/// @param scale applied to the number
/// @param fill replaces a missing number; NaN if that is an error
/// @param indicator whether there is a second input, 1 where the number is missing and else 0
public record NumberEncoder(String column, AffineMap scale, double fill, boolean indicator)
        implements FeatureEncoder {
    static NumberEncoder fit(String name, NumericColumn column, PreparationRules rules) {
        for (int i = 0; i < column.rows(); i++) {
            if (Double.isInfinite(column.get(i))) {
                throw new InputException("row " + (i + 1) + ", column '" + name + "': " + column.get(i)
                        + ", expected a finite number");
            }
        }
        boolean refused = rules.numbers() instanceof NumberFill.Refused;
        return new NumberEncoder(
                name,
                AffineMap.fit(name, column, rules.scaling()),
                fill(column, rules.numbers()),
                rules.indicator() && !refused && column.missing() > 0);
    }

    private static double fill(NumericColumn column, NumberFill rule) {
        double[] sorted = Arrays.stream(column.toArray()).filter(x -> !Double.isNaN(x)).sorted().toArray();
        int n = sorted.length;
        return switch (rule) {
            case NumberFill.Refused refused -> Double.NaN;
            case NumberFill.Constant constant -> constant.value();
            case NumberFill.Mean mean -> n == 0 ? 0 : ColumnStatistics.of(column).mean();
            case NumberFill.Median median -> n == 0 ? 0 : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
            case NumberFill.MostFrequent frequent -> n == 0 ? 0 : mode(sorted);
        };
    }

    private static double mode(double[] sorted) {
        double best = sorted[0];
        int most = 0;
        for (int from = 0, to; from < sorted.length; from = to) {
            to = from;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            best = to - from > most ? sorted[from] : best;
            most = Math.max(most, to - from);
        }
        return best;
    }

    @Override
    public List<String> outputs() {
        return indicator ? List.of(column, column + " missing") : List.of(column);
    }

    @Override
    public void encode(Column from, Rows rows, Block out) {
        if (!(from instanceof NumericColumn numbers)) {
            throw new InputException("column '" + column + "' is categorical, expected numeric");
        }
        for (int i = rows.from(); i < rows.to(); i++) {
            double x = numbers.get(i);
            if (!encodeNumber(x, out.values(), out.place(i - rows.from()))) {
                throw new InputException("row " + (i + 1) + ", " + complaint(x));
            }
        }
    }

    @Override
    public void encode(Object value, double[] out, int at) {
        double x = switch (value) {
            case null -> Double.NaN;
            case Number number -> number.doubleValue();
            case String text when text.isEmpty() -> Double.NaN;
            case TemporalAccessor date -> Dates.days(date);
            case String text when Dates.days(text).isPresent() -> Dates.days(text).getAsDouble();
            default -> throw new InputException("column '" + column + "': '" + value + "', expected a number");
        };
        if (!encodeNumber(x, out, at)) {
            throw new InputException(complaint(x));
        }
    }

    private String complaint(double x) {
        return "column '" + column + "': " + (Double.isNaN(x) ? "missing" : x) + ", expected a finite number";
    }

    /// Whether the number can be encoded.
    boolean encodeNumber(double x, double[] out, int at) {
        boolean missing = Double.isNaN(x);
        out[at] = scale.apply(missing ? fill : x);
        if (indicator) {
            out[at + 1] = missing ? 1 : 0;
        }
        return Math.abs(out[at]) < Double.POSITIVE_INFINITY;
    }
}
