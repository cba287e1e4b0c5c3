package io.quadric.engine.metric;

/// Predicted numbers beside the numbers that cases have.
public final class NumberPredictions {
    private final double[] predicted;
    private final double[] actual;

    /// Predictions.
    ///
    /// @param predicted one for each case
    /// @param actual one for each case
    /// @throws IllegalArgumentException if there is no case or the lengths differ
    public NumberPredictions(double[] predicted, double[] actual) {
        if (predicted.length != actual.length || actual.length == 0) {
            throw new IllegalArgumentException(predicted.length + " predictions for " + actual.length
                    + " cases, expected as many, and at least one");
        }
        this.predicted = predicted.clone();
        this.actual = actual.clone();
    }

    /// {@return the number of cases}
    public int cases() {
        return actual.length;
    }

    /// {@return the predictions of some cases, which may be chosen more than once}
    ///
    /// @param chosen places of the cases
    public NumberPredictions select(int[] chosen) {
        double[] p = new double[chosen.length];
        double[] a = new double[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            p[i] = predicted[chosen[i]];
            a[i] = actual[chosen[i]];
        }
        return new NumberPredictions(p, a);
    }

    /// {@return the root of the mean squared error}
    public double rmse() {
        return Math.sqrt(squares() / actual.length);
    }

    private double squares() {
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            double error = predicted[i] - actual[i];
            sum += error * error;
        }
        return sum;
    }

    /// {@return the mean absolute error}
    public double mae() {
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += Math.abs(predicted[i] - actual[i]);
        }
        return sum / actual.length;
    }

    /// {@return R² = 1 − Σ (p − a)² / Σ (a − ā)²}; where all numbers are equal 1 if they are met exactly, else 0.
    public double r2() {
        double mean = 0;
        for (int i = 0; i < actual.length; i++) {
            mean += (actual[i] - mean) / (i + 1);
        }
        double deviations = 0;
        for (double value : actual) {
            deviations += (value - mean) * (value - mean);
        }
        double squares = squares();
        if (deviations == 0) {
            return squares == 0 ? 1 : 0;
        }
        return 1 - squares / deviations;
    }
}
