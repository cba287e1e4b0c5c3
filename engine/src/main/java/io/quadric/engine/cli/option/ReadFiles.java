package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The files that a command reads, none of which it may write.
///
/// @param files paths
public record ReadFiles(List<Path> files) {
    /// Checks that a file can be written and is none of these.
    public void requireWritable(String option, Path file) {
        TrainFiles.requireWritable(option, file);
        if (files.stream().anyMatch(read -> isSame(read, file))) {
            throw new InputException(option + ": " + file + ": the command reads this file, expected another one to be "
                    + "written");
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isRegularFile(one) && Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
