package io.quadric.engine.prepare;

import io.quadric.engine.InputException;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.ColumnType;
import io.quadric.engine.table.Field;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.SequenceRows;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.Inputs;
import io.quadric.nn.layer.Lengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything between a table and a network, as fitted on training data.
///
/// ```java
/// Preparation preparation = Preparation.fit(train, PreparationRules.defaults(), TargetKind.INFERRED);
/// Inputs inputs = preparation.inputs(train, Precision.FLOAT32, 1);
/// ```
///
/// A case is a row of the table, or with a column that says which sequence a row belongs to, a sequence of rows; its
/// targets are then those of its last row.
///
/// @param features to the inputs
/// @param target to the targets
/// @param sequence the column that says which sequence a row belongs to, if there is one
public record Preparation(FeatureEncoding features, TargetEncoding target, Optional<String> sequence) {
    /// {@return what fits training data}
    ///
    /// @param train the data
    /// @param rules how features and targets are prepared
    /// @param kind what is predicted
    /// @throws InputException if a column cannot be prepared
    public static Preparation fit(Table train, PreparationRules rules, TargetKind kind) {
        return new Preparation(
                FeatureEncoding.fit(train, rules),
                TargetEncoding.fit(train, kind, rules.targets()),
                sequence(train.schema()));
    }

    /// {@return the column that says which sequence a row belongs to, if there is one}
    ///
    /// @param schema of a table
    /// @throws InputException if there are several
    public static Optional<String> sequence(Schema schema) {
        List<String> names = schema.only(ColumnRole.SEQUENCE).names();
        if (names.size() > 1) {
            throw new InputException("the columns " + names + " say which sequence a row belongs to, expected one");
        }
        return names.stream().findFirst();
    }

    /// {@return the columns that predictions need}
    public Schema inputSchema() {
        List<Field> fields = new ArrayList<>();
        sequence.ifPresent(name -> fields.add(new Field(name, ColumnType.CATEGORICAL, ColumnRole.SEQUENCE)));
        fields.addAll(features.schema().fields());
        return new Schema(fields);
    }

    /// {@return the columns that predictions need, and those that are predicted}
    public Schema schema() {
        return new Schema(Stream.concat(inputSchema().fields().stream(), target.schema().fields().stream()).toList());
    }

    /// {@return the sequences of a table}
    ///
    /// @param table has the column
    /// @throws InputException if rows of a sequence do not follow each other
    /// @throws IllegalStateException if cases are rows
    public SequenceRows sequences(Table table) {
        return SequenceRows.of(table, sequence.orElseThrow(() -> new IllegalStateException("cases are rows")));
    }

    /// {@return the rows that have the targets of the cases}
    ///
    /// @param table the table
    /// @throws InputException if rows of a sequence do not follow each other
    public Table targets(Table table) {
        return sequence.isEmpty() ? table : table.select(sequences(table).last());
    }

    /// {@return the inputs of the cases}
    ///
    /// @param table has the columns
    /// @param precision of the matrix
    /// @param steps time steps that there is room for; 1 if cases are rows
    /// @throws InputException if a value is missing or cannot be encoded, or a sequence is longer
    public Inputs inputs(Table table, Precision precision, int steps) {
        Matrix rows = features.encode(table, precision);
        if (sequence.isEmpty()) {
            return new Inputs(rows);
        }
        SequenceRows sequences = sequences(table);
        int width = features.width();
        Matrix padded = Matrix.zeros(precision, sequences.count(), Math.multiplyExact(steps, width));
        for (int k = 0; k < sequences.count(); k++) {
            int length = sequences.length(k);
            if (length > steps) {
                throw new InputException("sequence '" + sequences.name(k) + "' has " + length
                        + " rows, expected at most " + steps);
            }
            int start = sequences.start(k);
            padded.row(k).slice(0, length * width).copyFrom(rows.rows(start, start + length).flat());
        }
        return new Inputs(padded, Lengths.of(sequences.lengths()));
    }
}
