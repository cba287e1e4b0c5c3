package io.quadric.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The build of OpenBLAS on the class path (`org.bytedeco:openblas`), copied to a temporary folder from where it can be
/// loaded.
final class BundledOpenBlas {
    private static final String FOLDER = "/org/bytedeco/openblas/linux-x86_64/";

    /// In the order in which they are loaded: each needs those before it.
    private static final List<String> FILES = List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5",
            "libopenblas.so.0");

    private BundledOpenBlas() {}

    /// {@return the library as a file, on Linux with x86-64}; what it needs has been loaded.
    static Optional<Path> find() {
        boolean fits = System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64");
        if (!fits || BundledOpenBlas.class.getResource(FOLDER + FILES.getLast()) == null) {
            return Optional.empty();
        }
        try {
            List<Path> copies = new ArrayList<>();
            Path folder = Files.createTempDirectory("openblas");
            folder.toFile().deleteOnExit();
            for (String file : FILES) {
                copies.add(copy(file, folder.resolve(file)));
            }
            copies.subList(0, copies.size() - 1).forEach(needed -> System.load(needed.toString()));
            return Optional.of(copies.getLast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copy(String file, Path to) throws IOException {
        try (InputStream in = BundledOpenBlas.class.getResourceAsStream(FOLDER + file)) {
            Files.copy(in, to);
        }
        to.toFile().deleteOnExit();
        return to;
    }
}
