package io.quadric.engine.table.file;

import io.quadric.engine.InputException;
import io.quadric.engine.file.Input;
import io.quadric.engine.table.Blocks;
import io.quadric.engine.table.Column;
import io.quadric.engine.table.ColumnRules;
import io.quadric.engine.table.ColumnType;
import io.quadric.engine.table.Field;
import io.quadric.engine.table.Names;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import io.quadric.engine.table.file.CsvFormat.Header;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tables from files of separated values (RFC 4180 and its relatives), plain or gzip-compressed, read once from front
/// to end: what is kept is the numbers and codes of the columns, and the first 1,000 records until they are understood.
///
/// A column is numeric if nine tenths of its values in the first 1,000 records are numbers, or
/// [dates][io.quadric.engine.table.Dates], which become days since 1970-01-01. A value that is none is then an error
/// that names its line and column, unless the rules say that the column is categorical.
public final class CsvFile {
    private final CsvSample sample;
    private final boolean header;
    private final Map<String, Integer> places;
    private final List<String> names;
    private final DecimalNumber number;

    private CsvFile(CsvSample sample, boolean header) {
        this.sample = sample;
        this.header = header;
        places = sample.places(header);
        names = List.copyOf(places.keySet());
        number = new DecimalNumber(sample.point());
    }

    /// {@return the table in a file}, all else inferred
    ///
    /// @param file the path
    /// @param targets the columns to be predicted; that with a usual name if there is none
    /// @throws InputException if it cannot be read; the message names the line and, where one is to blame, the column
    public static Table read(Path file, String... targets) {
        return read(Input.of(file), CsvFormat.detected(), ColumnRules.target(targets));
    }

    /// Reads a table, inferring what the rules leave open.
    ///
    /// @param input the text
    /// @param format how it is written
    /// @param rules what is known about the columns
    /// @return all columns but those that the rules ignore
    /// @throws InputException if it cannot be read; the message names the line and, where one is to blame, the column
    public static Table read(Input input, CsvFormat format, ColumnRules rules) {
        return input.read("a table of separated values", in -> {
            TextReader text = new TextReader(in, format.encoding());
            CsvSample sample = CsvSample.of(text, format);
            CsvFile file = new CsvFile(sample, sample.hasHeader());
            return file.inferred(text, rules);
        });
    }

    /// Reads a table with known columns. Others are left out, and the order may be another.
    ///
    /// @param input the text
    /// @param format how it is written; there is a header if the first record has one of the names or
    ///     looks like one
    /// @param schema the columns
    /// @return a table of that schema
    /// @throws InputException if it cannot be read or lacks a column
    public static Table read(Input input, CsvFormat format, Schema schema) {
        List<Table> whole = new ArrayList<>();
        read(input, format, schema, new Blocks(Integer.MAX_VALUE, whole::add));
        return whole.getFirst();
    }

    /// Reads a table with known columns some rows at a time, so that memory does not grow with its length.
    ///
    /// @param input the text
    /// @param format as for [#read(Input, CsvFormat, Schema)]
    /// @param schema the columns
    /// @param blocks takes the rows
    /// @throws InputException if it cannot be read or lacks a column; rows before may have been taken
    public static void read(Input input, CsvFormat format, Schema schema, Blocks blocks) {
        input.read("a table of separated values", in -> {
            TextReader text = new TextReader(in, format.encoding());
            CsvSample sample = CsvSample.of(text, format);
            Set<String> names = Set.copyOf(schema.names());
            boolean header = format.header() == Header.DETECTED
                    ? sample.first().stream().map(String::strip).anyMatch(names::contains) || sample.hasHeader()
                    : format.header() == Header.PRESENT;
            new CsvFile(sample, header).known(text, schema, blocks);
            return true;
        });
    }

    private Table inferred(TextReader text, ColumnRules rules) throws IOException {
        ColumnInference inference = new ColumnInference(rules, names);
        List<String> kept = names.stream().filter(name -> !rules.ignored().contains(name)).toList();
        List<ColumnBuilder> builders = new ArrayList<>();
        for (String name : kept) {
            List<String> values = values(places.get(name));
            boolean dates = inference.given(name).isEmpty() && ColumnInference.areDates(values);
            builders.add(dates ? dates(name) : builder(name, inference.type(name, values, number)));
        }
        List<Column> columns = columns(text, kept, builders);
        return new Table(inference.schema(kept, columns), columns);
    }

    private void known(TextReader text, Schema schema, Blocks blocks) throws IOException {
        List<String> absent = schema.names().stream().filter(name -> !places.containsKey(name)).toList();
        if (!absent.isEmpty()) {
            throw new InputException((absent.size() == 1 ? "column " : "columns ") + Names.list(absent)
                    + " not found among " + Names.list(names));
        }
        int[] chosen = schema.names().stream().mapToInt(places::get).toArray();
        List<ColumnBuilder> builders = new ArrayList<>();
        records(text, (row, count) -> {
            if (builders.isEmpty()) {
                schema.fields().forEach(field -> builders.add(builder(field)));
            }
            append(row, chosen, builders);
            if (count % blocks.rows() == 0) {
                blocks.each().accept(table(schema, builders));
                builders.clear();
            }
        });
        if (!builders.isEmpty()) {
            blocks.each().accept(table(schema, builders));
        }
    }

    private static Table table(Schema schema, List<ColumnBuilder> builders) {
        return new Table(schema, builders.stream().map(ColumnBuilder::column).toList());
    }

    private ColumnBuilder builder(Field field) {
        boolean dates = field.type() == ColumnType.NUMERIC
                && ColumnInference.areDates(values(places.get(field.name())));
        return dates ? dates(field.name()) : builder(field.name(), Optional.of(field.type()));
    }

    private ColumnBuilder dates(String name) {
        return new ColumnBuilder(name, Optional.of(ColumnType.NUMERIC), true, number);
    }

    private ColumnBuilder builder(String name, Optional<ColumnType> type) {
        return new ColumnBuilder(name, type, number);
    }

    /// The values of a column in the sample.
    private List<String> values(int column) {
        return sample.data(header).stream()
                .filter(record -> column < record.size())
                .map(record -> record.get(column))
                .filter(cell -> !sample.missing().matches(cell))
                .toList();
    }

    private List<Column> columns(TextReader text, List<String> kept, List<ColumnBuilder> builders) {
        int[] chosen = kept.stream().mapToInt(places::get).toArray();
        records(text, (row, count) -> append(row, chosen, builders));
        return builders.stream().map(ColumnBuilder::column).toList();
    }

    @FunctionalInterface
    private interface Each {
        /// @param count records so far, this one included
        void take(CsvRow row, long count);
    }

    /// All records but the header.
    private void records(TextReader text, Each each) {
        long[] seen = {header ? -1 : 0};
        sample.dialect().read(text, true, row -> {
            if (seen[0]++ >= 0) {
                each.take(row, seen[0]);
            }
            return true;
        });
        if (seen[0] < 1) {
            throw new InputException("there is a header and no record after it, expected at least one");
        }
    }

    private void append(CsvRow row, int[] chosen, List<ColumnBuilder> builders) {
        if (row.cells() != names.size()) {
            throw new InputException("line " + row.line() + ": " + row.cells()
                    + (row.cells() == 1 ? " cell" : " cells") + ", expected " + names.size()
                    + (header ? " as in the header" : " as in the first line"));
        }
        for (int k = 0; k < chosen.length; k++) {
            if (sample.missing().matches(row, chosen[k])) {
                builders.get(k).addMissing();
            } else {
                builders.get(k).add(row, chosen[k]);
            }
        }
    }
}
