package io.quadric.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A run of [ResultSuite]: the training loss by seconds.
///
/// @param problem its name
/// @param method its name, with its rate if that is tuned
/// @param seed of first parameters and batches
/// @param steps taken
/// @param seconds of training at each evaluation
/// @param losses there
record ResultCurve(
        String problem, String method, long seed, long steps, List<Double> seconds, List<Double> losses) {
    /// The loss at the end; infinite if it is no number.
    double last() {
        double last = losses.isEmpty() ? Double.NaN : losses.getLast();
        return Double.isNaN(last) ? Double.POSITIVE_INFINITY : last;
    }

    /// The first seconds at which the loss is at most the target; infinite if it never is.
    double secondsTo(double target) {
        for (int i = 0; i < losses.size(); i++) {
            if (losses.get(i) <= target) {
                return seconds.get(i);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /// The share of problems, each with each seed, that a method solves within τ times the least time of any method
    /// (Dolan & Moré 2002); one that no method solves counts for nobody.
    ///
    /// @param own seconds to the target by problem and seed
    /// @param best the least seconds of any method
    static double profile(double[] own, double[] best, double tau) {
        int within = 0;
        for (int i = 0; i < own.length; i++) {
            within += Double.isFinite(best[i]) && own[i] <= tau * best[i] ? 1 : 0;
        }
        return (double) within / own.length;
    }

    /// A line of the suite's file.
    String line() {
        StringBuilder line = new StringBuilder(problem + "\t" + method + "\t" + seed + "\t" + steps);
        for (int i = 0; i < losses.size(); i++) {
            line.append(String.format(Locale.ROOT, "\t%.4f\t%.6g", seconds.get(i), losses.get(i)));
        }
        return line.toString();
    }

    /// The run of such a line.
    static ResultCurve parse(String line) {
        String[] fields = line.split("\t");
        List<Double> numbers = Arrays.stream(fields).skip(4).map(Double::valueOf).toList();
        List<Double> seconds = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            seconds.add(numbers.get(i));
            losses.add(numbers.get(i + 1));
        }
        return new ResultCurve(
                fields[0], fields[1], Long.parseLong(fields[2]), Long.parseLong(fields[3]), seconds, losses);
    }
}
