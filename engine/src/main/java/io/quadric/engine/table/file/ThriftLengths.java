package io.quadric.engine.table.file;

import io.quadric.engine.table.file.ThriftLists.Element;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// A struct in Thrift's compact protocol, passed over: what it says of the lengths of its parts must fit into the
/// bytes that there are, and elements of lists must be of the type that is read from there, whatever the list says.
/// Hardwood 1.0.1 makes an array of a length before it looks, and does not look at the types of elements.
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
    /// @param lists what its lists hold
    /// @throws EOFException if the buffer ends before it
    /// @throws IOException if it is none
    static void check(ByteBuffer bytes, ThriftLists lists) throws IOException {
        try {
            new ThriftLengths(bytes.duplicate()).struct(lists, 0);
        } catch (BufferUnderflowException e) {
            throw new EOFException("a part is longer than what it is in");
        }
    }

    private void struct(ThriftLists lists, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("parts within parts, more than " + DEEPEST + " deep");
        }
        short field = 0;
        for (int head = from.get(); head != 0; head = from.get()) {
            int step = head >> 4 & 0xf;
            field = (short) (step == 0 ? zigzag() : field + step);
            if ((head & 0xf) > 2) { // booleans are in the head
                value(head & 0xf, lists.of(field), depth);
            }
        }
    }

    private void value(int type, Element element, int depth) throws IOException {
        switch (type) {
            case 3 -> from.get();
            case 4, 5, 6 -> varint();
            case 7 -> pass(Double.BYTES);
            case 8 -> pass(varint());
            case 9, 10 -> list(element, depth + 1);
            case 11 -> map(depth + 1);
            case 12 -> struct(element.lists(), depth + 1);
            default -> throw new IOException("no type " + type);
        }
    }

    private void list(Element element, int depth) throws IOException {
        int head = from.get();
        int type = head & 0xf;
        long size = (head & 0xf0) == 0xf0 ? varint() : head >> 4 & 0xf;
        fits(size);
        if (size > 0 && element.type() != 0 && type != element.type()) {
            throw new IOException("a list of type " + type + ", expected " + element.type());
        }
        for (long i = 0; i < size; i++) {
            value(type, element, depth);
        }
    }

    private void map(int depth) throws IOException {
        long size = varint();
        int types = size == 0 ? 0 : from.get();
        for (long i = 0; i < size; i++) {
            value(types >> 4 & 0xf, Element.ANY, depth);
            value(types & 0xf, Element.ANY, depth);
        }
    }

    private long zigzag() throws IOException {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
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
