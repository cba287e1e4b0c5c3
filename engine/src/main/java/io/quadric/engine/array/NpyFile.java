package io.quadric.engine.array;

import io.quadric.engine.InputException;
import io.quadric.engine.file.HeapLimit;
import io.quadric.engine.file.Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/// Arrays in NumPy's format `.npy`: little-endian numbers and truth values, in C or Fortran order.
public final class NpyFile {
    private NpyFile() {}

    /// Reads an array.
    ///
    /// @param input the bytes
    /// @return its elements in row-major order
    /// @throws InputException if it is no such array, truncated or too long, or its elements are of another type
    public static NdArray read(Input input) {
        return input.read("an array of NumPy", NpyFile::read);
    }

    static NdArray read(InputStream in) throws IOException {
        NpyHeader header = NpyHeader.read(in);
        int[] shape = header.shape();
        ElementType type = header.type();
        long size = size(shape);
        String what = "elements of shape " + Arrays.toString(shape);
        HeapLimit.require(what, size, type.bytes());
        HeapLimit.require("bytes of " + what, size * type.bytes(), 1);
        int expected = (int) (size * type.bytes());
        byte[] bytes = in.readNBytes(expected);
        if (bytes.length < expected) {
            throw new InputException("truncated, " + bytes.length + " bytes of data, expected " + expected
                    + " for " + type.label() + Arrays.toString(shape));
        }
        if (in.read() >= 0) {
            throw new InputException("bytes after the data, expected " + expected + " bytes for " + type.label()
                    + Arrays.toString(shape));
        }
        return new NdArray(type, shape, header.fortran() ? rowMajor(bytes, shape, type.bytes()) : bytes);
    }

    private static long size(int[] shape) {
        try {
            return NdArray.elements(shape);
        } catch (ArithmeticException e) {
            throw new InputException("shape " + Arrays.toString(shape) + ", expected fewer than 2^31 elements");
        }
    }

    /// Elements of which the first axis runs fastest, in the order in which the last one does.
    private static byte[] rowMajor(byte[] from, int[] shape, int width) {
        byte[] to = new byte[from.length];
        int[] at = new int[shape.length];
        for (int i = 0; i < from.length; i += width) {
            int place = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                place = place * shape[axis] + at[axis];
            }
            System.arraycopy(from, i, to, place * width, width);
            for (int axis = 0; axis < shape.length && ++at[axis] == shape[axis]; axis++) {
                at[axis] = 0;
            }
        }
        return to;
    }

    /// Writes an array, row-major.
    ///
    /// @param out where to; not closed
    /// @param array of any type that NumPy has
    /// @throws IOException if it cannot be written
    /// @throws IllegalArgumentException if NumPy has no such type
    public static void write(OutputStream out, NdArray array) throws IOException {
        if (array.type().numpy().isEmpty()) {
            throw new IllegalArgumentException("NumPy has no type " + array.type().label());
        }
        out.write(new NpyHeader(array.type(), false, array.shape()).toBytes());
        out.write(array.bytes());
    }
}
