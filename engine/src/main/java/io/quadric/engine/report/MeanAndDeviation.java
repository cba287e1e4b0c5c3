package io.quadric.engine.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleFunction;

/// A figure over several runs.
///
/// @param mean of its values, NaN if there is none
/// @param deviation their standard deviation, with n − 1; 0 for fewer than two
public record MeanAndDeviation(double mean, double deviation) {
    private static final double LONG = 100;

    /// {@return mean and deviation}; of equal values exactly these and 0
    ///
    /// @param values of the figure, one for each run
    public static MeanAndDeviation of(double... values) {
        if (values.length > 0 && Arrays.stream(values).allMatch(value -> value == values[0])) {
            return new MeanAndDeviation(values[0], 0);
        }
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
        return new MeanAndDeviation(mean, values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)));
    }

    /// {@return the mean, and unless it is 0 the deviation with two digits}
    ///
    /// @param number writes the mean
    public String text(DoubleFunction<String> number) {
        String format = deviation >= LONG ? " ± %.0f" : " ± %.2g";
        return number.apply(mean) + (deviation == 0 ? "" : String.format(Locale.ROOT, format, deviation));
    }
}
