package io.quadric.engine.file;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// The right to write into a folder, which one process has at a time. The system takes it from a process that ends,
/// however it ends. The file `.quadric.lock` that it hangs on is removed when the folder is given back, and stays only
/// after a process that was killed.
public final class FolderLock implements AutoCloseable {
    private static final String FILE = ".quadric.lock";
    private static final int LARGEST = 1 << 12;

    /// The folders that this process has. The locks of POSIX belong to processes: whoever opens and closes the file of
    /// a lock again, in the same process, gives it up.
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /// Makes a folder, if there is none, and takes it.
    ///
    /// @param folder the path
    /// @return to be closed when the folder is no longer written to
    /// @throws InputException if it cannot be made or written to, or another process or run has it
    public static FolderLock take(Path folder) {
        try {
            Path own = Files.createDirectories(folder).toRealPath();
            if (!OWN.add(own)) {
                throw taken(folder);
            }
            try {
                return new FolderLock(own, lock(folder, own));
            } catch (IOException | RuntimeException e) {
                OWN.remove(own);
                throw e;
            }
        } catch (IOException e) {
            throw new InputException(
                    folder + ": cannot be written to (" + Reason.of(e) + "), expected a writable folder");
        }
    }

    private static InputException taken(Path folder) {
        return new InputException(
                folder + ": another process or run is writing into it, expected a folder of its own for each");
    }

    /// The locked file of a folder.
    ///
    /// @param folder as it was given
    /// @param own its real path
    private static FileChannel lock(Path folder, Path own) throws IOException {
        while (true) {
            FileChannel channel = FileChannel.open(
                    own.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw taken(folder);
            }
            if (isIn(own, channel)) {
                return channel;
            }
            channel.close();
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
            Files.deleteIfExists(folder.resolve(FILE));
        } catch (IOException e) {
            // it stays, as after a process that was killed
        } finally {
            OWN.remove(folder);
        }
    }
}
