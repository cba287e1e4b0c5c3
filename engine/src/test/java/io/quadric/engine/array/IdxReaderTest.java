package io.quadric.engine.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.array.IdxReader.IdxArray;
import io.quadric.engine.data.IdxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxReaderTest {
    private static final byte[] GOOD = IdxFiles.bytes(IdxFiles.count(12), 2, 2, 3);

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"images", "images.gz"})
    void readsWhatWasWritten(String name) throws IOException {
        IdxArray array = IdxReader.read(IdxFiles.write(temp.resolve(name), GOOD), 3);
        assertArrayEquals(new int[]{2, 2, 3}, array.lengths());
        assertArrayEquals(IdxFiles.count(12), array.values());
    }

    /// Headers and data, spaces for the eye.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            89504e47 0d0a1a0a 0000000d 49484452    | magic number 0x89504e47, expected 0x00000803
            00000d03 00000001 00000001 00000001    | magic number 0x00000d03, expected 0x00000803
            00000801 00000002 0001                 | magic number 0x00000801, expected 0x00000803
            000008                                 | truncated header of 3 bytes, expected 16
            00000803 00000001 0000                 | truncated header of 10 bytes, expected 16
            00000803 00000001 00000002 00000002 07 | truncated, 1 bytes of data, expected 4 for [1, 2, 2]
            00000803 00000001 00000001 00000001 07 09 | bytes after the data, expected 1 bytes of data for [1, 1, 1]
            00000803 00000000 00000001 00000001    | length 0 of axis 0, expected at least 1
            00000803 00000001 ffffffff 00000001    | length -1 of axis 1, expected at least 1
            00000803 00010000 00010000 00000001    | [65536, 65536, 1] elements, expected fewer than 2^31
            """)
    void badContentIsNamed(String hex, String complaint) throws IOException {
        byte[] content = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertRefused(IdxFiles.write(temp.resolve("plain"), content), complaint);
        assertRefused(IdxFiles.write(temp.resolve("packed.gz"), content), complaint);
    }

    @Test
    void everyTruncationIsFound() throws IOException {
        byte[] packed = Files.readAllBytes(IdxFiles.write(temp.resolve("whole.gz"), GOOD));
        for (int length = 0; length < GOOD.length; length++) {
            assertRefused(Files.write(temp.resolve("plain"), Arrays.copyOf(GOOD, length)), "expected");
        }
        for (int length = 0; length < packed.length; length++) {
            assertRefused(Files.write(temp.resolve("cut.gz"), Arrays.copyOf(packed, length)), "expected");
        }
    }

    @Test
    void aFileThatIsMissingOrAFolderIsNamed() throws IOException {
        assertRefused(temp.resolve("nowhere"), "no such file, expected an IDX file");
        assertRefused(Files.createDirectory(temp.resolve("folder")), "a folder, expected an IDX file");
    }

    @Test
    void whatIsCompressedIsKnownByItsContent() throws IOException {
        Path file = Files.write(temp.resolve("images.gz"), GOOD);
        assertArrayEquals(IdxReader.read(Files.write(temp.resolve("images"), GOOD), 3).values(),
                IdxReader.read(file, 3).values());
    }

    private static void assertRefused(Path file, String complaint) {
        InputException e = assertThrows(InputException.class, () -> IdxReader.read(file, 3));
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        assertTrue(e.getMessage().contains(complaint), e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }
}
