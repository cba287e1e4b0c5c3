package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.Names;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Precision;
import io.quadric.nn.layer.Shape;
import java.nio.file.Path;
import java.util.Optional;

/// A table that has been read, once, split and prepared.
public final class OpenTable implements DataSource {
    private final TabularSource source;
    private final Table table;
    private final PreparedTable prepared;

    /// Reads a table.
    ///
    /// @param source where it comes from
    /// @throws InputException if it cannot be read or prepared, or has no target
    public OpenTable(TabularSource source) {
        this.source = source;
        table = source.read();
        if (table.schema().of(ColumnRole.TARGET).isEmpty()) {
            throw new InputException(source.description() + ": no column is the target, expected target= with one of "
                    + Names.list(table.schema().names()));
        }
        try {
            Optional<Table> validation = source.validation(table.schema());
            prepared = validation.isPresent()
                    ? PreparedTable.of(name(), table, validation.get(), source.rules(), source.scaling())
                    : PreparedTable.of(name(), table, source.rules(), source.scaling());
        } catch (InputException e) {
            throw e.at(source.description());
        }
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public String location() {
        return source.location();
    }

    @Override
    public Optional<Path> path() {
        return source.path();
    }

    @Override
    public DataSource registered() {
        return source;
    }

    /// {@return all rows to train on and to validate with, unless these come apart}
    public Table table() {
        return table;
    }

    /// {@return the rows, split and prepared}
    public PreparedTable prepared() {
        return prepared;
    }

    /// {@return what a case is}
    public Shape shape() {
        return prepared.shape(source.shape(prepared.preparation().features().width()));
    }

    @Override
    public Dataset load(Task task, Precision precision) {
        return load(task, precision, prepared.preparation());
    }

    /// {@return the cases by another preparation}
    ///
    /// @param task where the targets come from
    /// @param precision of the matrices
    /// @param preparation of the same columns, fitted on other data
    /// @throws InputException if a column is missing or a value cannot be encoded
    public Dataset load(Task task, Precision precision, Preparation preparation) {
        Shape row = source.shape(preparation.features().width());
        return prepared.withPreparation(preparation).dataset(task, row, precision);
    }
}
