package io.quadric.engine.prepare;

import io.quadric.engine.InputException;
import io.quadric.engine.table.CategoricalColumn;
import io.quadric.engine.table.Column;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.Field;
import io.quadric.engine.table.Names;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// From the target columns of a table to a network's targets, and from its outputs back.
public sealed interface TargetEncoding permits ClassTarget, NumberTarget {
    /// {@return the columns it reads}
    Schema schema();

    /// {@return the number of targets of a case}
    int width();

    /// {@return the targets, a case in each row}
    ///
    /// @param table has the columns
    /// @param precision of the matrix
    /// @throws InputException if a value is missing or cannot be encoded
    Matrix encode(Table table, Precision precision);

    /// {@return what fits the targets of training data}
    ///
    /// @param train the data
    /// @param kind what is predicted
    /// @param scaling of numbers
    /// @throws InputException if there is no target, a value is missing, or the kind does not fit
    static TargetEncoding fit(Table train, TargetKind kind, Scaling scaling) {
        List<Field> targets = train.schema().of(ColumnRole.TARGET);
        if (targets.isEmpty()) {
            throw new InputException("no column is a target, expected one of " + Names.list(train.schema().names()));
        }
        for (Field target : targets) {
            requireComplete(target.name(), train.column(target.name()));
        }
        boolean single = targets.size() == 1;
        Column first = train.column(targets.getFirst().name());
        return switch (kind) {
            case REGRESSION -> NumberTarget.fit(targets, train, scaling);
            case CLASSIFICATION -> ClassTarget.fit(single(targets), first);
            case INFERRED -> single && looksLikeClasses(first)
                    ? ClassTarget.fit(targets.getFirst().name(), first)
                    : NumberTarget.fit(targets, train, scaling);
        };
    }

    private static String single(List<Field> targets) {
        if (targets.size() > 1) {
            throw new InputException("the columns " + Names.list(targets.stream().map(Field::name).toList())
                    + " are targets, expected one for a classification");
        }
        return targets.getFirst().name();
    }

    /// Throws if a target has no value.
    ///
    /// @param name of the column
    /// @param column its values
    /// @throws InputException if one is missing or infinite
    static void requireComplete(String name, Column column) {
        for (int i = 0; i < column.rows(); i++) {
            if (column.isMissing(i) || (column instanceof NumericColumn numbers && Double.isInfinite(numbers.get(i)))) {
                int missing = column.missing();
                throw new InputException("row " + (i + 1) + ": the target '" + name + "' is "
                        + (missing == 0 ? column.text(i) : "missing, in " + missing + " of " + column.rows() + " rows")
                        + ", expected a value in every row");
            }
        }
    }

    private static boolean looksLikeClasses(Column column) {
        if (column instanceof NumericColumn numbers) {
            double[] values = numbers.toArray();
            Map<Double, Long> counts = Arrays.stream(values)
                    .boxed()
                    .collect(Collectors.groupingBy(x -> x, Collectors.counting()));
            return counts.size() <= 20
                    && counts.entrySet().stream()
                            .allMatch(e -> e.getKey() == Math.rint(e.getKey()) && e.getValue() > 1);
        }
        return column instanceof CategoricalColumn;
    }
}
