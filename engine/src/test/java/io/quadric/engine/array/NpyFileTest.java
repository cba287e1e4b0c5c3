package io.quadric.engine.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.file.Input;
import io.quadric.linalg.Precision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The files were made by NumPy, by `make_arrays.py` beside them: the numbers −2, −1.5, … 3.5 of shape 2 × 3 × 2, for
/// unsigned numbers twice as large and shifted by 4.
class NpyFileTest {
    static byte[] resource(String name) throws IOException {
        try (InputStream in = NpyFileTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static NdArray read(String name) throws IOException {
        return NpyFile.read(Input.of(name, resource(name)));
    }

    private static double expected(String type, int i) {
        double value = 0.5 * i - 2;
        return switch (type.charAt(0)) {
            case 'b' -> value > 0 ? 1 : 0;
            case 'u' -> 2 * value + 4;
            case 'i' -> (int) value;
            default -> value;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "b1", "fortran", "version2",
        "version3"})
    void whatNumpyWroteIsRead(String name) throws IOException {
        NdArray array = read(name + ".npy");
        assertArrayEquals(new int[]{2, 3, 2}, array.shape());
        double[] values = array.toVector(Precision.FLOAT64).toArray();
        for (int i = 0; i < 12; i++) {
            assertEquals(expected(name, i), values[i], name + " " + i);
            assertEquals(expected(name, i), array.get(i), name + " " + i);
        }
        assertEquals(3.5, read("f8.npy").toMatrix(Precision.FLOAT32).get(1, 5));
    }

    @Test
    void aNumberAnEmptyArrayAndTheLargestUnsignedNumber() throws IOException {
        assertEquals(2.5, read("scalar.npy").get(0));
        assertEquals(0, read("scalar.npy").shape().length);
        assertThrows(IllegalArgumentException.class, () -> read("scalar.npy").toMatrix(Precision.FLOAT32));
        assertArrayEquals(new int[]{0, 3}, read("empty.npy").shape());
        assertEquals(0, read("empty.npy").size());
        assertEquals(4294967295.0, read("largest-u4.npy").get(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            big-endian.npy | the elements are big-endian ('>f8'), expected little-endian
            objects.npy    | the elements are Python objects (pickled) ('|O'), expected one of
            texts.npy      | the elements are texts ('<U2'), expected one of
            complex.npy    | the elements are complex numbers ('<c16'), expected one of
            records.npy    | the elements are records ([('a', '<f4'), ('b', '<i4')]), expected numbers
            """)
    void otherElementsAreNamed(String name, String complaint) {
        String message = assertThrows(InputException.class, () -> read(name)).getMessage();
        assertTrue(message.startsWith(name + ": " + complaint), message);
    }

    @Test
    void everyTruncationAndOneByteMoreAreNamed() throws IOException {
        byte[] whole = resource("i2.npy");
        for (int length = 0; length <= whole.length + 1; length++) {
            Input cut = Input.of("cut", Arrays.copyOf(whole, length));
            if (length != whole.length) {
                assertTrue(
                        assertThrows(InputException.class, () -> NpyFile.read(cut)).getMessage().startsWith("cut: "));
            }
        }
    }

    /// Replaces parts of the header of an array of twelve doubles.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            (2, 3, 2)        | (9, 9, 9)    | truncated, 96 bytes of data, expected 5832 for F64[9, 9, 9]
            (2, 3, 2)        | (2, 3, 1)    | bytes after the data, expected 48 bytes
            (2, 3, 2)        | (99999999999,) | shape (99999999999,), expected whole numbers below 2^31
            (2, 3, 2)        | (-1, 3)      | shape (-1, 3), expected no negative length
            (2, 3, 2)        | (2, x)       | shape (2, x), expected whole numbers
            (2, 3, 2), }     | (2147483647, 2147483647, 2147483647), } | expected fewer than 2^31 elements
            (2, 3, 2), }     | (2000000000,), } | elements of shape [2000000000]
            (2, 3, 2)        | (300000000,) | elements of shape [300000000]
            'shape'          | 'shope'      | no 'shape' in the header
            'fortran_order'  | 'fortran_odor' | no 'fortran_order' in the header
            False            | Maybe        | no 'fortran_order' in the header
            '<f8'            | '<f3'        | the elements are unknown ('<f3')
            """)
    void aHeaderThatDoesNotFitIsNamed(String part, String other, String complaint) throws IOException {
        byte[] whole = resource("f8.npy");
        String header = new String(whole, 10, 118, StandardCharsets.US_ASCII);
        assertTrue(header.contains(part), header);
        String text = header.replace(part, other).stripTrailing();
        byte[] changed = whole.clone();
        Arrays.fill(changed, 10, 128, (byte) ' ');
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, changed, 10, text.length());
        String message = assertThrows(InputException.class, () -> NpyFile.read(Input.of("f", changed))).getMessage();
        assertTrue(message.startsWith("f: ") && message.contains(complaint), message);
    }

    @Test
    void otherBeginningsVersionsAndLengthsOfTheHeaderAreNamed() throws IOException {
        byte[] whole = resource("f8.npy");
        refused(whole, 0, 'x', "not an array of NumPy");
        refused(whole, 6, 4, "version 4 of NumPy's format");
        refused(whole, 9, 0xff, "header");
        refused(resource("version2.npy"), 11, 0xff, "a header of");
    }

    private static void refused(byte[] whole, int place, int value, String complaint) {
        byte[] changed = whole.clone();
        changed[place] = (byte) value;
        String message = assertThrows(InputException.class, () -> NpyFile.read(Input.of("f", changed))).getMessage();
        assertTrue(message.contains(complaint), message);
    }

    /// NumPy's own header, byte by byte.
    @ParameterizedTest
    @ValueSource(strings = {"f2.npy", "f4.npy", "f8.npy", "i1.npy", "u4.npy", "b1.npy", "empty.npy", "scalar.npy",
        "largest-u4.npy"})
    void whatIsWrittenIsWhatNumpyWrites(String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpyFile.write(out, read(name));
        assertArrayEquals(resource(name), out.toByteArray());
    }
}
