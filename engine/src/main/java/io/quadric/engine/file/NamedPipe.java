package io.quadric.engine.file;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Refuses named pipes, which would be waited for until some other program opens them, perhaps for ever. Pipes that a
/// shell has opened, such as the standard output or `/dev/fd/63`, have no name of their own and are not refused.
public final class NamedPipe {
    private static final int TYPE = 0170000;
    private static final int PIPE = 0010000;

    private NamedPipe() {}

    /// {@return the file, unless it is a named pipe}
    ///
    /// @param file the path
    /// @throws InputException if it is one
    public static Path refused(Path file) {
        if (isOne(file)) {
            throw new InputException(file + ": a named pipe, expected a regular file");
        }
        return file;
    }

    /// Whether a file is a named pipe.
    static boolean isOne(Path file) {
        if (Files.isRegularFile(file) || !Files.exists(file)) {
            return false;
        }
        try {
            Object mode = Files.getAttribute(file.toRealPath(), "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return mode instanceof Integer bits && (bits & TYPE) == PIPE;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }
}
