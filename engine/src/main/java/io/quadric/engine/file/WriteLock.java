package io.quadric.engine.file;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// The right to write into a folder, or to write a file, which one run has at a time. The system takes it from a
/// process that ends, however it ends. The file that it hangs on, `.quadric.lock` in the folder or one beside the file,
/// as the file itself is replaced, is removed when the right is given back or the process is told to end, and stays
/// only after a process that was killed, until the next one that writes there.
public final class WriteLock implements AutoCloseable {
    private static final String PREFIX = ".quadric";
    private static final String SUFFIX = ".lock";
    private static final int DIGEST_BYTES = 16;
    private static final int LARGEST = 1 << 12;
    private static final int DRAWS = 3;
    private static final long PATIENCE_SECONDS = 70;

    /// The paths of those that this process has. The locks of POSIX belong to processes: whoever opens and closes the
    /// file of a lock again, in the same process, gives it up.
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private static final Set<WriteLock> HELD = ConcurrentHashMap.newKeySet();
    private static final Set<CountDownLatch> WORK = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(WriteLock::releaseAll, "quadric-locks"));
    }

    private final Path file;
    private final FileChannel channel;

    private WriteLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        HELD.add(this);
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
            return take(folder, own.resolve(PREFIX + SUFFIX), folder + ": another process or run is writing into it, "
                    + "expected a folder of its own for each");
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
        try {
            Path own = target.resolveSibling(PREFIX + "-" + digest(target.getFileName().toString()) + SUFFIX);
            return Optional.of(take(file, own, file + ": another process or run is writing it, expected a file of its "
                    + "own for each"));
        } catch (IOException e) {
            throw new InputException(file + ": cannot be written (" + Reason.of(e) + "), expected a writable file");
        }
    }

    /// The name of a file may be as long as names can be.
    private static String digest(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /// @param what as it was given
    /// @param own the file of its lock
    /// @param taken what to say if another has it
    private static WriteLock take(Path what, Path own, String taken) throws IOException {
        if (!OWN.add(own)) {
            throw new InputException(taken);
        }
        try {
            return new WriteLock(own, lock(what, own, taken));
        } catch (IOException | RuntimeException e) {
            OWN.remove(own);
            throw e;
        }
    }

    private static FileChannel lock(Path what, Path own, String taken) throws IOException {
        while (true) {
            FileChannel channel = open(what, own);
            if (!isFree(channel)) {
                channel.close();
                throw new InputException(taken);
            }
            try {
                if (isAt(own, channel)) {
                    return channel;
                }
            } catch (IOException e) {
                Files.deleteIfExists(own);
                channel.close();
                throw e;
            }
            channel.close();
        }
    }

    private static boolean isFree(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return true; // of a file system that has no locks
        }
    }

    private static FileChannel open(Path what, Path own) throws IOException {
        try {
            return FileChannel.open(
                    own, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            if (Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
                throw new InputException(what + ": its lock " + own + " cannot be opened (" + Reason.of(e)
                        + "), expected that no other user writes there; what a killed run has left may be removed");
            }
            throw e;
        }
    }

    /// Whether what is locked is the file at a path, and not one that another process has removed in between: each
    /// holder gives it sizes drawn at random. It is not read, since closing it again would end the lock.
    private static boolean isAt(Path file, FileChannel channel) throws IOException {
        for (int draw = 0; draw < DRAWS; draw++) {
            int size = ThreadLocalRandom.current().nextInt(1, LARGEST);
            channel.truncate(0);
            channel.write(ByteBuffer.allocate(1), size - 1);
            if (size(file) != size) {
                return false;
            }
        }
        return true;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /// When the process is told to end, what it has is given back after some work, or after a minute.
    ///
    /// @param work counts down to its end
    public static void releaseAfter(CountDownLatch work) {
        WORK.removeIf(latch -> latch.getCount() == 0);
        WORK.add(work);
    }

    private static void releaseAll() {
        try {
            for (CountDownLatch work : WORK) {
                work.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        HELD.forEach(WriteLock::close);
    }

    /// Removes the file first: whoever has opened it before finds that it is no longer there.
    @Override
    public void close() {
        if (!HELD.remove(this)) {
            return;
        }
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // it stays, as after a process that was killed
        } finally {
            OWN.remove(file);
        }
    }
}
