package io.quadric.engine.array;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Elements of a MATLAB file one after the other: a tag of a type and a number of bytes, and as many bytes, padded to a
/// multiple of eight. Up to four bytes may lie in the tag itself.
final class MatElements {
    private static final int COMPRESSED = 15;
    private static final int TAG = 8;

    private final InputStream in;
    private final ByteOrder order;
    private int type;
    private int length;
    private byte[] small = new byte[0];

    MatElements(InputStream in, ByteOrder order) {
        this.in = in;
        this.order = order;
    }

    ByteOrder order() {
        return order;
    }

    /// Goes to the next element.
    ///
    /// @return whether there is one
    boolean next() throws IOException {
        byte[] tag = in.readNBytes(TAG);
        if (tag.length == 0) {
            return false;
        }
        if (tag.length < TAG) {
            throw truncated();
        }
        ByteBuffer buffer = ByteBuffer.wrap(tag).order(order);
        int first = buffer.getInt(0);
        boolean isSmall = first >>> 16 != 0;
        type = isSmall ? first & 0xffff : first;
        length = isSmall ? first >>> 16 : buffer.getInt(4);
        if (length < 0 || isSmall && length > 4) {
            throw new InputException("an element of " + (length & 0xffffffffL) + " bytes, expected fewer than 2^31");
        }
        small = isSmall ? Arrays.copyOfRange(tag, 4, 4 + length) : new byte[0];
        return true;
    }

    private static InputException truncated() {
        return new InputException("truncated within an element");
    }

    int type() {
        return type;
    }

    int length() {
        return length;
    }

    /// The bytes of the element; no more memory is taken than is there to be read.
    byte[] bytes() throws IOException {
        if (small.length == length) {
            return small;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw truncated();
        }
        skipPadding();
        return bytes;
    }

    void skip() throws IOException {
        if (small.length < length) {
            in.skipNBytes(length);
            skipPadding();
        }
    }

    private void skipPadding() throws IOException {
        if (type != COMPRESSED) {
            in.readNBytes(-length & 7);
        }
    }
}
