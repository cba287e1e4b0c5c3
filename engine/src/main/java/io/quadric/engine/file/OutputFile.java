package io.quadric.engine.file;

import io.quadric.engine.InputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/// Files that are either written completely or not at all: a temporary file in the same folder is written, forced to
/// the disk and moved into place. It has the permissions of the file that it replaces, or those that the user's umask
/// gives to new files. A symbolic link is followed. What is no regular file, as a device or a pipe, is written itself.
public final class OutputFile {
    private static final int LINKS = 40;
    private static final String PREFIX = ".quadric-";
    private static final String SUFFIX = ".tmp";
    private static final Duration LEFTOVER_AGE = Duration.ofMinutes(10);

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
    /// @throws InputException if its folder does not exist or is not writable, or the path is empty or a folder
    public static void requireWritable(Path file) {
        if (file.toString().isEmpty()) {
            throw new InputException("an empty path, expected a file to be written");
        }
        Path target = target(NamedPipe.refused(file));
        Path folder = folder(target);
        if (Files.isDirectory(target)) {
            throw new InputException(file + ": a folder, expected a file to be written");
        }
        if (!Files.isDirectory(folder)) {
            throw new InputException(file + ": there is no folder " + folder + ", expected a file to be written");
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new InputException(file + ": not writable, expected a file to be written");
        }
        if (isSpecial(target)) {
            return;
        }
        try {
            Path temporary = temporary(target);
            create(temporary).close();
            Files.delete(temporary);
        } catch (IOException e) {
            throw new InputException(
                    file + ": the folder " + folder + " is not writable, expected a file to be written");
        }
    }

    /// {@return whether two paths are those of one file, also of one that is not there yet}
    ///
    /// @param one a path
    /// @param other another one
    public static boolean isSame(Path one, Path other) {
        return place(one).equals(place(other));
    }

    /// The path without links, as far as its folder is there.
    static Path place(Path file) {
        Path target = target(file).toAbsolutePath();
        try {
            return target.getFileName() == null ? target : folder(target).toRealPath().resolve(target.getFileName());
        } catch (IOException e) {
            return target.normalize();
        }
    }

    /// Writes a file, replacing an older one.
    ///
    /// @param file the path
    /// @param content its contents
    public static void write(Path file, Content content) {
        try {
            Path target = target(NamedPipe.refused(file));
            if (isSpecial(target)) {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
                    content.writeTo(out);
                }
            } else {
                replace(target, content);
            }
        } catch (IOException e) {
            throw Reason.notWritten(file, e);
        }
    }

    private static void replace(Path target, Content content) throws IOException {
        Path temporary = temporary(target);
        try {
            try (FileChannel channel = create(temporary)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            keepPermissions(target, temporary);
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            force(folder(target));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// `Files.createTempFile` would leave out the group and others, whatever the umask. The name has the process, so
    /// that what a killed one left can be told from what another is writing.
    private static Path temporary(Path target) throws IOException {
        Path folder = folder(target);
        removeLeftovers(folder);
        return folder.resolve(PREFIX + ProcessHandle.current().pid() + "-"
                + Long.toHexString(new Random().nextLong()) + SUFFIX);
    }

    /// Removes temporary files of processes that no longer run. A process of another machine that shares the folder is
    /// not seen, so a file must also be some minutes old.
    private static void removeLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                String pid = file.getFileName().toString().substring(PREFIX.length()).split("-")[0];
                boolean dead = pid.matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
                if (dead && isOld(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isOld(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(LEFTOVER_AGE));
        } catch (IOException e) {
            return false;
        }
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view != null && Files.exists(from)) {
            view.setPermissions(Files.getPosixFilePermissions(from));
        }
    }

    /// So that the new name is on the disk too. Some systems do not open folders; there it is left to them.
    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return;
        }
    }

    /// Whether a file is there that is not replaced, such as a device or a pipe.
    static boolean isSpecial(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    /// Where a chain of symbolic links ends, also if there is nothing.
    private static Path target(Path file) {
        if (isSpecial(file)) {
            return file; // a link of /proc to a pipe has no path
        }
        Path target = file;
        try {
            for (int i = 0; i < LINKS && Files.isSymbolicLink(target); i++) {
                target = folder(target).resolve(Files.readSymbolicLink(target));
            }
        } catch (IOException e) {
            throw Reason.notRead(file, e);
        }
        if (Files.isSymbolicLink(target)) {
            throw new InputException(file + ": a circle of symbolic links, expected a file to be written");
        }
        return target;
    }

    private static Path folder(Path file) {
        Path absolute = file.toAbsolutePath();
        return absolute.getParent() == null ? absolute : absolute.getParent();
    }
}
