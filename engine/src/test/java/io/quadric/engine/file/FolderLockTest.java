package io.quadric.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    private static final int TIMES = 500;
    private static final int REFUSED = 3;

    @TempDir
    Path temp;

    @Test
    void aFolderIsTakenOnce() {
        Path folder = temp.resolve("a").resolve("b");
        try (FolderLock _ = FolderLock.take(folder)) {
            String message = assertThrows(InputException.class, () -> FolderLock.take(folder)).getMessage();
            assertTrue(message.contains("is writing into it"), message);
        }
        FolderLock.take(folder).close();
        assertEquals(0, folder.toFile().list().length, "nothing is left");
    }

    /// The locks of POSIX end when any channel of the process to their file is closed.
    @Test
    void aRefusalHereDoesNotLetOtherProcessesIn() throws Exception {
        try (FolderLock _ = FolderLock.take(temp)) {
            assertThrows(InputException.class, () -> FolderLock.take(temp));
            assertThrows(InputException.class, () -> FolderLock.take(temp.resolve(".")));
            assertEquals(REFUSED, other(temp));
        }
        assertEquals(0, other(temp));
    }

    private static int other(Path folder) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Other.class.getName(),
                folder.toString()).inheritIO().start().waitFor();
    }

    /// Takes a folder in a process of its own.
    static final class Other {
        public static void main(String[] args) {
            try {
                FolderLock.take(Path.of(args[0])).close();
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
                try (FolderLock _ = FolderLock.take(temp)) {
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
        String message = assertThrows(InputException.class, () -> FolderLock.take(file)).getMessage();
        assertTrue(message.startsWith(file + ": cannot be written to"), message);
    }
}
