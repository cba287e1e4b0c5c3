package io.quadric.engine.file;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    @TempDir
    Path temp;

    @Test
    void aFolderIsTakenOnce() {
        Path folder = temp.resolve("a").resolve("b");
        try (FolderLock _ = FolderLock.take(folder)) {
            String message = assertThrows(InputException.class, () -> FolderLock.take(folder)).getMessage();
            assertTrue(message.contains("another process is writing into it"), message);
        }
        FolderLock.take(folder).close();
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        String message = assertThrows(InputException.class, () -> FolderLock.take(file)).getMessage();
        assertTrue(message.startsWith(file + ": cannot be written to"), message);
    }
}
