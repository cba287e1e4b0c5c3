package io.quadric.engine.file;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/// Why a file could not be read or written, in words; many exceptions of the JDK have the path alone as their message.
public final class Reason {
    private Reason() {}

    /// {@return the reason, without the file's name}
    ///
    /// @param e what was thrown
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "no such file or folder";
            case AccessDeniedException denied -> "permission denied";
            case NotDirectoryException file -> "not a folder";
            case DirectoryNotEmptyException full -> "the folder is not empty";
            case FileAlreadyExistsException there -> "it already exists";
            case CharacterCodingException coding -> "not text in UTF-8";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    /// {@return what to throw if a file cannot be written; its cause has the whole message}
    ///
    /// @param file the path
    /// @param e what was thrown
    public static UncheckedIOException notWritten(Path file, IOException e) {
        return new UncheckedIOException(new IOException(file + ": cannot be written (" + of(e) + ")", e));
    }

    /// {@return what to throw if a file cannot be read}
    ///
    /// @param file the path
    /// @param e what was thrown
    public static InputException notRead(Path file, IOException e) {
        return new InputException(file + ": cannot be read (" + of(e) + ")");
    }
}
