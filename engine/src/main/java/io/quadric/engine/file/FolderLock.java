package io.quadric.engine.file;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/// The right to write into a folder, which one process has at a time. The system takes it from a process that ends,
/// however it ends. The file `.quadric.lock` that it hangs on is removed when the folder is given back, and stays only
/// after a process that was killed.
public final class FolderLock implements AutoCloseable {
    private static final String FILE = ".quadric.lock";
    private static final int LARGEST = 1 << 12;

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Makes a folder, if there is none, and takes it.
    ///
    /// @param folder the path
    /// @return to be closed when the folder is no longer written to
    /// @throws InputException if it cannot be made or written to, or another process has it
    public static FolderLock take(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            while (true) {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (!isLocked(channel)) {
                    channel.close();
                    throw new InputException(
                            folder + ": another process is writing into it, expected a folder of its own for each");
                }
                if (isIn(folder, channel)) {
                    return new FolderLock(file, channel);
                }
                channel.close();
            }
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

    /// Whether what is locked is the file of the folder, and not one that another process has removed in between: each
    /// holder gives it a size drawn at random. It is not read, since closing it again would end the lock.
    private static boolean isIn(Path folder, FileChannel channel) throws IOException {
        int size = ThreadLocalRandom.current().nextInt(1, LARGEST);
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(size));
        Path file = folder.resolve(FILE);
        return Files.exists(file) && Files.size(file) == size;
    }

    /// Removes the file first: whoever has opened it before finds that it is no longer there.
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // it stays, as after a process that was killed
        }
    }
}
