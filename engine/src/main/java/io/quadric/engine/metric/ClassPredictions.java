package io.quadric.engine.metric;

import io.quadric.linalg.Matrix;
import java.util.List;
import java.util.OptionalDouble;

/// Probabilities of classes beside the classes that cases have.
public final class ClassPredictions {
    /// Probabilities below count as this in the logarithmic loss.
    private static final double LEAST = 1e-15;

    private final List<String> classes;
    private final double[][] probabilities;
    private final int[] actual;

    private ClassPredictions(List<String> classes, double[][] probabilities, int[] actual) {
        this.classes = classes;
        this.probabilities = probabilities;
        this.actual = actual;
    }

    /// {@return predictions}
    ///
    /// @param classes their names
    /// @param probabilities a case in each row, a class in each column
    /// @param actual the class of each case, from 0
    /// @throws IllegalArgumentException if the numbers of cases or classes differ
    public static ClassPredictions of(List<String> classes, Matrix probabilities, int[] actual) {
        if (probabilities.columns() != classes.size() || probabilities.rows() != actual.length) {
            throw new IllegalArgumentException("probabilities " + probabilities + " for " + actual.length + " cases of "
                    + classes.size() + " classes");
        }
        return new ClassPredictions(List.copyOf(classes), probabilities.toArray(), actual.clone());
    }

    /// {@return the names of the classes}
    public List<String> classes() {
        return classes;
    }

    /// {@return the number of cases}
    public int cases() {
        return actual.length;
    }

    /// {@return the predictions of some cases, which may be chosen more than once}
    ///
    /// @param chosen places of the cases
    public ClassPredictions select(int[] chosen) {
        double[][] rows = new double[chosen.length][];
        int[] labels = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            rows[i] = probabilities[chosen[i]];
            labels[i] = actual[chosen[i]];
        }
        return new ClassPredictions(classes, rows, labels);
    }

    /// {@return the counts when each case is taken for its most probable class}, the first of equally probable ones.
    public Confusion confusion() {
        int[] predicted = new int[actual.length];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = largest(probabilities[i]);
        }
        return new Confusion(actual, predicted, classes.size());
    }

    private static int largest(double[] row) {
        int best = 0;
        for (int k = 1; k < row.length; k++) {
            best = row[k] > row[best] ? k : best;
        }
        return best;
    }

    /// {@return the share of cases whose most probable class is theirs}
    public double accuracy() {
        return confusion().accuracy();
    }

    /// {@return −(1/N) Σ log p of each case's class, p at least 10⁻¹⁵}
    public double logLoss() {
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum -= Math.log(Math.max(LEAST, probabilities[i][actual[i]]));
        }
        return sum / actual.length;
    }

    /// {@return the area under the ROC curve}: for two classes that of the second one; for more, the mean of each class
    /// against the rest. Empty where a class has no case, or all.
    public OptionalDouble auc() {
        if (classes.size() == 2) {
            return auc(1);
        }
        double sum = 0;
        for (int k = 0; k < classes.size(); k++) {
            OptionalDouble area = auc(k);
            if (area.isEmpty()) {
                return area;
            }
            sum += area.getAsDouble();
        }
        return OptionalDouble.of(sum / classes.size());
    }

    private OptionalDouble auc(int k) {
        double[] scores = new double[actual.length];
        boolean[] positive = new boolean[actual.length];
        for (int i = 0; i < actual.length; i++) {
            scores[i] = probabilities[i][k];
            positive[i] = actual[i] == k;
        }
        return Auc.of(scores, positive);
    }
}
