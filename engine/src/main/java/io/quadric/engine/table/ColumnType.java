package io.quadric.engine.table;

/// What a column holds.
public enum ColumnType {
    /// Numbers.
    NUMERIC,
    /// Texts of a limited number of kinds: categories, or the names of classes.
    CATEGORICAL;

    /// {@return how it is written}
    public String label() {
        return this == NUMERIC ? "numeric" : "categorical";
    }
}
