package io.quadric.engine.table;

import io.quadric.engine.InputException;
import io.quadric.engine.file.Input;
import io.quadric.engine.table.CsvFormat.Header;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tables from files of separated values (RFC 4180 and its relatives), plain or gzip-compressed, read once from front
/// to end: what is kept is the numbers and codes of the columns, and the first 1,000 records until they are understood.
///
/// A column is numeric if nine tenths of its values in the first 1,000 records are numbers. A value that is none is
/// then an error that names its line and column, unless the rules say that the column is categorical.
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
        return input.read("a table of separated values", in -> {
            TextReader text = new TextReader(in, format.encoding());
            CsvSample sample = CsvSample.of(text, format);
            Set<String> names = Set.copyOf(schema.names());
            boolean header = format.header() == Header.DETECTED
                    ? sample.first().stream().map(String::strip).anyMatch(names::contains) || sample.hasHeader()
                    : format.header() == Header.PRESENT;
            return new CsvFile(sample, header).known(text, schema);
        });
    }

    private Table inferred(TextReader text, ColumnRules rules) throws IOException {
        ColumnInference inference = new ColumnInference(rules, names);
        List<String> kept = names.stream().filter(name -> !rules.ignored().contains(name)).toList();
        List<ColumnBuilder> builders = new ArrayList<>();
        for (String name : kept) {
            builders.add(builder(name, inference.type(name, values(places.get(name)), number)));
        }
        List<Column> columns = columns(text, kept, builders);
        return new Table(inference.schema(kept, columns), columns);
    }

    private Table known(TextReader text, Schema schema) throws IOException {
        List<String> absent = schema.names().stream().filter(name -> !places.containsKey(name)).toList();
        if (!absent.isEmpty()) {
            throw new InputException((absent.size() == 1 ? "column " : "columns ") + Names.list(absent)
                    + " not found among " + Names.list(names));
        }
        List<ColumnBuilder> builders = new ArrayList<>();
        schema.fields().forEach(field -> builders.add(builder(field.name(), Optional.of(field.type()))));
        return new Table(schema, columns(text, schema.names(), builders));
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
        int[] seen = {header ? -1 : 0};
        sample.dialect().read(text, true, row -> {
            if (seen[0]++ >= 0) {
                append(row, chosen, builders);
            }
            return true;
        });
        if (seen[0] < 1) {
            throw new InputException("there is a header and no record after it, expected at least one");
        }
        return builders.stream().map(ColumnBuilder::column).toList();
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
