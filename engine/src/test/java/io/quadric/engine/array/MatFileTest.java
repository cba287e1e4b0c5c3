package io.quadric.engine.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.array.MatFiles.Packing;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MatFileTest {
    @TempDir
    private Path temp;

    private Map<String, MatArray> read(byte[] bytes) throws IOException {
        Path file = Files.write(temp.resolve("a.mat"), bytes);
        return MatFile.read(file, Set.of("x", "longer", "z"));
    }

    @ParameterizedTest
    @EnumSource
    void arraysAreReadInBothOrders(Packing packing) throws IOException {
        for (ByteOrder order : new ByteOrder[]{ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            Map<String, MatArray> arrays = read(new MatFiles(order, packing)
                    .bytes("x", new int[]{3, 1}, new byte[]{1, (byte) 200, 3})
                    .bytes("other", new int[]{1, 1}, new byte[]{1})
                    .complex("other too")
                    .doubles("longer", new int[]{2, 3}, 1, -2.5, 3, 4, 5, 1e9)
                    .toByteArray());
            assertEquals(Set.of("x", "longer"), arrays.keySet());
            assertTrue(arrays.get("x").isBytes());
            assertEquals(200, arrays.get("x").get(1));
            assertArrayEquals(new int[]{2, 3}, arrays.get("longer").lengths());
            assertEquals(-2.5, arrays.get("longer").get(1));
            assertEquals(1e9, arrays.get("longer").get(5));
            assertEquals(6, arrays.get("longer").size());
        }
    }

    private void refused(byte[] bytes, String complaint) {
        String message = assertThrows(InputException.class, () -> read(bytes)).getMessage();
        assertTrue(message.contains(complaint), message);
    }

    @Test
    void whatIsNoneIsRefused() throws IOException {
        byte[] good = new MatFiles(ByteOrder.LITTLE_ENDIAN, Packing.PLAIN)
                .doubles("x", new int[]{2, 2}, 1, 2, 3, 4).toByteArray();
        refused(new byte[0], "truncated header of 0 bytes");
        refused(new byte[200], "no file of MATLAB's version 5");
        refused(Arrays.copyOf(good, good.length - 9), "truncated");
        refused(new MatFiles(ByteOrder.LITTLE_ENDIAN, Packing.PLAIN).complex("x").toByteArray(),
                "'x' is not of real numbers");
        refused(new MatFiles(ByteOrder.LITTLE_ENDIAN, Packing.PLAIN).bytes("x", new int[]{3}, new byte[2])
                .toByteArray(), "'x' of [3] numbers has 2 bytes");
        refused(new MatFiles(ByteOrder.LITTLE_ENDIAN, Packing.PLAIN)
                .bytes("x", new int[]{1 << 20, 1 << 20}, new byte[2]).toByteArray(), "expected fewer than 2^31");
        byte[] compressed = new MatFiles(ByteOrder.LITTLE_ENDIAN, Packing.COMPRESSED)
                .doubles("x", new int[]{2, 2}, 1, 2, 3, 4).toByteArray();
        compressed[140] ^= 64;
        refused(compressed, "compressed data are damaged");
    }
}
