package io.quadric.engine.data;

import io.quadric.engine.ArgumentText;
import io.quadric.nn.registry.Named;
import io.quadric.nn.registry.RecordType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// A class of data sources by name. Its record components are its arguments, see [ArgumentText]; one that has no
/// default is a path, another data source or a [io.quadric.engine.data.problem.LongRangeProblem].
///
/// @param name the name
/// @param usage what may be given and what it is, for help
/// @param type the class
/// @param path whether a file or folder has such data; then its path names them too
public record DataSourceKind(String name, String usage, RecordType<DataSource> type, Predicate<Path> path)
        implements Named {
    /// Data that are not recognised by a path.
    ///
    /// @param name the name
    /// @param usage what may be given and what it is, for help
    /// @param type a record class
    /// @throws IllegalArgumentException if it is no record class
    public DataSourceKind(String name, String usage, Class<? extends DataSource> type) {
        this(name, usage, type, path -> false);
    }

    /// Data in a file or folder.
    ///
    /// @param name the name
    /// @param usage what may be given and what it is, for help
    /// @param type a record class
    /// @param path whether a file or folder has such data
    /// @throws IllegalArgumentException if it is no record class
    public DataSourceKind(String name, String usage, Class<? extends DataSource> type, Predicate<Path> path) {
        this(name, usage, new RecordType<>(type), path);
    }

    ArgumentText<DataSource> text() {
        return new ArgumentText<>(name, type);
    }

    /// {@return data of this kind}
    ///
    /// @param operand the path or the data that it needs
    /// @param arguments values of other arguments by name
    /// @throws io.quadric.engine.InputException if an argument is unknown or its value is none
    public DataSource of(Object operand, Map<String, String> arguments) {
        return text().of(operand, arguments);
    }

    /// {@return the names of the arguments that may be left out}
    public List<String> arguments() {
        return text().optional();
    }

    /// {@return whether the name alone names data}
    public boolean isComplete() {
        return text().isMeant(name);
    }
}
