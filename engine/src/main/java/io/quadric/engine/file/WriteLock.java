package io.quadric.engine.file;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// The right to write into a folder, or to write a file, which one run has at a time. The system takes it from a
/// process that ends, however it ends. The file that it hangs on, `.quadric.lock` in the folder or one beside the file,
/// as the file itself is replaced, is removed when the right is given back, and stays only after a process that was
/// killed, until the next one that writes there.
public final class WriteLock implements AutoCloseable {
    private static final String PREFIX = ".quadric";
    private static final String SUFFIX = ".lock";
    private static final int LARGEST = 1 << 12;

    /// Those that this process has. The locks of POSIX belong to processes: whoever opens and closes the file of a lock
    /// again, in the same process, gives it up.
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private WriteLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Makes a folder, if there is none, and takes it.
    ///
    /// @param folder the path
    /// @return to be closed when the folder is no longer written to
    /// @throws InputException if the path is empty, it cannot be made or written to, or another process or run has it
    public static WriteLock folder(Path folder) {
        if (folder.toString().isEmpty()) {
            throw new InputException("an empty path, expected a folder to be written to");
        }
        try {
            Path own = Files.createDirectories(folder).toRealPath();
            return take(own.resolve(PREFIX + SUFFIX), folder + ": another process or run is writing into it, expected "
                    + "a folder of its own for each");
        } catch (IOException e) {
            throw new InputException(
                    folder + ": cannot be written to (" + Reason.of(e) + "), expected a writable folder");
        }
    }

    /// Takes a file, which need not exist. The links of its path are followed.
    ///
    /// @param file the path
    /// @return to be closed when the file is no longer written; none for a device or a pipe, which are not replaced
    /// @throws InputException if it cannot be written, or another process or run has it
    public static Optional<WriteLock> file(Path file) {
        OutputFile.requireWritable(file);
        Path target = OutputFile.place(file);
        if (OutputFile.isSpecial(target)) {
            return Optional.empty();
        }
        String name = Integer.toHexString(target.getFileName().toString().hashCode());
        try {
            return Optional.of(take(target.resolveSibling(PREFIX + "-" + name + SUFFIX),
                    file + ": another process or run is writing it, expected a file of its own for each"));
        } catch (IOException e) {
            throw new InputException(file + ": cannot be written (" + Reason.of(e) + "), expected a writable file");
        }
    }

    private static WriteLock take(Path own, String taken) throws IOException {
        if (!OWN.add(own)) {
            throw new InputException(taken);
        }
        try {
            return new WriteLock(own, lock(own, taken));
        } catch (IOException | RuntimeException e) {
            OWN.remove(own);
            throw e;
        }
    }

    private static FileChannel lock(Path own, String taken) throws IOException {
        while (true) {
            FileChannel channel = FileChannel.open(own, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new InputException(taken);
            }
            if (isAt(own, channel)) {
                return channel;
            }
            channel.close();
        }
    }

    /// Whether what is locked is the file at a path, and not one that another process has removed in between: each
    /// holder gives it a size drawn at random. It is not read, since closing it again would end the lock.
    private static boolean isAt(Path file, FileChannel channel) throws IOException {
        int size = ThreadLocalRandom.current().nextInt(1, LARGEST);
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(size));
        return Files.exists(file) && Files.size(file) == size;
    }

    /// Removes the file first: whoever has opened it before finds that it is no longer there.
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // it stays, as after a process that was killed
        } finally {
            OWN.remove(file);
        }
    }
}
