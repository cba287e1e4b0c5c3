package io.quadric.engine.table;

/// The values of a column.
public sealed interface Column permits NumericColumn, CategoricalColumn {
    /// {@return the number of rows}
    int rows();

    /// {@return what it holds}
    ColumnType type();

    /// {@return whether row `i` has no value}
    ///
    /// @param i the row, from 0
    boolean isMissing(int i);

    /// {@return row `i` as text; empty if it is missing}
    ///
    /// @param i the row, from 0
    String text(int i);

    /// {@return a view of some rows, in the given order}
    ///
    /// @param chosen rows of this column, from 0; used, not copied
    Column select(int[] chosen);

    /// {@return how many rows have no value}
    default int missing() {
        int count = 0;
        for (int i = 0; i < rows(); i++) {
            count += isMissing(i) ? 1 : 0;
        }
        return count;
    }
}
