package io.quadric.engine.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.file.Input;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
    private static byte[] written(Safetensors contents) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafetensorsFile.write(out, contents);
        return out.toByteArray();
    }

    private static Safetensors read(byte[] bytes) {
        return SafetensorsFile.read(Input.of("f", bytes));
    }

    private static byte[] file(String header, int data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text)
                .array();
    }

    /// The file was made by the library safetensors, by `make_arrays.py` beside it.
    @Test
    void whatTheReferenceWroteIsReadAndWrittenTheSame() throws IOException {
        Safetensors contents = read(NpyFileTest.resource("reference.safetensors"));
        assertEquals(Map.of("made by", "safetensors"), contents.metadata());
        assertEquals(List.of("0.bias", "0.weight", "count", "half", "mask"), List.copyOf(contents.tensors().keySet()));
        assertEquals("F32[3, 2]", contents.tensors().get("0.weight").toString());
        assertArrayEquals(new double[]{-2, -1.5, -1, -0.5, 0, 0.5},
                contents.tensors().get("0.weight").toVector(Precision.FLOAT64).toArray());
        assertEquals(-1.5, contents.tensors().get("0.bias").get(1));
        assertEquals(1.5, contents.tensors().get("half").get(0));
        assertEquals(7, contents.tensors().get("count").get(0));
        assertEquals(1, contents.tensors().get("mask").get(2));
        assertArrayEquals(NpyFileTest.resource("reference.safetensors"), written(contents));
    }

    @Test
    void whatIsWrittenIsReadAndAlignedToEightBytes() throws IOException {
        Random random = new Random(3);
        for (int run = 0; run < 50; run++) {
            Map<String, NdArray> tensors = new TreeMap<>();
            for (int k = random.nextInt(6); k > 0; k--) {
                ElementType type = ElementType.values()[random.nextInt(ElementType.values().length)];
                int[] shape = random.ints(random.nextInt(4), 0, 4).toArray();
                byte[] bytes = new byte[(int) NdArray.elements(shape) * type.bytes()];
                random.nextBytes(bytes);
                tensors.put("t" + k + random.nextInt(3), new NdArray(type, shape, bytes));
            }
            Safetensors contents = new Safetensors(Map.of("k", "ü\n" + run), tensors);
            byte[] bytes = written(contents);
            assertEquals(0, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8);
            assertEquals(contents, read(bytes));
            assertArrayEquals(bytes, written(read(bytes)));
        }
    }

    @Test
    void halvesAreRead() {
        byte[] bytes = {(byte) 0x80, 0x3f, 0, (byte) 0xc0};
        NdArray array = new NdArray(ElementType.BF16, new int[]{2}, bytes);
        assertArrayEquals(new double[]{1, -2}, array.toVector(Precision.FLOAT32).toArray());
        assertThrows(IllegalArgumentException.class, () -> NdArray.of(Vector.of(1.0, 2), 3));
        assertThrows(IllegalArgumentException.class,
                () -> new Safetensors(Map.of(), Map.of("__metadata__", array)));
    }

    @Test
    void everyTruncationAndOneByteMoreAreNamed() throws IOException {
        byte[] whole = NpyFileTest.resource("reference.safetensors");
        for (int length = 0; length <= whole.length + 1; length++) {
            if (length != whole.length) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertTrue(assertThrows(InputException.class, () -> read(cut)).getMessage().startsWith("f: "));
            }
        }
    }

    /// Tensors as `name type shape offsets`.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a F32 [2] [0,4]              | expected 8 bytes for F32[2]
            a F32 [1] [4,8]              | tensor a begins at byte 4, expected 0
            a F32 [2] [0,8] b F32 [1] [4,8] | tensor b begins at byte 4, expected 8
            a F32 [2] [0,8] a F32 [2] [0,8] | two members 'a'
            a C64 [1] [0,8]              | "C64" at a.dtype, expected one of BOOL, U8
            a F32 [-1] [0,8]             | -1 at a.shape[0], expected a whole number
            a F32 [99999999999] [0,8]    | expected a whole number from 0 to
            a F32 [2147483647,2147483647,2147483647] [0,8] | fewer than 2^31
            a F32 [2147483647] [0,8589934588] | more than a Java array holds
            a F64 [200000000] [0,1600000000] | at most a third of the heap
            a F32 [2] [0,8,9]            | where the tensor begins and ends
            """)
    void tensorsThatDoNotFitAreNamed(String tensors, String complaint) {
        String[] words = tensors.split(" ");
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < words.length; i += 4) {
            header.append(i == 0 ? "" : ",").append(String.format(
                    "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}",
                    words[i], words[i + 1], words[i + 2], words[i + 3]));
        }
        headerIsRefused(header.append("}").toString(), complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a":{"dtype":"F32","shape":[2]}} | member 'data_offsets' is missing at a
            {"a":{"dtype":"F32","more":1}}    | unknown member 'more' at a
            {"a":7}                           | 7 at a, expected an object
            {"__metadata__":{"a":1}}          | expected a string
            [1,2]                             | does not begin with '{'
            {"a":                             | not JSON
            """)
    void otherHeadersAreNamed(String header, String complaint) {
        headerIsRefused(header, complaint);
    }

    private static void headerIsRefused(String header, String complaint) {
        String message = assertThrows(InputException.class, () -> read(file(header, 8))).getMessage();
        assertTrue(message.startsWith("f: ") && message.contains(complaint), message);
    }

    @Test
    void lengthsOfTheHeaderBeyondAllReasonAreNamed() {
        for (long length : new long[]{-1, 0, 1, 100_000_001, Long.MAX_VALUE}) {
            byte[] bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
            String message = assertThrows(InputException.class, () -> read(bytes)).getMessage();
            assertTrue(message.contains("expected 2 to 100000000"), message);
        }
    }
}
