package io.quadric.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteLockTest {
    private static final int TIMES = 500;
    private static final int REFUSED = 3;

    @TempDir
    Path temp;

    @Test
    void aFolderIsTakenOnce() {
        Path folder = temp.resolve("a").resolve("b");
        try (WriteLock _ = WriteLock.folder(folder)) {
            String message = assertThrows(InputException.class, () -> WriteLock.folder(folder)).getMessage();
            assertTrue(message.contains("is writing into it"), message);
        }
        WriteLock.folder(folder).close();
        assertEquals(0, folder.toFile().list().length, "nothing is left");
    }

    /// The locks of POSIX end when any channel of the process to their file is closed.
    @Test
    void aRefusalHereDoesNotLetOtherProcessesIn() throws Exception {
        try (WriteLock _ = WriteLock.folder(temp)) {
            assertThrows(InputException.class, () -> WriteLock.folder(temp));
            assertThrows(InputException.class, () -> WriteLock.folder(temp.resolve(".")));
            assertEquals(REFUSED, other(temp));
        }
        assertEquals(0, other(temp));
    }

    /// By whatever path it is named; the file itself is replaced meanwhile.
    @Test
    void aFileIsTakenOnce() throws Exception {
        Path file = temp.resolve("file");
        Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("file"));
        Path folder = Files.createSymbolicLink(temp.resolve("folder"), Path.of("."));
        try (WriteLock _ = WriteLock.file(file).orElseThrow()) {
            OutputFile.write(file, out -> out.write(1));
            for (Path name : List.of(file, link, folder.resolve("file"), temp.resolve("folder/./file"))) {
                String message = assertThrows(InputException.class, () -> WriteLock.file(name)).getMessage();
                assertTrue(message.startsWith(name + ": another process or run is writing it"), message);
            }
            assertEquals(REFUSED, other(file));
            WriteLock.file(temp.resolve("other")).orElseThrow().close();
        }
        assertEquals(0, other(file));
        assertEquals(3, temp.toFile().list().length, "the file, and the two links");
    }

    @Test
    void aDeviceIsNotTaken() {
        assertEquals(Optional.empty(), WriteLock.file(Path.of("/dev/null")));
    }

    /// Nothing stays if the right is not given.
    @Test
    void aFolderIsNoFile() {
        String message = assertThrows(InputException.class, () -> WriteLock.file(temp)).getMessage();
        assertEquals(temp + ": a folder, expected a file to be written", message);
        assertEquals(0, temp.toFile().list().length);
    }

    private static int other(Path folder) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Other.class.getName(),
                folder.toString()).inheritIO().start().waitFor();
    }

    /// Takes a folder or a file in a process of its own.
    static final class Other {
        public static void main(String[] args) {
            try {
                Path path = Path.of(args[0]);
                if (Files.isDirectory(path)) {
                    WriteLock.folder(path).close();
                } else {
                    WriteLock.file(path).orElseThrow().close();
                }
            } catch (InputException e) {
                System.exit(REFUSED);
            }
        }
    }

    /// Whoever opens the file of a lock while it is being removed must not hold what is no longer there.
    @Test
    void oneAtATime() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        Callable<Integer> user = () -> {
            int most = 0;
            while (taken.get() < TIMES) {
                try (WriteLock _ = WriteLock.folder(temp)) {
                    most = Math.max(most, holders.incrementAndGet());
                    taken.incrementAndGet();
                    holders.decrementAndGet();
                } catch (InputException e) {
                    Thread.onSpinWait();
                }
            }
            return most;
        };
        try (var pool = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> most : pool.invokeAll(Collections.nCopies(4, user))) {
                assertTrue(most.get() <= 1, () -> "two had the folder");
            }
        }
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        String message = assertThrows(InputException.class, () -> WriteLock.folder(file)).getMessage();
        assertTrue(message.startsWith(file + ": cannot be written to"), message);
    }
}
