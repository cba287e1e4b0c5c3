package io.quadric.engine.table;

import java.util.Locale;

/// What a column is for.
public enum ColumnRole {
    /// A network's input.
    FEATURE,
    /// What is predicted.
    TARGET,
    /// How much a case counts.
    WEIGHT,
    /// Which sequence a row belongs to; the rows of a sequence follow each other.
    SEQUENCE,
    /// Nothing.
    IGNORED;

    /// {@return how it is written}
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
