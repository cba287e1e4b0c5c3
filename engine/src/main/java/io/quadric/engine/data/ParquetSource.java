package io.quadric.engine.data;

import io.quadric.engine.table.ColumnRules;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import io.quadric.engine.table.file.ParquetFile;
import java.nio.file.Path;
import java.util.Optional;

/// A Parquet file.
///
/// @param file the path
/// @param columns what is known about the columns
/// @param rules how the table becomes cases
public record ParquetSource(Path file, ColumnRules columns, TableRules rules) implements TabularSource {
    @Override
    public Table read() {
        return ParquetFile.read(file, columns);
    }

    @Override
    public Table read(Schema schema) {
        return ParquetFile.read(file, schema);
    }

    @Override
    public Optional<Path> path() {
        return Optional.of(file);
    }

    @Override
    public String description() {
        return file.toString();
    }
}
