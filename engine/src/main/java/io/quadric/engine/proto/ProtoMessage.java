package io.quadric.engine.proto;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A message in the wire format of Protocol Buffers: fields one after the other, each with its number and the kind of
/// what follows, which is a variable-length number, eight or four bytes, or a length with as many bytes.
public final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int EIGHT = 1;
    private static final int BYTES = 2;
    private static final int FOUR = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// An empty message.
    public ProtoMessage() {}

    /// Adds a whole number.
    ///
    /// @param field its number
    /// @param value the number
    /// @return this
    public ProtoMessage number(int field, long value) {
        key(field, VARINT);
        varint(value);
        return this;
    }

    /// Adds a number of single precision.
    ///
    /// @param field its number
    /// @param value the number
    /// @return this
    public ProtoMessage real(int field, float value) {
        key(field, FOUR);
        littleEndian(Float.floatToIntBits(value), Float.SIZE);
        return this;
    }

    /// Adds a number of double precision.
    ///
    /// @param field its number
    /// @param value the number
    /// @return this
    public ProtoMessage real64(int field, double value) {
        key(field, EIGHT);
        littleEndian(Double.doubleToLongBits(value), Double.SIZE);
        return this;
    }

    private void littleEndian(long bits, int size) {
        for (int shift = 0; shift < size; shift += 8) {
            out.write((int) (bits >>> shift));
        }
    }

    /// Adds bytes.
    ///
    /// @param field its number
    /// @param value the bytes
    /// @return this
    public ProtoMessage bytes(int field, byte[] value) {
        key(field, BYTES);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /// Adds a text.
    ///
    /// @param field its number
    /// @param value the text, which is written in UTF-8
    /// @return this
    public ProtoMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /// Adds a message.
    ///
    /// @param field its number
    /// @param value the message
    /// @return this
    public ProtoMessage message(int field, ProtoMessage value) {
        return bytes(field, value.toByteArray());
    }

    private void key(int field, int kind) {
        varint((long) field << 3 | kind);
    }

    /// Seven bits a byte, the lowest first; all but the last have the eighth bit.
    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /// {@return the message so far}
    public byte[] toByteArray() {
        return out.toByteArray();
    }
}
