package io.quadric.engine.table;

import io.quadric.engine.InputException;
import io.quadric.linalg.Matrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Columns of equally many rows, with their schema. Nothing in it changes, as long as nobody changes the arrays it was
/// made of.
public final class Table {
    private final Schema schema;
    private final List<Column> columns;
    private final Map<String, Integer> places = new HashMap<>();
    private final int rows;

    /// Puts columns together.
    ///
    /// @param schema a field for each column
    /// @param columns in the same order
    /// @throws IllegalArgumentException if there is no column, or their number, types or rows do not fit
    public Table(Schema schema, List<Column> columns) {
        if (columns.isEmpty() || columns.size() != schema.fields().size()) {
            throw new IllegalArgumentException(columns.size() + " columns for a schema of " + schema.fields().size()
                    + ", expected as many, and at least one");
        }
        this.schema = schema;
        this.columns = List.copyOf(columns);
        rows = columns.getFirst().rows();
        for (int j = 0; j < columns.size(); j++) {
            Field field = schema.fields().get(j);
            if (columns.get(j).rows() != rows || columns.get(j).type() != field.type()) {
                throw new IllegalArgumentException("column '" + field.name() + "' is "
                        + columns.get(j).type().label() + " with " + columns.get(j).rows() + " rows, expected "
                        + field.type().label() + " with " + rows);
            }
            places.put(field.name(), j);
        }
    }

    /// {@return numeric features `x1`, `x2`, … from the columns of a matrix}
    ///
    /// @param features a case in each row; used, not copied
    public static Table of(Matrix features) {
        List<String> names = IntStream.rangeClosed(1, features.columns()).mapToObj(j -> "x" + j).toList();
        return of(names, features);
    }

    /// {@return numeric features from the columns of a matrix}
    ///
    /// @param names of the columns
    /// @param features a case in each row; used, not copied
    /// @throws IllegalArgumentException if there are more or fewer names than columns, or none
    public static Table of(List<String> names, Matrix features) {
        Schema schema = new Schema(
                names.stream().map(name -> new Field(name, ColumnType.NUMERIC, ColumnRole.FEATURE)).toList());
        if (names.size() != features.columns()) {
            throw new IllegalArgumentException(names.size() + " names for " + features.columns() + " columns");
        }
        List<Column> columns = new ArrayList<>();
        for (int j = 0; j < features.columns(); j++) {
            columns.add(NumericColumn.of(features, j));
        }
        return new Table(schema, columns);
    }

    /// {@return numeric features `x1`, `x2`, … from rows of numbers}
    ///
    /// @param rows of equal length
    /// @throws IllegalArgumentException if the rows differ in length or there is none
    public static Table of(double[][] rows) {
        return of(Matrix.of(rows));
    }

    /// {@return numeric features `x1`, `x2`, … from rows of numbers}
    ///
    /// @param rows of equal length
    /// @throws IllegalArgumentException if the rows differ in length or there is none
    public static Table of(float[][] rows) {
        return of(Matrix.of(rows));
    }

    /// {@return the same table with a number to be predicted for each row, called `y`}
    ///
    /// @param targets one for each row; used, not copied
    /// @throws IllegalArgumentException if there are more or fewer than rows
    public Table withTargets(double... targets) {
        return with("y", ColumnRole.TARGET, NumericColumn.of(targets));
    }

    /// {@return the same table with several numbers to be predicted for each row, called `y1`, `y2`, …}
    ///
    /// @param targets as many for each row
    /// @throws IllegalArgumentException if there are more or fewer than rows
    public Table withTargets(double[][] targets) {
        Matrix all = Matrix.of(targets);
        Table table = this;
        for (int j = 0; j < all.columns(); j++) {
            table = table.with("y" + (j + 1), ColumnRole.TARGET, NumericColumn.of(all, j));
        }
        return table;
    }

    /// {@return the same table with a class to be predicted for each row, called `label`}
    ///
    /// @param labels one for each row
    /// @throws IllegalArgumentException if there are more or fewer than rows
    public Table withLabels(int... labels) {
        return with("label", ColumnRole.TARGET,
                CategoricalColumn.of(IntStream.of(labels).mapToObj(Integer::toString).toList()));
    }

    /// {@return the same table with a class to be predicted for each row, called `label`}
    ///
    /// @param labels one for each row
    /// @throws IllegalArgumentException if there are more or fewer than rows
    public Table withLabels(String... labels) {
        return with("label", ColumnRole.TARGET, CategoricalColumn.of(List.of(labels)));
    }

    /// {@return the same table with a further column}
    ///
    /// @param name of the column
    /// @param role what it is for
    /// @param column as many rows
    /// @throws IllegalArgumentException if the name is taken or the rows differ
    public Table with(String name, ColumnRole role, Column column) {
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(new Field(name, column.type(), role));
        List<Column> all = new ArrayList<>(columns);
        all.add(column);
        return new Table(new Schema(fields), all);
    }

    /// {@return the same table with another role for a column}
    ///
    /// @param name the column
    /// @param role what it is for
    /// @throws InputException if there is no such column
    public Table withRole(String name, ColumnRole role) {
        return new Table(schema.withRole(name, role), columns);
    }

    /// {@return what the columns are}
    public Schema schema() {
        return schema;
    }

    /// {@return the number of rows}
    public int rows() {
        return rows;
    }

    /// {@return the column of that name}
    ///
    /// @param name the name
    /// @throws InputException if there is none
    public Column column(String name) {
        Integer place = places.get(name);
        return columns.get(place == null ? schema.index(name) : place);
    }

    /// {@return the column of numbers of that name}
    ///
    /// @param name the name
    /// @throws InputException if there is none, or it is not numeric
    public NumericColumn numeric(String name) {
        if (column(name) instanceof NumericColumn numbers) {
            return numbers;
        }
        throw new InputException("column '" + name + "' is categorical, expected numeric");
    }

    /// {@return the column of categories of that name}
    ///
    /// @param name the name
    /// @throws InputException if there is none, or it is not categorical
    public CategoricalColumn categorical(String name) {
        if (column(name) instanceof CategoricalColumn categories) {
            return categories;
        }
        throw new InputException("column '" + name + "' is numeric, expected categorical");
    }

    /// {@return the columns of a schema, in its order and with its roles}
    ///
    /// @param wanted the columns
    /// @throws InputException if one is missing or of another type
    public Table only(Schema wanted) {
        for (Field field : wanted.fields()) {
            Column column = column(field.name());
            if (column.type() != field.type()) {
                throw new InputException("column '" + field.name() + "' is " + column.type().label() + ", expected "
                        + field.type().label());
            }
        }
        return new Table(wanted, wanted.fields().stream().map(field -> column(field.name())).toList());
    }

    /// {@return a view of some rows, in the given order}
    ///
    /// @param chosen rows, from 0
    /// @throws IndexOutOfBoundsException if there is no such row
    public Table select(int[] chosen) {
        int[] own = chosen.clone();
        return new Table(schema, columns.stream().map(column -> column.select(own)).toList());
    }

    /// {@return a view of the rows in which a column has a value}
    ///
    /// @param name the column
    /// @throws InputException if there is no such column
    public Table withoutMissing(String name) {
        Column column = column(name);
        return select(IntStream.range(0, rows).filter(i -> !column.isMissing(i)).toArray());
    }

    /// {@return a line for each column: role, type, missing values, range or categories}
    public String describe() {
        return TableDescription.of(this);
    }

    @Override
    public String toString() {
        return "Table[" + rows + " rows, " + Names.list(schema.names()) + "]";
    }
}
