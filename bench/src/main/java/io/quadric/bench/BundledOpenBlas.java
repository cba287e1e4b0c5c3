package io.quadric.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The build of OpenBLAS on the class path (`org.bytedeco:openblas`), copied to a temporary folder from where it can be
/// loaded.
final class BundledOpenBlas {
    /// In the order in which they are loaded: each needs those before it. Not every platform has all of them.
    private static final List<String> FILES = List.of("libgcc_s.so.1", "libgcc_s.1.1.dylib", "libquadmath.so.0",
            "libquadmath.0.dylib", "libgfortran.so.5", "libgfortran.5.dylib", "libopenblas.so.0",
            "libopenblas.0.dylib");

    private BundledOpenBlas() {}

    /// {@return the library as a file, if there is one for this platform}; what it needs has been loaded.
    static Optional<Path> find() {
        List<String> files = FILES.stream().filter(file -> BundledOpenBlas.class.getResource(resource(file)) != null)
                .toList();
        if (files.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<Path> copies = new ArrayList<>();
            Path folder = Files.createTempDirectory("openblas");
            folder.toFile().deleteOnExit();
            for (String file : files) {
                copies.add(copy(file, folder.resolve(file)));
            }
            copies.subList(0, copies.size() - 1).forEach(needed -> System.load(needed.toString()));
            return Optional.of(copies.getLast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copy(String file, Path to) throws IOException {
        try (InputStream in = BundledOpenBlas.class.getResourceAsStream(resource(file))) {
            Files.copy(in, to);
        }
        to.toFile().deleteOnExit();
        return to;
    }

    private static String resource(String file) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "macosx" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
        return "/org/bytedeco/openblas/" + system + "-" + processor + "/" + file;
    }
}
