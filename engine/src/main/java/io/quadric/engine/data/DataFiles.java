package io.quadric.engine.data;

import io.quadric.engine.InputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// Files of data sets, plain or compressed.
final class DataFiles {
    private static final int BUFFER = 1 << 16;

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

    /// The contents, decompressed if the name ends in `.gz`.
    static InputStream open(Path file, String expected) throws IOException {
        if (Files.size(file) == 0) {
            throw new InputException(file + ": the file is empty, expected " + expected);
        }
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            return file.toString().endsWith(".gz") ? new GZIPInputStream(raw, BUFFER) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
