package io.quadric.engine.table;

import io.quadric.linalg.Matrix;
import java.util.Objects;
import java.util.Optional;

/// A column of numbers; NaN is a missing one. Dates are days since 1970-01-01, see [Dates].
public final class NumericColumn implements Column {
    private final Matrix source;
    private final int column;
    private final boolean dates;
    private final Optional<int[]> chosen;

    private NumericColumn(Matrix source, int column, boolean dates, Optional<int[]> chosen) {
        this.source = source;
        this.column = column;
        this.dates = dates;
        this.chosen = chosen;
    }

    /// {@return a column of numbers}
    ///
    /// @param values used, not copied
    public static NumericColumn of(double... values) {
        return of(Matrix.of(values.length, 1, values), 0);
    }

    /// {@return a column of a matrix}
    ///
    /// @param source used, not copied
    /// @param column which one, from 0
    public static NumericColumn of(Matrix source, int column) {
        return new NumericColumn(source, Objects.checkIndex(column, source.columns()), false, Optional.empty());
    }

    /// {@return a column of dates}
    ///
    /// @param days since 1970-01-01; used, not copied
    public static NumericColumn ofDates(double... days) {
        return new NumericColumn(Matrix.of(days.length, 1, days), 0, true, Optional.empty());
    }

    /// {@return the number in row `i`, NaN if it is missing}
    ///
    /// @param i the row, from 0
    public double get(int i) {
        return source.get(chosen.isPresent() ? chosen.get()[i] : i, column);
    }

    /// {@return a copy of all numbers}
    public double[] toArray() {
        double[] values = new double[rows()];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i);
        }
        return values;
    }

    @Override
    public int rows() {
        return chosen.map(rows -> rows.length).orElse(source.rows());
    }

    @Override
    public ColumnType type() {
        return ColumnType.NUMERIC;
    }

    @Override
    public boolean isMissing(int i) {
        return Double.isNaN(get(i));
    }

    /// Whole numbers without a point; dates as dates.
    @Override
    public String text(int i) {
        return isMissing(i) ? "" : shown(get(i));
    }

    String shown(double value) {
        return dates ? Dates.text(value) : text(value);
    }

    /// {@return a number as text, a whole one without a point}
    ///
    /// @param value the number
    public static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    @Override
    public NumericColumn select(int[] rows) {
        return new NumericColumn(source, column, dates, Optional.of(Selection.of(chosen, rows, source.rows())));
    }
}
