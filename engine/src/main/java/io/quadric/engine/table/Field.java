package io.quadric.engine.table;

/// A column as a schema describes it.
///
/// @param name unique in its table
/// @param type what it holds
/// @param role what it is for
public record Field(String name, ColumnType type, ColumnRole role) {
    /// Checks the description.
    ///
    /// @throws IllegalArgumentException if the name is blank, or the role needs numbers and there are categories
    public Field {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column needs a name, got '" + name + "'");
        }
        if (role == ColumnRole.WEIGHT && type != ColumnType.NUMERIC) {
            throw new IllegalArgumentException("the weight column '" + name + "' is " + type.label()
                    + ", expected numeric");
        }
    }

    /// {@return the same with another role}
    ///
    /// @param other what it is for
    public Field withRole(ColumnRole other) {
        return new Field(name, type, other);
    }
}
