package io.quadric.engine.checkpoint;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Files that are either written completely or not at all: a temporary file in the same folder is moved into place.
public final class OutputFile {
    private OutputFile() {}

    /// Writes a file's contents.
    @FunctionalInterface
    public interface Content {
        /// Writes them.
        ///
        /// @param out the file
        /// @throws IOException if it cannot be written
        void writeTo(OutputStream out) throws IOException;
    }

    /// Checks that a file could be written, without touching it.
    ///
    /// @param file the path
    /// @throws InputException if its folder does not exist or is not writable, or the path is a folder
    public static void requireWritable(Path file) {
        Path folder = folder(file);
        if (Files.isDirectory(file)) {
            throw new InputException(file + ": a folder, expected a file to be written");
        }
        if (!Files.isDirectory(folder)) {
            throw new InputException(file + ": there is no folder " + folder + ", expected a file to be written");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new InputException(file + ": not writable, expected a file to be written");
        }
        try {
            Files.delete(Files.createTempFile(folder, ".quadric", ".tmp"));
        } catch (IOException e) {
            throw new InputException(
                    file + ": the folder " + folder + " is not writable, expected a file to be written");
        }
    }

    /// Writes a file, replacing an older one.
    ///
    /// @param file the path
    /// @param content its contents
    public static void write(Path file, Content content) {
        try {
            Path temporary = Files.createTempFile(folder(file), ".quadric", ".tmp");
            try {
                try (OutputStream out = Files.newOutputStream(temporary)) {
                    content.writeTo(out);
                }
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().getParent() == null ? file.toAbsolutePath() : file.toAbsolutePath().getParent();
    }
}
