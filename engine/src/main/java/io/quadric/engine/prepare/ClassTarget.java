package io.quadric.engine.prepare;

import io.quadric.engine.InputException;
import io.quadric.engine.table.CategoricalColumn;
import io.quadric.engine.table.Column;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.ColumnType;
import io.quadric.engine.table.Field;
import io.quadric.engine.table.Names;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Classes: of the targets of a case, that of its class is 1 and the others are 0.
///
/// @param column the name of the column
/// @param type whether the classes are numbers or texts
/// @param classes their texts, whole numbers sorted by size and others alphabetically
public record ClassTarget(String column, ColumnType type, List<String> classes) implements TargetEncoding {
    /// Short texts of digits by size, others alphabetically.
    private static final Comparator<String> ORDER = Comparator
            .<String>comparingLong(text -> text.matches("-?\\d{1,15}") ? Long.parseLong(text) : Long.MAX_VALUE)
            .thenComparing(Comparator.naturalOrder());

    /// Checks the number of classes.
    ///
    /// @throws InputException if there is only one
    public ClassTarget {
        classes = List.copyOf(classes);
        if (classes.size() < 2) {
            throw new InputException("the target '" + column + "' has one class, " + Names.list(classes)
                    + ", expected at least two");
        }
    }

    static ClassTarget fit(String name, Column column) {
        List<String> classes = switch (column) {
            case NumericColumn numbers -> IntStream.range(0, numbers.rows())
                    .mapToObj(numbers::get)
                    .sorted()
                    .distinct()
                    .map(x -> NumericColumn.of(x).text(0))
                    .distinct()
                    .toList();
            case CategoricalColumn texts -> {
                int[] counts = texts.counts();
                List<String> all = texts.categories();
                yield IntStream.range(0, counts.length)
                        .filter(k -> counts[k] > 0)
                        .mapToObj(all::get)
                        .sorted(ORDER)
                        .toList();
            }
        };
        return new ClassTarget(name, column.type(), classes);
    }

    @Override
    public Schema schema() {
        return new Schema(List.of(new Field(column, type, ColumnRole.TARGET)));
    }

    @Override
    public int width() {
        return classes.size();
    }

    /// {@return the class of each row, from 0}
    ///
    /// @param table has the column
    /// @throws InputException if a value is missing or is none of the classes
    public int[] labels(Table table) {
        Column values = table.column(column);
        TargetEncoding.requireComplete(column, values);
        Map<String, Integer> places = new HashMap<>();
        classes.forEach(name -> places.put(name, places.size()));
        int[] labels = new int[values.rows()];
        for (int i = 0; i < labels.length; i++) {
            Integer place = places.get(values.text(i));
            if (place == null) {
                throw new InputException("row " + (i + 1) + ": the class '" + Names.shown(values.text(i)) + "' of '"
                        + column + "', expected one of " + Names.list(classes));
            }
            labels[i] = place;
        }
        return labels;
    }

    @Override
    public Matrix encode(Table table, Precision precision) {
        int[] labels = labels(table);
        Matrix targets = Matrix.zeros(precision, labels.length, classes.size());
        for (int i = 0; i < labels.length; i++) {
            targets.set(i, labels[i], 1);
        }
        return targets;
    }
}
