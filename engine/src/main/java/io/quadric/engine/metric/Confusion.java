package io.quadric.engine.metric;

/// How many cases of each class were taken for which class.
public final class Confusion {
    private final long[][] counts;

    /// Counts cases.
    ///
    /// @param actual the class of each case, from 0
    /// @param predicted the class it was taken for
    /// @param classes how many there are
    /// @throws IllegalArgumentException if the lengths differ
    /// @throws IndexOutOfBoundsException if a class is out of range
    public Confusion(int[] actual, int[] predicted, int classes) {
        if (actual.length != predicted.length) {
            throw new IllegalArgumentException(predicted.length + " predictions for " + actual.length + " cases");
        }
        counts = new long[classes][classes];
        for (int i = 0; i < actual.length; i++) {
            counts[actual[i]][predicted[i]]++;
        }
    }

    /// {@return the number of classes}
    public int classes() {
        return counts.length;
    }

    /// {@return cases of a class that were taken for a class}
    ///
    /// @param actual the class they are of
    /// @param predicted the class they were taken for
    public long count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /// {@return all cases of a class}
    ///
    /// @param actual the class
    public long support(int actual) {
        long sum = 0;
        for (long count : counts[actual]) {
            sum += count;
        }
        return sum;
    }

    private long predictions(int predicted) {
        long sum = 0;
        for (long[] row : counts) {
            sum += row[predicted];
        }
        return sum;
    }

    /// {@return the share of cases taken for a class that are of it}; 0 if none was taken for it.
    ///
    /// @param k the class
    public double precision(int k) {
        return ratio(counts[k][k], predictions(k));
    }

    /// {@return the share of a class's cases that were taken for it}; 0 if there is none.
    ///
    /// @param k the class
    public double recall(int k) {
        return ratio(counts[k][k], support(k));
    }

    /// {@return F₁ = 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall}; 0 without a case.
    ///
    /// @param k the class
    public double f1(int k) {
        return ratio(2 * counts[k][k], predictions(k) + support(k));
    }

    /// {@return the mean of F₁ over the classes}
    public double macroF1() {
        double sum = 0;
        for (int k = 0; k < counts.length; k++) {
            sum += f1(k);
        }
        return sum / counts.length;
    }

    /// {@return the share of all cases that were taken for their class}
    public double accuracy() {
        long right = 0;
        long all = 0;
        for (int k = 0; k < counts.length; k++) {
            right += counts[k][k];
            all += support(k);
        }
        return ratio(right, all);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
