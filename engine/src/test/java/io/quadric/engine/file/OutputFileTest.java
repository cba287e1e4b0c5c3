package io.quadric.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    private Path temp;

    private static void write(Path file, String text) {
        OutputFile.write(file, out -> out.write(text.getBytes()));
    }

    private void nothingElseIsLeft(int files) throws IOException {
        try (Stream<Path> left = Files.list(temp)) {
            assertEquals(files, left.count());
        }
    }

    private void requirePosix() {
        Assumptions.assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "POSIX permissions");
    }

    @Test
    void aFileIsReplacedOnlyWhenItIsComplete() throws IOException {
        Path file = temp.resolve("f");
        write(file, "old");
        assertThrows(UncheckedIOException.class, () -> OutputFile.write(file, out -> {
            out.write(7);
            throw new IOException("disk full");
        }));
        assertEquals("old", Files.readString(file));
        nothingElseIsLeft(1);
        write(file, "new");
        assertEquals("new", Files.readString(file));
        nothingElseIsLeft(1);
    }

    @Test
    void permissionsAreThoseOfNewFilesOrOfTheReplacedOne() throws IOException {
        requirePosix();
        Path file = temp.resolve("f");
        Path plain = Files.writeString(temp.resolve("plain"), "");
        write(file, "a");
        assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(file));
        Set<PosixFilePermission> own = PosixFilePermissions.fromString("rw-r-----");
        Files.setPosixFilePermissions(file, own);
        write(file, "b");
        assertEquals(own, Files.getPosixFilePermissions(file));
    }

    @Test
    void linksAreFollowedAlsoToNothing() throws IOException {
        requirePosix();
        Path folder = Files.createDirectory(temp.resolve("folder"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("folder", "real"));
        write(link, "a");
        write(link, "b");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("b", Files.readString(folder.resolve("real")));
        nothingElseIsLeft(2);
        Path circle = Files.createSymbolicLink(temp.resolve("circle"), Path.of("circle"));
        assertTrue(assertThrows(InputException.class, () -> write(circle, "")).getMessage()
                .contains("circle of symbolic"));
    }

    @Test
    void aDeviceIsWrittenAndNotReplaced() {
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.isWritable(device) && !Files.isRegularFile(device), "/dev/null");
        OutputFile.requireWritable(device);
        write(device, "gone");
        assertTrue(Files.exists(device) && !Files.isRegularFile(device));
    }

    @Test
    void whatCannotBeWrittenIsNamedBefore() throws IOException {
        refused(temp, "a folder, expected a file");
        refused(temp.resolve("no/f"), "there is no folder");
        OutputFile.requireWritable(temp.resolve("f"));
        nothingElseIsLeft(0);
    }

    private static void refused(Path file, String complaint) {
        String message = assertThrows(InputException.class, () -> OutputFile.requireWritable(file)).getMessage();
        assertTrue(message.startsWith(file.toString()) && message.contains(complaint), message);
    }
}
