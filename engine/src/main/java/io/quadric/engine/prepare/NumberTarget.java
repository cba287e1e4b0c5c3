package io.quadric.engine.prepare;

import io.quadric.engine.InputException;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.ColumnType;
import io.quadric.engine.table.Field;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import java.util.ArrayList;
import java.util.List;

/// Numbers, scaled; predictions are in the units of the columns.
///
/// @param columns their names
/// @param scales what is applied to each of them
public record NumberTarget(List<String> columns, List<AffineMap> scales) implements TargetEncoding {
    /// Checks the numbers of columns.
    ///
    /// @throws IllegalArgumentException if they differ or there is none
    public NumberTarget {
        columns = List.copyOf(columns);
        scales = List.copyOf(scales);
        if (columns.isEmpty() || columns.size() != scales.size()) {
            throw new IllegalArgumentException(scales.size() + " scales for " + columns.size()
                    + " targets, expected as many, and at least one");
        }
    }

    static NumberTarget fit(List<Field> targets, Table train, Scaling scaling) {
        List<AffineMap> scales = new ArrayList<>();
        for (Field target : targets) {
            if (target.type() != ColumnType.NUMERIC) {
                throw new InputException("the target '" + target.name() + "' is a text, expected numbers");
            }
            scales.add(AffineMap.fit(target.name(), train.numeric(target.name()), scaling));
        }
        return new NumberTarget(targets.stream().map(Field::name).toList(), scales);
    }

    @Override
    public Schema schema() {
        return new Schema(columns.stream()
                .map(name -> new Field(name, ColumnType.NUMERIC, ColumnRole.TARGET))
                .toList());
    }

    @Override
    public int width() {
        return columns.size();
    }

    @Override
    public Matrix encode(Table table, Precision precision) {
        Matrix targets = Matrix.zeros(precision, table.rows(), columns.size());
        for (int j = 0; j < columns.size(); j++) {
            NumericColumn values = table.numeric(columns.get(j));
            TargetEncoding.requireComplete(columns.get(j), values);
            for (int i = 0; i < values.rows(); i++) {
                targets.set(i, j, scales.get(j).apply(values.get(i)));
            }
        }
        return targets;
    }

    /// {@return a predicted number in the units of its column}
    ///
    /// @param target which one, from 0
    /// @param output of the network
    public double decode(int target, double output) {
        return scales.get(target).invert(output);
    }
}
