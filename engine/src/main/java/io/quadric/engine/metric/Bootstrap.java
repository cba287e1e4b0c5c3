package io.quadric.engine.metric;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Confidence intervals by the percentile bootstrap (Efron 1979): a figure is computed for samples of the cases, drawn
/// with replacement, and the interval leaves out equally many of the smallest and the largest results.
///
/// @param samples how many are drawn
/// @param level of confidence, between 0 and 1
/// @param seed decides the samples
public record Bootstrap(int samples, double level, long seed) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if there is no sample or the level is not between 0 and 1
    public Bootstrap {
        if (samples < 1 || !(level > 0) || !(level < 1)) {
            throw new IllegalArgumentException(samples + " samples at a level of " + level
                    + ", expected at least 1 and a level between 0 and 1");
        }
    }

    /// 1,000 samples, 95 %.
    ///
    /// @param seed decides the samples
    public Bootstrap(long seed) {
        this(1000, 0.95, seed);
    }

    /// {@return the interval of a figure}
    ///
    /// @param cases how many there are
    /// @param figure of the cases at the given places; NaN where it does not exist, which is left out
    public Interval interval(int cases, ToDoubleFunction<int[]> figure) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        double[] results = new double[samples];
        int[] chosen = new int[cases];
        int count = 0;
        for (int s = 0; s < samples; s++) {
            for (int i = 0; i < cases; i++) {
                chosen[i] = random.nextInt(cases);
            }
            double result = figure.applyAsDouble(chosen);
            results[count] = result;
            count += Double.isNaN(result) ? 0 : 1;
        }
        double[] known = Arrays.copyOf(results, count);
        Arrays.sort(known);
        return new Interval(quantile(known, (1 - level) / 2), quantile(known, (1 + level) / 2));
    }

    /// Between the two nearest of sorted values, linearly.
    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
