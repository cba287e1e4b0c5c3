package io.quadric.engine.data;

import io.quadric.engine.table.Blocks;
import io.quadric.engine.table.ColumnRules;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import io.quadric.engine.table.file.CsvFile;
import io.quadric.engine.table.file.CsvFormat;
import java.nio.file.Path;
import java.util.Optional;

/// A file of separated values, or the standard input, `-`.
///
/// @param file the path
/// @param format how it is written
/// @param columns what is known about the columns
/// @param rules how the table becomes cases
public record CsvSource(Path file, CsvFormat format, ColumnRules columns, TableRules rules) implements TabularSource {
    @Override
    public Table read() {
        return CsvFile.read(FileKinds.input(file), format, columns);
    }

    @Override
    public Table read(Schema schema) {
        return CsvFile.read(FileKinds.input(file), format, schema);
    }

    @Override
    public void read(Schema schema, Blocks blocks) {
        CsvFile.read(FileKinds.input(file), format, schema, blocks);
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
