package io.quadric.engine.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputTest {
    private static final byte[] TEXT = "a,b\n1,2\n".getBytes();

    @TempDir
    private Path temp;

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] all(Input input) {
        return input.read("a text", InputStream::readAllBytes);
    }

    @Test
    void compressedBytesAreKnownByTheirContentAndNotTheirName() throws IOException {
        Path plain = Files.write(temp.resolve("plain.gz"), TEXT);
        Path packed = Files.write(temp.resolve("packed.csv"), zipped(TEXT));
        assertArrayEquals(TEXT, all(Input.of(plain)));
        assertArrayEquals(TEXT, all(Input.of(packed)));
        assertArrayEquals(TEXT, all(Input.of("memory", zipped(TEXT))));
        assertArrayEquals(new byte[0], all(Input.of("nothing", new byte[0])));
    }

    @Test
    void everyTruncationOfCompressedBytesIsNamed() throws IOException {
        byte[] packed = zipped(TEXT);
        for (int length = 3; length < packed.length; length++) {
            Input cut = Input.of("cut", Arrays.copyOf(packed, length));
            String message = assertThrows(InputException.class, () -> all(cut)).getMessage();
            assertEquals("cut: the data is truncated, expected a text", message);
        }
    }

    @Test
    void whatIsNoFileIsNamed() {
        refused(Input.of(temp), temp + ": a folder, expected a text");
        refused(Input.of(temp.resolve("no")), temp.resolve("no") + ": no such file, expected a text");
        byte[] damaged = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7};
        refused(Input.of("d", damaged), "d: the gzip data is damaged (");
    }

    private static void refused(Input input, String complaint) {
        String message = assertThrows(InputException.class, () -> all(input)).getMessage();
        assertTrue(message.startsWith(complaint), message);
    }

    @Test
    void theStandardInputIsReadAndLeftOpen() throws IOException {
        InputStream before = System.in;
        boolean[] closed = {false};
        try {
            System.setIn(new ByteArrayInputStream(TEXT) {
                @Override
                public void close() {
                    closed[0] = true;
                }
            });
            assertArrayEquals(TEXT, all(Input.standard()));
            assertEquals(false, closed[0]);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeItIsAllocated() {
        refusedSize(1L << 31, 1, "more than a Java array holds");
        refusedSize((1L << 31) - 9, 8, "MB, expected at most a third of the heap");
        HeapLimit.require("numbers", 1000, 8);
    }

    private static void refusedSize(long elements, int bytes, String complaint) {
        String message = assertThrows(InputException.class, () -> HeapLimit.require("numbers", elements, bytes))
                .getMessage();
        assertTrue(message.startsWith("numbers ") && message.contains(complaint), message);
    }
}
