package io.quadric.engine.data;

import io.quadric.engine.prepare.Scaling;
import io.quadric.engine.table.Blocks;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Precision;
import io.quadric.nn.layer.Shape;
import java.util.Optional;

/// Data that are a table, for training and for prediction.
public interface TabularSource extends DataSource {
    /// {@return how it becomes cases}
    TableRules rules();

    /// Reads it to train on.
    ///
    /// @return the table, with its targets
    /// @throws io.quadric.engine.InputException if a file is missing or malformed
    Table read();

    /// Reads known columns, for prediction or evaluation.
    ///
    /// @param schema the columns
    /// @return a table of that schema
    /// @throws io.quadric.engine.InputException if a file is missing or malformed or lacks a column
    Table read(Schema schema);

    /// Reads known columns some rows at a time; all at once where the format does not allow less.
    ///
    /// @param schema the columns
    /// @param blocks takes the rows
    /// @throws io.quadric.engine.InputException if a file is missing or malformed or lacks a column; rows before may
    ///     have been taken
    default void read(Schema schema, Blocks blocks) {
        blocks.each().accept(read(schema));
    }

    /// {@return cases to validate with that come with the data}, if there are some
    ///
    /// @param schema the columns
    default Optional<Table> validation(Schema schema) {
        return Optional.empty();
    }

    /// {@return how features are scaled unless the rules say}
    default Scaling scaling() {
        return Scaling.STANDARDISE;
    }

    /// {@return what a case is}
    ///
    /// @param inputs how many numbers it has
    default Shape shape(int inputs) {
        return new Shape.Features(inputs);
    }

    @Override
    default OpenTable opened() {
        return new OpenTable(this);
    }

    @Override
    default Dataset load(Task task, Precision precision) {
        return opened().load(task, precision);
    }
}
