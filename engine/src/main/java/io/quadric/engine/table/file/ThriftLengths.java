package io.quadric.engine.table.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// A struct in Thrift's compact protocol, passed over: what it says of the lengths of its parts must fit into the
/// bytes that there are. Hardwood 1.0.1 makes an array of a length before it looks.
///
/// Source: Apache Thrift, "Thrift Compact protocol encoding".
final class ThriftLengths {
    private static final int DEEPEST = 32;
    private static final int LONGEST_VARINT = 10;

    private final ByteBuffer from;

    private ThriftLengths(ByteBuffer from) {
        this.from = from;
    }

    /// Looks at a struct that begins where the buffer does.
    ///
    /// @throws EOFException if the buffer ends before it
    /// @throws IOException if it is none
    static void check(ByteBuffer bytes) throws IOException {
        try {
            new ThriftLengths(bytes.duplicate()).struct(0);
        } catch (BufferUnderflowException e) {
            throw new EOFException("a part is longer than what it is in");
        }
    }

    private void struct(int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("parts within parts, more than " + DEEPEST + " deep");
        }
        for (int head = from.get(); head != 0; head = from.get()) {
            if ((head & 0xf0) == 0) {
                varint();
            }
            if ((head & 0xf) > 2) { // booleans are in the head
                value(head & 0xf, depth);
            }
        }
    }

    private void value(int type, int depth) throws IOException {
        switch (type) {
            case 1, 2, 3 -> from.get();
            case 4, 5, 6 -> varint();
            case 7 -> pass(Double.BYTES);
            case 8 -> pass(varint());
            case 9, 10 -> list(depth + 1);
            case 11 -> map(depth + 1);
            case 12 -> struct(depth + 1);
            default -> throw new IOException("no type " + type);
        }
    }

    private void list(int depth) throws IOException {
        int head = from.get();
        long size = (head & 0xf0) == 0xf0 ? varint() : head >> 4 & 0xf;
        fits(size);
        for (long i = 0; i < size; i++) {
            value(head & 0xf, depth);
        }
    }

    private void map(int depth) throws IOException {
        long size = varint();
        int types = size == 0 ? 0 : from.get();
        for (long i = 0; i < size; i++) {
            value(types >> 4 & 0xf, depth);
            value(types & 0xf, depth);
        }
    }

    private void pass(long bytes) {
        fits(bytes);
        from.position(from.position() + (int) bytes);
    }

    private void fits(long bytes) {
        if (bytes < 0 || bytes > from.remaining()) {
            throw new BufferUnderflowException();
        }
    }

    /// Seven bits a byte, the lowest first.
    private long varint() throws IOException {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            byte next = from.get();
            value |= (next & 0x7fL) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number of more than " + LONGEST_VARINT + " bytes");
    }
}
