package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.linalg.Precision;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Where a data set comes from.
public sealed interface DataSource permits Digits, IdxFolder, CifarFolder, Faces, Curves, ProblemSource, Excerpt {
    /// {@return the name by which [#named] finds it}
    String name();

    /// Reads it.
    ///
    /// @param task where the targets come from
    /// @param precision of the matrices
    /// @return the data set
    /// @throws InputException if a file is missing or malformed, or has labels outside the task's classes
    Dataset load(Task task, Precision precision);

    /// {@return the embedded `digits`, made-up data, or else a folder of CIFAR-10, Olivetti's faces or MNIST, by its
    /// files}
    ///
    /// @param name `digits`, `problem:` and what [ProblemSource] says, `curves` as in [Curves], `faces:` as in [Faces],
    ///     `first:` as in [Excerpt], or the path of a folder
    /// @throws InputException if that is no path, or no such data
    static DataSource named(String name) {
        if (ProblemSource.isMeant(name)) {
            return ProblemSource.parse(name);
        }
        if (Curves.isMeant(name)) {
            return Curves.parse(name);
        }
        try {
            if (name.startsWith(Faces.PREFIX)) {
                return Faces.parse(name);
            }
            if (name.startsWith(Excerpt.PREFIX)) {
                return Excerpt.parse(name);
            }
            if (name.equals(Digits.NAME)) {
                return new Digits();
            }
            Path folder = Path.of(name);
            if (Faces.isOne(folder)) {
                return Faces.of(folder);
            }
            return CifarFolder.isOne(folder) ? new CifarFolder(folder) : new IdxFolder(folder);
        } catch (InvalidPathException e) {
            throw new InputException("'" + name + "' is neither '" + Digits.NAME + "' nor the path of a folder");
        }
    }
}
