package io.quadric.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static int other(Path path) throws Exception {
        return start(path, "").waitFor();
    }

    private static Process start(Path path, String how) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Other.class.getName(),
                path.toString(), how).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /// Also if it is told to end, but not if it is killed; what is left then keeps nobody out.
    @ParameterizedTest
    @ValueSource(strings = {"folder", "file"})
    void nothingStaysOfAProcessThatIsToldToEnd(String kind) throws Exception {
        Path path = kind.equals("folder") ? temp : temp.resolve("file");
        for (boolean killed : new boolean[]{false, true}) {
            Process holder = start(path, "and hold it");
            assertEquals("held", holder.inputReader().readLine());
            assertEquals(REFUSED, other(path));
            if (killed) {
                holder.destroyForcibly();
            } else {
                holder.destroy();
            }
            holder.waitFor();
            assertEquals(killed ? 1 : 0, locks());
        }
        assertEquals(0, other(path));
        assertEquals(0, locks());
    }

    private int locks() {
        return temp.toFile().list((folder, name) -> name.endsWith(".lock")).length;
    }

    /// Whoever knows the name of a lock could have its target overwritten.
    @ParameterizedTest
    @ValueSource(strings = {"folder", "file"})
    void aLinkInThePlaceOfTheLockIsNotFollowed(String kind) throws Exception {
        Path path = kind.equals("folder") ? temp : temp.resolve("file");
        Path victim = Files.writeString(temp.resolve("victim"), "precious");
        WriteLock held = kind.equals("folder") ? WriteLock.folder(path) : WriteLock.file(path).orElseThrow();
        Path lock;
        try (held) {
            lock = temp.resolve(temp.toFile().list((folder, name) -> name.endsWith(".lock"))[0]);
        }
        Files.createSymbolicLink(lock, victim);
        String message = assertThrows(InputException.class,
                () -> (kind.equals("folder") ? WriteLock.folder(path) : WriteLock.file(path).orElseThrow()).close())
                .getMessage();
        assertTrue(message.startsWith(path + ": its lock " + lock.toRealPath(LinkOption.NOFOLLOW_LINKS)
                + " cannot be opened ("), message);
        assertEquals("precious", Files.readString(victim));
    }

    @Test
    void equalHashCodesAreNoEqualNames() {
        assertEquals("Aa".hashCode(), "BB".hashCode());
        try (WriteLock _ = WriteLock.file(temp.resolve("Aa")).orElseThrow();
                WriteLock _ = WriteLock.file(temp.resolve("BB")).orElseThrow()) {
            assertEquals(2, locks());
        }
    }

    /// Takes a folder or a file in a process of its own.
    static final class Other {
        public static void main(String[] args) throws InterruptedException {
            try {
                Path path = Path.of(args[0]);
                WriteLock lock = Files.isDirectory(path) ? WriteLock.folder(path) : WriteLock.file(path).orElseThrow();
                if (!args[1].isEmpty()) {
                    System.out.println("held");
                    Thread.sleep(60_000);
                }
                lock.close();
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
