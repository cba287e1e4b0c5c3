package io.quadric.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import scala.collection.Iterable;

/// What rows must be to be cases.
///
/// @param columns the places of features, label and weight; no weight is −1
/// @param names of the columns
/// @param width how many features a row has
/// @param classes 0 if labels are numbers
record RowForm(int[] columns, List<String> names, int width, int classes) implements Serializable {
    private static final int LONGEST = 200;
    private static final int FEATURES = 0;
    private static final int LABEL = 1;
    private static final int WEIGHT = 2;

    static RowForm of(CaseReader reader, Row first) {
        List<String> names = List.of(reader.features(), reader.label(), reader.weight().orElse(""));
        int[] columns = {
            first.fieldIndex(reader.features()), first.fieldIndex(reader.label()),
            reader.weight().isPresent() ? first.fieldIndex(reader.weight().get()) : -1};
        RowForm form = new RowForm(columns, names, 0, reader.classes().orElse(0));
        return new RowForm(columns, names, form.features(first).map(x -> x.length).orElse(0), form.classes());
    }

    /// What is wrong with a row, with its content, if something is.
    Optional<String> fault(Row row) {
        return complaint(row).map(complaint -> complaint + ", row " + excerpt(row));
    }

    private static String excerpt(Row row) {
        String text = row.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private Optional<String> complaint(Row row) {
        Optional<double[]> features = features(row);
        if (features.isEmpty()) {
            return Optional.of(name(FEATURES) + " is not a vector or an array of numbers");
        }
        double[] x = features.get();
        if (x.length != width || width == 0) {
            return Optional.of(name(FEATURES) + " has " + x.length + " numbers, expected "
                    + (width == 0 ? "at least one" : width + ", as in the first row"));
        }
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i])) {
                return Optional.of(name(FEATURES) + "[" + i + "] is " + x[i] + ", expected a finite number");
            }
        }
        return label(row).or(() -> weight(row));
    }

    private Optional<String> label(Row row) {
        double label = number(row, LABEL);
        if (!Double.isFinite(label)) {
            return Optional.of(name(LABEL) + " is " + text(row, LABEL) + ", expected a finite number");
        }
        boolean known = classes == 0 || label == Math.rint(label) && label >= 0 && label < classes;
        return known
                ? Optional.empty()
                : Optional.of(name(LABEL) + " is " + label + ", expected a class from 0 to " + (classes - 1));
    }

    private Optional<String> weight(Row row) {
        double weight = weightOf(row);
        return Double.isFinite(weight) && weight >= 0
                ? Optional.empty()
                : Optional.of(name(WEIGHT) + " is " + text(row, WEIGHT) + ", expected a finite number of at least 0");
    }

    private String name(int column) {
        return "column '" + names.get(column) + "'";
    }

    /// Of a row without a fault.
    LabelledCase read(Row row) {
        return new LabelledCase(features(row).orElseThrow(), number(row, LABEL), weightOf(row));
    }

    double weightOf(Row row) {
        return columns[WEIGHT] < 0 ? 1 : number(row, WEIGHT);
    }

    private String text(Row row, int column) {
        return String.valueOf(row.get(columns[column]));
    }

    /// NaN if it is none.
    private double number(Row row, int column) {
        return row.get(columns[column]) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private Optional<double[]> features(Row row) {
        return features(row, columns[FEATURES]);
    }

    static Optional<double[]> features(Row row, int column) {
        return switch (row.get(column)) {
            case Vector vector -> Optional.of(vector.toArray());
            case Iterable<?> numbers -> ofArray(numbers);
            case null, default -> Optional.empty();
        };
    }

    /// Missing numbers are NaN.
    private static Optional<double[]> ofArray(Iterable<?> numbers) {
        double[] x = new double[numbers.size()];
        var iterator = numbers.iterator();
        for (int i = 0; i < x.length; i++) {
            Object value = iterator.next();
            if (value != null && !(value instanceof Number)) {
                return Optional.empty();
            }
            x[i] = value instanceof Number number ? number.doubleValue() : Double.NaN;
        }
        return Optional.of(x);
    }
}
