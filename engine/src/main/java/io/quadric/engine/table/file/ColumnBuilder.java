package io.quadric.engine.table.file;

import io.quadric.engine.InputException;
import io.quadric.engine.table.CategoricalColumn;
import io.quadric.engine.table.Column;
import io.quadric.engine.table.ColumnType;
import io.quadric.engine.table.Dates;
import io.quadric.engine.table.Names;
import io.quadric.engine.table.NumericColumn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Collects the cells of a column. Its type is known, or that of the first cell with a value.
final class ColumnBuilder {
    private final String name;
    private final boolean dates;
    private final DecimalNumber number;
    private Optional<ColumnType> type;
    private double[] numbers = {};
    private int[] codes = {};
    private final Map<String, Integer> categories = new HashMap<>();
    private String[] texts = new String[8];
    private int rows;

    ColumnBuilder(String name, Optional<ColumnType> type, DecimalNumber number) {
        this(name, type, false, number);
    }

    /// @param dates whether its numbers are written as dates
    ColumnBuilder(String name, Optional<ColumnType> type, boolean dates, DecimalNumber number) {
        this.name = name;
        this.type = type;
        this.dates = dates;
        this.number = number;
    }

    /// Appends a missing value.
    void addMissing() {
        if (type.isPresent()) {
            append(Double.NaN, CategoricalColumn.MISSING);
        } else {
            rows++;
        }
    }

    /// Appends a value.
    void add(CsvRow row, int cell) {
        if (dates) {
            append(day(row, cell), CategoricalColumn.MISSING);
            return;
        }
        boolean isNumber = type.orElse(ColumnType.NUMERIC) == ColumnType.NUMERIC
                && number.read(row.chars(), row.start(cell), row.length(cell));
        if (type.isEmpty()) {
            decide(isNumber ? ColumnType.NUMERIC : ColumnType.CATEGORICAL);
        }
        if (type.get() == ColumnType.CATEGORICAL) {
            append(Double.NaN, code(row.text(cell)));
        } else if (isNumber) {
            append(number.value(), CategoricalColumn.MISSING);
        } else {
            throw wrong(row, cell, "number");
        }
    }

    private double day(CsvRow row, int cell) {
        OptionalDouble day = Dates.days(row.text(cell));
        return day.orElseThrow(() -> wrong(row, cell, "date"));
    }

    private InputException wrong(CsvRow row, int cell, String expected) {
        return new InputException("line " + row.line() + ", column '" + Names.shown(name) + "': '"
                + Names.shown(row.text(cell)) + "' is no " + expected + ", expected one, or the column to be given as "
                + "categorical, or the text as one for missing values");
    }

    /// Appends a number, as text if the column has categories.
    void add(double value) {
        if (type.orElse(ColumnType.NUMERIC) == ColumnType.CATEGORICAL) {
            append(Double.NaN, code(NumericColumn.text(value)));
        } else {
            if (type.isEmpty()) {
                decide(ColumnType.NUMERIC);
            }
            append(value, CategoricalColumn.MISSING);
        }
    }

    /// Appends a text, which is the number in a numeric column.
    void add(String text) {
        if (type.orElse(ColumnType.CATEGORICAL) == ColumnType.CATEGORICAL) {
            if (type.isEmpty()) {
                decide(ColumnType.CATEGORICAL);
            }
            append(Double.NaN, code(text));
        } else if (number.read(text)) {
            append(number.value(), CategoricalColumn.MISSING);
        } else {
            throw new InputException("row " + (rows + 1) + ", column '" + Names.shown(name) + "': '" + Names.shown(text)
                    + "' is no number, expected one");
        }
    }

    private int code(String text) {
        Integer known = categories.get(text);
        if (known != null) {
            return known;
        }
        int code = categories.size();
        categories.put(text, code);
        texts = code == texts.length ? Arrays.copyOf(texts, 2 * code) : texts;
        texts[code] = text;
        return code;
    }

    /// All before were missing.
    private void decide(ColumnType decided) {
        type = Optional.of(decided);
        numbers = new double[decided == ColumnType.NUMERIC ? rows : 0];
        codes = new int[decided == ColumnType.NUMERIC ? 0 : rows];
        Arrays.fill(numbers, Double.NaN);
        Arrays.fill(codes, CategoricalColumn.MISSING);
    }

    private void append(double value, int code) {
        if (type.get() == ColumnType.NUMERIC) {
            numbers = rows < numbers.length ? numbers : Arrays.copyOf(numbers, grown());
            numbers[rows++] = value;
        } else {
            codes = rows < codes.length ? codes : Arrays.copyOf(codes, grown());
            codes[rows++] = code;
        }
    }

    private int grown() {
        return Math.max(1 << 10, Math.addExact(rows, rows / 2));
    }

    /// The column; numeric where there was no value.
    Column column() {
        if (type.isEmpty()) {
            decide(ColumnType.NUMERIC);
        }
        if (dates) {
            return NumericColumn.ofDates(Arrays.copyOf(numbers, rows));
        }
        return type.get() == ColumnType.NUMERIC
                ? NumericColumn.of(Arrays.copyOf(numbers, rows))
                : CategoricalColumn.of(List.of(Arrays.copyOf(texts, categories.size())), Arrays.copyOf(codes, rows));
    }
}
