package io.quadric.engine.data;

import io.quadric.linalg.Precision;

/// Where a data set comes from. A record that implements it is registered as a [DataSourceKind].
public interface DataSource {
    /// {@return the text by which [#named] finds it}; that of its registered arguments unless it has one of its own
    default String name() {
        return DataSources.text(this);
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

    /// {@return the data that a text names}: registered ones, or a folder by its files
    ///
    /// @param name such as `digits`, `curves,cases=5000`, `problem:addition,length=30` or the path of a folder
    /// @throws io.quadric.engine.InputException if that is no path, or no such data
    static DataSource named(String name) {
        return DataSources.named(name);
    }
}
