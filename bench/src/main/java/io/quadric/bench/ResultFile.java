package io.quadric.bench;

import io.quadric.engine.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/// What a suite leaves behind: `<directory>/<date>-<name>.md`, with the machine, the JDK, the commit and the peers at
/// its head.
final class ResultFile {
    private ResultFile() {}

    /// Writes the file.
    ///
    /// @param arguments of the suite's command line: the directory, `bench/results` if absent
    static void write(String[] arguments, String name, String title, String body) throws IOException {
        Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench/results");
        Files.createDirectories(directory);
        Path file = directory.resolve(LocalDate.now() + "-" + name + ".md");
        String peer = OpenBlas.find().map(OpenBlas::configuration).orElse("not installed");
        String head = "# " + title + ", " + LocalDate.now() + "\n\n" + Machine.describe()
                + "- OpenBLAS: " + peer + "\n\n";
        Files.writeString(file, head + body);
        System.out.println("wrote " + file);
    }

    /// {@return whether the peer is there}; says so if not.
    static boolean openBlasIsInstalled() {
        boolean there = OpenBlas.find().isPresent();
        if (!there) {
            System.out.println("OpenBLAS is not installed (Debian: libopenblas0-pthread): measured without it");
        }
        return there;
    }
}
