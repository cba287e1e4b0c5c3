package io.quadric.engine.table;

import io.quadric.linalg.Matrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Tables of sequences that are in memory: one row for each time step, features `x1`, `x2`, … and a column `sequence`.
/// The sequences may differ in their lengths.
public final class SequenceTable {
    /// The name of the column that says which sequence a row belongs to: 1, 2, ….
    public static final String SEQUENCE = "sequence";

    private SequenceTable() {}

    /// {@return sequences without targets}
    ///
    /// @param sequences of each, a row of features for each time step
    /// @throws IllegalArgumentException if there is no sequence, one has no time step, or their features differ in
    ///     number
    public static Table of(List<double[][]> sequences) {
        List<double[]> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int k = 0; k < sequences.size(); k++) {
            double[][] steps = sequences.get(k);
            if (steps.length == 0) {
                throw new IllegalArgumentException("sequence " + (k + 1) + " has no time step, expected at least one");
            }
            rows.addAll(List.of(steps));
            names.addAll(Collections.nCopies(steps.length, Integer.toString(k + 1)));
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no sequence given, expected at least one");
        }
        return Table.of(Matrix.of(rows.toArray(double[][]::new)))
                .with(SEQUENCE, ColumnRole.SEQUENCE, CategoricalColumn.of(names));
    }

    /// {@return sequences with a number `y` to be predicted for each}
    ///
    /// @param sequences of each, a row of features for each time step
    /// @param targets one for each sequence
    /// @throws IllegalArgumentException if there are more or fewer targets than sequences
    public static Table withTargets(List<double[][]> sequences, double... targets) {
        requireEqual(sequences.size(), targets.length, "targets");
        List<Double> repeated = new ArrayList<>();
        for (int k = 0; k < targets.length; k++) {
            repeated.addAll(Collections.nCopies(sequences.get(k).length, targets[k]));
        }
        return of(sequences).withTargets(repeated.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /// {@return sequences with a class `label` to be predicted for each}
    ///
    /// @param sequences of each, a row of features for each time step
    /// @param labels one for each sequence
    /// @throws IllegalArgumentException if there are more or fewer labels than sequences
    public static Table withLabels(List<double[][]> sequences, String... labels) {
        requireEqual(sequences.size(), labels.length, "labels");
        List<String> repeated = new ArrayList<>();
        for (int k = 0; k < labels.length; k++) {
            repeated.addAll(Collections.nCopies(sequences.get(k).length, labels[k]));
        }
        return of(sequences).withLabels(repeated.toArray(String[]::new));
    }

    private static void requireEqual(int sequences, int count, String what) {
        if (sequences != count) {
            throw new IllegalArgumentException(count + " " + what + " for " + sequences + " sequences");
        }
    }
}
