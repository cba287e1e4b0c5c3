package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The files that a command reads, none of which it may write; of folders those that are data by their names.
///
/// @param files paths of files and folders
public record ReadFiles(List<Path> files) {
    private static final Pattern DATA = Pattern.compile(
            "shards\\.json|.*(\\.shard|\\.bin|\\.mat|\\.png|\\.jpe?g|\\.gz|-ubyte)", Pattern.CASE_INSENSITIVE);

    /// {@return the right to write a file, if there is one, which is none of these}
    ///
    /// @param option that names it
    /// @param file the path
    public ClaimedFiles claim(String option, Optional<Path> file) {
        return claim(file.map(path -> Map.of(option, path)).orElse(Map.of()));
    }

    /// {@return the right to write files, which are none of these}
    ///
    /// @param written by the options that name them
    public ClaimedFiles claim(Map<String, Path> written) {
        written.forEach((option, file) -> {
            if (files.stream().anyMatch(read -> isSame(read, file))) {
                throw new InputException(option + ": " + file + ": the command reads this file, expected another one "
                        + "to be written");
            }
        });
        return ClaimedFiles.of(written);
    }

    private static boolean isSame(Path one, Path other) {
        try {
            if (!Files.exists(one) || !Files.exists(other)) {
                return false;
            }
            return Files.isDirectory(one)
                    ? other.toRealPath().startsWith(one.toRealPath()) && isData(other)
                    : Files.isRegularFile(one) && Files.isSameFile(one, other);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isData(Path file) {
        return DATA.matcher(file.getFileName().toString()).matches();
    }
}
