package io.quadric.engine.table;

import io.quadric.engine.InputException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The columns of a table, in order.
///
/// @param fields one for each column
public record Schema(List<Field> fields) {
    /// Checks that the names differ.
    ///
    /// @throws IllegalArgumentException if two columns have the same name
    public Schema {
        fields = List.copyOf(fields);
        Set<String> seen = new HashSet<>();
        for (Field field : fields) {
            if (!seen.add(field.name())) {
                throw new IllegalArgumentException("two columns are called '" + field.name() + "'");
            }
        }
    }

    /// {@return all names in order}
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /// {@return the columns of a role, in order}
    ///
    /// @param role what they are for
    public List<Field> of(ColumnRole role) {
        return fields.stream().filter(field -> field.role() == role).toList();
    }

    /// {@return the columns of any of the roles, in order, as a schema of their own}
    ///
    /// @param roles what they are for
    public Schema only(ColumnRole... roles) {
        return new Schema(fields.stream().filter(field -> List.of(roles).contains(field.role())).toList());
    }

    /// {@return the column of that name, if there is one}
    ///
    /// @param name the name
    public Optional<Field> find(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /// {@return the place of the column of that name}
    ///
    /// @param name the name
    /// @throws InputException if there is none; the message names those there are
    public int index(String name) {
        int index = names().indexOf(name);
        if (index < 0) {
            throw new InputException(Names.unknown("column", name, names()));
        }
        return index;
    }

    /// {@return the same with another role for a column}
    ///
    /// @param name the column
    /// @param role what it is for
    /// @throws InputException if there is no such column
    public Schema withRole(String name, ColumnRole role) {
        Field changed = fields.get(index(name)).withRole(role);
        return new Schema(fields.stream().map(field -> field.name().equals(name) ? changed : field).toList());
    }
}
