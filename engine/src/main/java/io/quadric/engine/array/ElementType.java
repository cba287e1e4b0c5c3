package io.quadric.engine.array;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// The type of an array's elements, with its name in safetensors and in NumPy; all are little-endian. Their order is
/// that in which safetensors sorts them: small elements first.
public enum ElementType {
    /// A truth value, a byte 0 or 1.
    BOOL("BOOL", "b1", 1),
    /// An unsigned byte.
    U8("U8", "u1", 1),
    /// A signed byte.
    I8("I8", "i1", 1),
    /// A signed 16-bit number.
    I16("I16", "i2", 2),
    /// An unsigned 16-bit number.
    U16("U16", "u2", 2),
    /// An IEEE 754 number of 16 bits.
    F16("F16", "f2", 2),
    /// The upper half of an [#F32]; NumPy has no such type.
    BF16("BF16", "", 2),
    /// A signed 32-bit number.
    I32("I32", "i4", 4),
    /// An unsigned 32-bit number.
    U32("U32", "u4", 4),
    /// An IEEE 754 number of 32 bits, a float.
    F32("F32", "f4", 4),
    /// An IEEE 754 number of 64 bits, a double.
    F64("F64", "f8", 8),
    /// A signed 64-bit number; beyond 2⁵³ the nearest double is read.
    I64("I64", "i8", 8);

    private final String label;
    private final String numpy;
    private final int bytes;

    ElementType(String label, String numpy, int bytes) {
        this.label = label;
        this.numpy = numpy;
        this.bytes = bytes;
    }

    /// {@return its name in safetensors}
    public String label() {
        return label;
    }

    /// {@return the bytes of an element}
    public int bytes() {
        return bytes;
    }

    /// Its name in NumPy after the sign of the byte order.
    String numpy() {
        return numpy;
    }

    /// The type of that name in safetensors.
    static Optional<ElementType> labelled(String label) {
        return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
    }

    /// The type of that name in NumPy, without the sign of the byte order.
    static Optional<ElementType> ofNumpy(String name) {
        return Arrays.stream(values()).filter(type -> !name.isEmpty() && type.numpy.equals(name)).findFirst();
    }

    /// Element `i` of little-endian bytes.
    double get(ByteBuffer from, int i) {
        int at = i * bytes;
        return switch (this) {
            case BOOL -> from.get(at) == 0 ? 0 : 1;
            case U8 -> from.get(at) & 0xff;
            case I8 -> from.get(at);
            case U16 -> from.getShort(at) & 0xffff;
            case I16 -> from.getShort(at);
            case U32 -> from.getInt(at) & 0xffff_ffffL;
            case I32 -> from.getInt(at);
            case I64 -> from.getLong(at);
            case F16 -> Float.float16ToFloat(from.getShort(at));
            case BF16 -> Float.intBitsToFloat(from.getShort(at) << 16);
            case F32 -> from.getFloat(at);
            case F64 -> from.getDouble(at);
        };
    }
}
