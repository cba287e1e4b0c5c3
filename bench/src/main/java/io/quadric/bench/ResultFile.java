package io.quadric.bench;

import io.quadric.engine.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/// The file of a suite: `<directory>/<date>-<name>.md`, with the machine, the JDK, the commit and the peers at
/// its head.
public final class ResultFile {
    private ResultFile() {}

    /// Writes the file.
    ///
    /// @param arguments of the suite's command line: the directory, `bench/results` if absent
    /// @param name of the file, behind the date
    /// @param title of the page
    /// @param body behind machine and peers
    /// @throws IOException if the file cannot be written
    public static void write(String[] arguments, String name, String title, String body) throws IOException {
        Path file = file(arguments, name);
        Files.writeString(file, head(title) + body);
        System.out.println("wrote " + file);
    }

    /// Adds rows to the table at the end of the file, which begins anew unless it is of the same commit and machine.
    ///
    /// @param introduction ends in the head of the table
    static void append(String[] arguments, String name, String title, String introduction, String rows)
            throws IOException {
        Path file = file(arguments, name);
        String head = head(title) + introduction;
        String before = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, (before.startsWith(head) ? before : head) + rows);
        System.out.println("wrote " + file);
    }

    private static Path file(String[] arguments, String name) throws IOException {
        Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench/results");
        Files.createDirectories(directory);
        return directory.resolve(LocalDate.now() + "-" + name + ".md");
    }

    private static String head(String title) throws IOException {
        String peer = OpenBlas.find().map(OpenBlas::configuration).orElse("not installed");
        return "# " + title + ", " + LocalDate.now() + "\n\n" + Machine.describe()
                + "- OpenBLAS: " + peer + "\n\n";
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
