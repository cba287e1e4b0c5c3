package io.quadric.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The source files of all modules.
final class Sources {
    /// The directory of the build.
    static final Path ROOT = root();

    private Sources() {}

    /// {@return the files below a directory whose names end in `suffix`}
    static List<Path> files(Path directory, String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(f -> f.toString().endsWith(suffix)).toList();
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path root() {
        Path p = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(p.resolve("linalg/src"))) {
            p = p.getParent();
        }
        return p;
    }
}
