package io.quadric.engine.array;

import io.quadric.engine.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// An array of real numbers from a file of MATLAB.
///
/// @param name of the variable
/// @param lengths of the axes
/// @param values as stored, the first axis the fastest
public record MatArray(String name, int[] lengths, Values values) {
    private static final int FIRST_NUMERIC = 6;
    private static final int LAST_NUMERIC = 15;
    private static final int COMPLEX = 0x0800;

    /// Numbers as they are stored, often in a smaller type than that of the variable.
    ///
    /// @param type by its number in the format: bytes 1 and 2, 16 bits 3 and 4, 32 bits 5 and 6, each without a sign
    ///     after that with one; float 7, double 9; 64 bits 12 and 13
    /// @param bytes of all of them
    /// @param order of the bytes
    public record Values(int type, byte[] bytes, ByteOrder order) {
        int width() {
            return switch (type) {
                case 1, 2 -> 1;
                case 3, 4 -> 2;
                case 5, 6, 7 -> 4;
                case 9, 12, 13 -> 8;
                default -> 0;
            };
        }

        double get(int i) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
            int at = i * width();
            return switch (type) {
                case 1 -> buffer.get(at);
                case 2 -> buffer.get(at) & 0xff;
                case 3 -> buffer.getShort(at);
                case 4 -> buffer.getShort(at) & 0xffff;
                case 5 -> buffer.getInt(at);
                case 6 -> buffer.getInt(at) & 0xffffffffL;
                case 7 -> buffer.getFloat(at);
                case 9 -> buffer.getDouble(at);
                case 12 -> buffer.getLong(at);
                default -> Double.parseDouble(Long.toUnsignedString(buffer.getLong(at)));
            };
        }
    }

    /// Reads an array, if its name is wanted.
    static Optional<MatArray> read(MatElements element, Set<String> wanted) throws IOException {
        MatElements parts = new MatElements(new ByteArrayInputStream(element.bytes()), element.order());
        byte[] flags = part(parts, "flags");
        int[] lengths = lengths(part(parts, "lengths"), element.order());
        String name = new String(part(parts, "name"), StandardCharsets.ISO_8859_1);
        if (!wanted.contains(name)) {
            return Optional.empty();
        }
        int kind = flags.length < 4 ? 0 : ByteBuffer.wrap(flags).order(element.order()).getInt(0);
        if ((kind & 0xff) < FIRST_NUMERIC || (kind & 0xff) > LAST_NUMERIC || (kind & COMPLEX) != 0) {
            throw new InputException("the array '" + name + "' is not of real numbers, expected it to be");
        }
        byte[] bytes = part(parts, "numbers");
        Values values = new Values(parts.type(), bytes, element.order());
        long count = count(name, lengths);
        if (values.width() == 0 || bytes.length != count * values.width()) {
            throw new InputException("the array '" + name + "' of " + Arrays.toString(lengths) + " numbers has "
                    + bytes.length + " bytes of the type " + parts.type());
        }
        return Optional.of(new MatArray(name, lengths, values));
    }

    private static byte[] part(MatElements parts, String what) throws IOException {
        if (!parts.next()) {
            throw new InputException("an array without " + what);
        }
        return parts.bytes();
    }

    private static int[] lengths(byte[] bytes, ByteOrder order) {
        int[] lengths = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).order(order).asIntBuffer().get(lengths);
        return lengths;
    }

    private static long count(String name, int[] lengths) {
        long count = 1;
        for (int length : lengths) {
            count *= length;
            if (length < 0 || count > Integer.MAX_VALUE) {
                throw new InputException("the array '" + name + "' of " + Arrays.toString(lengths)
                        + " numbers, expected fewer than 2^31");
            }
        }
        return lengths.length == 0 ? 0 : count;
    }

    /// {@return how many numbers there are}
    public int size() {
        return values.bytes().length / values.width();
    }

    /// {@return a number by its place, the first axis the fastest}
    ///
    /// @param i from 0
    public double get(int i) {
        return values.get(i);
    }

    /// {@return whether the numbers are stored as bytes without a sign}
    public boolean isBytes() {
        return values.type() == 2;
    }
}
