package io.quadric.engine.array;

import io.quadric.engine.InputException;
import io.quadric.engine.file.Input;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// Reads IDX files of unsigned bytes, the format of MNIST: two zero bytes, the element type 8, the number of axes, the
/// length of each axis as a big-endian 32-bit number, the elements. Files named `….gz` are decompressed.
public final class IdxReader {
    private static final int UNSIGNED_BYTE = 8;

    private IdxReader() {}

    /// An array of bytes.
    ///
    /// @param lengths of the axes
    /// @param values row-major
    public record IdxArray(int[] lengths, byte[] values) {}

    /// Reads a file.
    ///
    /// @param file plain or `.gz`
    /// @param axes how many axes the array must have
    /// @return the array
    /// @throws InputException if the file is missing, not IDX, truncated or too long, or has another number of axes
    public static IdxArray read(Path file, int axes) {
        return Input.of(file).read("an IDX file", in -> {
            int[] lengths = header(in, axes);
            return new IdxArray(lengths, elements(in, lengths));
        });
    }

    private static int[] header(InputStream in, int axes) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(4 * (axes + 1)));
        int expected = UNSIGNED_BYTE << 8 | axes;
        if (header.remaining() >= 4) {
            int magic = header.getInt(0);
            if (magic != expected) {
                throw new InputException(
                        "magic number " + hex(magic) + ", expected " + hex(expected) + " (IDX, "
                                + "unsigned bytes, " + axes + (axes == 1 ? " axis)" : " axes)"));
            }
        }
        if (header.remaining() == 0) {
            throw new InputException("the file is empty, expected an IDX file");
        }
        if (header.remaining() < 4 * (axes + 1)) {
            throw new InputException(
                    "truncated header of " + header.remaining() + " bytes, expected " + 4 * (axes + 1));
        }
        int[] lengths = new int[axes];
        for (int i = 0; i < axes; i++) {
            lengths[i] = header.getInt(4 * (i + 1));
            if (lengths[i] < 1) {
                throw new InputException(
                        "length " + lengths[i] + " of axis " + i + ", expected at least 1");
            }
        }
        return lengths;
    }

    private static String hex(int magic) {
        return String.format(Locale.ROOT, "0x%08x", magic);
    }

    private static byte[] elements(InputStream in, int[] lengths) throws IOException {
        long expected = 1;
        for (int length : lengths) {
            expected *= length;
            if (expected > Integer.MAX_VALUE - 8) {
                throw new InputException(
                        "" + Arrays.toString(lengths) + " elements, expected fewer than 2^31");
            }
        }
        byte[] values = in.readNBytes((int) expected);
        if (values.length < expected) {
            throw new InputException("truncated, " + values.length + " bytes of data, expected " + expected
                    + " for " + Arrays.toString(lengths));
        }
        if (in.read() >= 0) {
            throw new InputException("bytes after the data, expected " + expected + " bytes of data for "
                    + Arrays.toString(lengths));
        }
        return values;
    }
}
