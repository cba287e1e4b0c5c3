package io.quadric.engine.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzFileTest {
    @TempDir
    private Path temp;

    private Path file(String name) throws IOException {
        return Files.write(temp.resolve(name), NpyFileTest.resource(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.npz", "compressed.npz"})
    void whatNumpyWroteIsRead(String name) throws IOException {
        Path file = file(name);
        assertEquals(List.of("X", "y"), NpzFile.names(file));
        assertArrayEquals(new double[]{1, 2, 3, 4, 5, 6},
                NpzFile.read(file, "X").toVector(Precision.FLOAT64).toArray());
        assertArrayEquals(new double[]{0, 1, 1}, NpzFile.read(file).get("y").toVector(Precision.FLOAT64).toArray());
        assertEquals(file + ": no array 'x', expected one of X, y; did you mean 'X' or 'y'?",
                assertThrows(InputException.class, () -> NpzFile.read(file, "x")).getMessage());
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        arrays.put("0.weight", NdArray.of(Vector.of(1.5f, -2, 3), 3, 1));
        arrays.put("ü", NdArray.of(Vector.of(0.1), 1));
        Path file = temp.resolve("own.npz");
        try (var out = Files.newOutputStream(file)) {
            NpzFile.write(out, arrays);
        }
        assertEquals(arrays, NpzFile.read(file));
        assertThrows(IllegalArgumentException.class, () -> NpzFile.write(new ByteArrayOutputStream(),
                Map.of("a", new NdArray(ElementType.BF16, new int[]{1}, new byte[2]))));
    }

    @Test
    void everyTruncationIsNamed() throws IOException {
        byte[] whole = NpyFileTest.resource("compressed.npz");
        for (int length = 0; length < whole.length; length++) {
            refused(Files.write(temp.resolve("cut.npz"), Arrays.copyOf(whole, length)), "cut.npz: ");
        }
    }

    @Test
    void otherMembersAreNamed() throws IOException {
        refused(zip("a.txt"), "member 'a.txt', expected different names that end in .npy");
        refused(temp.resolve("nowhere.npz"), "no such file, expected an archive of NumPy");
        refused(Files.write(temp.resolve("text.npz"), "a,b".getBytes()), "damaged, or no archive of NumPy");
        refused(zip("a.npy"), "a: not an array of NumPy");
    }

    private Path zip(String... names) throws IOException {
        Path file = temp.resolve("own.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(7);
            }
        }
        return file;
    }

    /// A bomb: a second member of the directory has the bytes of the first.
    @Test
    void membersThatShareTheirBytesAreRefused() throws IOException {
        byte[] zeros = new byte[1 << 16];
        Map<String, NdArray> arrays = Map.of("a", new NdArray(ElementType.U8, new int[]{zeros.length}, zeros));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpzFile.write(out, arrays);
        byte[] whole = out.toByteArray();
        int directory = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 6);
        byte[] entry = Arrays.copyOfRange(whole, directory, whole.length - 22);
        byte[] other = entry.clone();
        other[46] = 'b';
        ByteBuffer bomb = ByteBuffer.allocate(whole.length + entry.length).order(ByteOrder.LITTLE_ENDIAN);
        bomb.put(whole, 0, directory).put(entry).put(other).put(whole, whole.length - 22, 22);
        int end = bomb.capacity() - 22;
        bomb.putShort(end + 8, (short) 2).putShort(end + 10, (short) 2).putInt(end + 12, 2 * entry.length);
        refused(Files.write(temp.resolve("bomb.npz"), bomb.array()), "compressed bytes, the file has");
    }

    /// Whose directory is damaged so that it has nothing in it.
    @Test
    void anArchiveThatHidesItsMembersIsRefused() throws IOException {
        byte[] hidden = Files.readAllBytes(zip("a.npy"));
        Arrays.fill(hidden, hidden.length - 14, hidden.length - 6, (byte) 0);
        refused(Files.write(temp.resolve("hidden.npz"), hidden), "no members, though the file has");
        byte[] empty = Arrays.copyOfRange(hidden, hidden.length - 22, hidden.length);
        Arrays.fill(empty, 16, 20, (byte) 0);
        assertEquals(List.of(), NpzFile.names(Files.write(temp.resolve("empty.npz"), empty)));
    }

    /// The directory and the bytes of arrays: every bit is one that shows, or one that changes nothing.
    @Test
    void everyChangedBitIsSeenOrHarmless() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpzFile.write(out, Map.of("a", new NdArray(ElementType.U8, new int[]{3}, new byte[]{1, 2, 3})));
        for (byte[] whole : List.of(out.toByteArray(), NpyFileTest.resource("compressed.npz"))) {
            Path file = Files.write(temp.resolve("bits.npz"), whole);
            Map<String, NdArray> expected = NpzFile.read(file);
            for (int bit = 0; bit < 8 * whole.length; bit++) {
                byte[] changed = whole.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                Files.write(file, changed);
                try {
                    assertEquals(expected, NpzFile.read(file), "bit " + bit);
                } catch (InputException e) {
                    assertTrue(e.getMessage().startsWith(file.toString()), e::getMessage);
                }
            }
        }
    }

    private static void refused(Path file, String complaint) {
        String message = assertThrows(InputException.class, () -> NpzFile.read(file)).getMessage();
        assertTrue(message.startsWith(file.toString()) && message.contains(complaint), message);
    }
}
