package io.quadric.engine.file;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The right to write into a folder, which one process has at a time. The system takes it from a process that ends,
/// however it ends; the file `.quadric.lock` that it hangs on stays.
public final class FolderLock implements AutoCloseable {
    private static final String FILE = ".quadric.lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Makes a folder, if there is none, and takes it.
    ///
    /// @param folder the path
    /// @return to be closed when the folder is no longer written to
    /// @throws InputException if it cannot be made or written to, or another process has it
    public static FolderLock take(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new InputException(
                        folder + ": another process is writing into it, expected a folder of its own for each");
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new InputException(
                    folder + ": cannot be written to (" + Reason.of(e) + "), expected a writable folder");
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
