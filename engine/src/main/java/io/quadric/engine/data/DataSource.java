package io.quadric.engine.data;

import io.quadric.linalg.Precision;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where a data set comes from. A record that implements it is registered as a [DataSourceKind].
public interface DataSource {
    /// {@return the text by which [#named] finds it}; that of its registered arguments unless it has one of its own
    default String name() {
        return DataSources.text(this);
    }

    /// {@return the text by which [#named] finds it from any folder}: its name with absolute paths
    default String location() {
        return DataSources.location(this);
    }

    /// Reads it.
    ///
    /// @param task where the targets come from
    /// @param precision of the matrices
    /// @return the data set
    /// @throws io.quadric.engine.InputException if a file is missing or malformed, or a label is outside the task's
    ///     classes
    Dataset load(Task task, Precision precision);

    /// {@return the data that this is a part of}; itself if it is whole
    default DataSource whole() {
        return this;
    }

    /// {@return the same data, read once if reading it again would not do or takes time}
    default DataSource opened() {
        return this;
    }

    /// {@return the file or folder that it is read from}, if there is one
    default Optional<Path> path() {
        return whole() == this ? Optional.empty() : whole().path();
    }

    /// {@return the data as it is registered}; itself unless it has been [opened][#opened]
    default DataSource registered() {
        return this;
    }

    /// {@return what it is called in messages}
    default String description() {
        return name();
    }

    /// {@return the data that a text names}: registered ones, or a folder by its files
    ///
    /// @param name such as `digits`, `curves,cases=5000`, `problem:addition,length=30` or the path of a folder
    /// @throws io.quadric.engine.InputException if that is no path, or no such data
    static DataSource named(String name) {
        return DataSources.named(name, Map.of());
    }

    /// {@return the data that a text names, with further arguments}
    ///
    /// @param name as for [#named(String)]
    /// @param arguments values by name, where the text does not give them
    /// @throws io.quadric.engine.InputException if that is no path, no such data, or they do not have such an argument
    static DataSource named(String name, Map<String, String> arguments) {
        return DataSources.named(name, arguments);
    }
}
