package io.quadric.engine.array;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/// An array of any number of axes, its elements in row-major order.
public final class NdArray {
    private final ElementType type;
    private final int[] shape;
    private final ByteBuffer elements;

    /// Of little-endian bytes.
    NdArray(ElementType type, int[] shape, byte[] elements) {
        this.type = type;
        this.shape = shape.clone();
        this.elements = ByteBuffer.wrap(elements).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// {@return a copy of a vector, with a shape}
    ///
    /// @param values row-major
    /// @param shape lengths of the axes
    /// @throws IllegalArgumentException if the shape has more or fewer elements
    public static NdArray of(Vector values, int... shape) {
        if (elements(shape) != values.size()) {
            throw new IllegalArgumentException(values.size() + " elements for the shape " + Arrays.toString(shape));
        }
        ElementType type = values.precision() == Precision.FLOAT32 ? ElementType.F32 : ElementType.F64;
        NdArray array = new NdArray(type, shape, new byte[Math.multiplyExact(values.size(), type.bytes())]);
        switch (values.precision()) {
            case FLOAT32 -> array.elements.asFloatBuffer().put(values.floats(), values.offset(), values.size());
            case FLOAT64 -> array.elements.asDoubleBuffer().put(values.doubles(), values.offset(), values.size());
        }
        return array;
    }

    /// {@return a copy of a matrix}
    ///
    /// @param values rows and columns become the two axes
    public static NdArray of(Matrix values) {
        Matrix packed = values.isContiguous() ? values : values.copy();
        return of(packed.flat(), values.rows(), values.columns());
    }

    static long elements(int[] shape) {
        long count = 1;
        for (int length : shape) {
            count = Math.multiplyExact(count, length);
        }
        return count;
    }

    /// {@return the type of the elements}
    public ElementType type() {
        return type;
    }

    /// {@return the lengths of the axes; none for a single number}
    public int[] shape() {
        return shape.clone();
    }

    /// {@return the number of elements}
    public int size() {
        return elements.capacity() / type.bytes();
    }

    /// {@return an element as a double}
    ///
    /// @param i its place in row-major order
    public double get(int i) {
        return type.get(elements, Objects.checkIndex(i, size()));
    }

    /// {@return all elements in row-major order}
    ///
    /// @param precision they are rounded to
    public Vector toVector(Precision precision) {
        Vector values = Vector.zeros(precision, size());
        switch (precision) {
            case FLOAT32 -> {
                for (int i = 0; i < values.size(); i++) {
                    values.floats()[i] = (float) type.get(elements, i);
                }
            }
            case FLOAT64 -> {
                for (int i = 0; i < values.size(); i++) {
                    values.doubles()[i] = type.get(elements, i);
                }
            }
        }
        return values;
    }

    /// {@return a row for each place of the first axis, the others one after the other in it; one axis is a column}
    ///
    /// @param precision the elements are rounded to
    /// @throws IllegalArgumentException if there is no axis
    public Matrix toMatrix(Precision precision) {
        if (shape.length == 0) {
            throw new IllegalArgumentException("a single number, expected an array with at least one axis");
        }
        int columns = shape[0] == 0 ? 0 : size() / shape[0];
        return toVector(precision).asMatrix(shape[0], columns);
    }

    /// {@return the little-endian bytes of the elements, not a copy}
    public byte[] bytes() {
        return elements.array();
    }

    /// {@return whether type, shape and all bits are the same}
    @Override
    public boolean equals(Object other) {
        return other instanceof NdArray that
                && type == that.type
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, Arrays.hashCode(shape), Arrays.hashCode(bytes()));
    }

    @Override
    public String toString() {
        return type.label() + Arrays.toString(shape);
    }
}
