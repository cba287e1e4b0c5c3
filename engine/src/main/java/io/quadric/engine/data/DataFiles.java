package io.quadric.engine.data;

import io.quadric.engine.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Files of data sets, plain or compressed.
final class DataFiles {
    private DataFiles() {}

    /// A file, or the same with `.gz`; the plain one where both are there. `train-images-idx3-ubyte` is also found as
    /// `train-images.idx3-ubyte`, its name after some archivers.
    static Optional<Path> find(Path folder, String name) {
        return Stream.of(name, name.replace("-idx", ".idx"))
                .distinct()
                .flatMap(given -> Stream.of(given, given + ".gz"))
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst();
    }

    /// A file that must be there.
    static Path require(Path folder, String name) {
        return find(folder, name).orElseThrow(
                () -> new InputException(folder.resolve(name) + ": no such file, expected it plain or as .gz"));
    }
}
