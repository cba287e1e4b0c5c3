package io.quadric.linalg;

import io.quadric.linalg.internal.Kernels;
import java.util.Objects;

/// A view of consecutive elements of an array: writes go through to the array.
///
/// The arithmetic verbs run on the calling thread. Sizes and precisions must agree, and operands may not overlap
/// unless they are the same elements in the same order.
public final class Vector {
    private final Precision precision;
    private final Object array;
    private final int offset;
    private final int size;

    Vector(Precision precision, Object array, int offset, int size) {
        this.precision = precision;
        this.array = array;
        this.offset = offset;
        this.size = size;
    }

    /// A new vector of zeros.
    ///
    /// @throws IllegalArgumentException if `size` is negative
    public static Vector zeros(Precision precision, int size) {
        Shapes.requireNotNegative("size", size);
        return new Vector(precision, precision.allocate(size), 0, size);
    }

    /// A view of the whole array, FLOAT64.
    public static Vector of(double... values) {
        return new Vector(Precision.FLOAT64, values, 0, values.length);
    }

    /// A view of the whole array, FLOAT32.
    public static Vector of(float... values) {
        return new Vector(Precision.FLOAT32, values, 0, values.length);
    }

    /// The element type.
    public Precision precision() {
        return precision;
    }

    /// The number of elements.
    public int size() {
        return size;
    }

    /// The index of element 0 in the backing array.
    public int offset() {
        return offset;
    }

    /// The backing array itself, not a copy.
    ///
    /// @throws IllegalStateException if the precision is not FLOAT64
    public double[] doubles() {
        return Shapes.doubles(precision, array);
    }

    /// The backing array itself, not a copy.
    ///
    /// @throws IllegalStateException if the precision is not FLOAT32
    public float[] floats() {
        return Shapes.floats(precision, array);
    }

    /// Element `i`; for tests and single values, never for loops over data.
    public double get(int i) {
        Objects.checkIndex(i, size);
        return precision == Precision.FLOAT64 ? doubles()[offset + i] : floats()[offset + i];
    }

    /// Sets element `i`, rounding to the precision.
    public void set(int i, double value) {
        Objects.checkIndex(i, size);
        if (precision == Precision.FLOAT64) {
            doubles()[offset + i] = value;
        } else {
            floats()[offset + i] = (float) value;
        }
    }

    /// The view of elements `from` (inclusive) to `to` (exclusive).
    public Vector slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        return new Vector(precision, array, offset + from, to - from);
    }

    /// The same elements as a row-major matrix.
    ///
    /// @throws IllegalArgumentException if `rows · columns` is not the size
    public Matrix asMatrix(int rows, int columns) {
        if ((long) rows * columns != size || rows < 0) {
            throw new IllegalArgumentException(
                    "a vector of " + size + " elements cannot be viewed as " + rows + " × " + columns);
        }
        return new Matrix(this, rows, columns, columns);
    }

    /// The same elements as one row.
    public Matrix asRow() {
        return new Matrix(this, 1, size, size);
    }

    /// A new vector with the same elements, in the given precision.
    public Vector copy(Precision target) {
        Vector copy = zeros(target, size);
        copy.copyFrom(this);
        return copy;
    }

    /// A new vector with the same elements.
    public Vector copy() {
        return copy(precision);
    }

    /// The elements as a new array, widened to double.
    public double[] toArray() {
        return copy(Precision.FLOAT64).doubles();
    }

    /// Sets every element to `value`.
    public Vector fill(double value) {
        kernels().fill(value, asRow());
        return this;
    }

    /// Copies the elements of `x`, converting the precision where it differs.
    public Vector copyFrom(Vector x) {
        Shapes.requireSameSize("copyFrom", x.size, size);
        Shapes.copy(x.asRow(), asRow());
        return this;
    }

    /// this ← a · this
    public Vector scale(double a) {
        kernels().scale(a, asRow());
        return this;
    }

    /// this ← this + a · x
    public Vector axpy(double a, Vector x) {
        return axpby(a, x, 1);
    }

    /// this ← a · x + b · this; with b = 0 the old elements are not read.
    public Vector axpby(double a, Vector x, double b) {
        requireLike("axpby", x);
        kernels().axpby(a, x.asRow(), b, asRow());
        return this;
    }

    /// xᵀ · this, accumulated in double.
    public double dot(Vector x) {
        requireLike("dot", x);
        return kernels().dot(x.asRow(), asRow());
    }

    /// The Euclidean norm, without overflow for elements of any finite size.
    public double norm() {
        return kernels().norm(asRow());
    }

    /// The sum of the elements, accumulated in double.
    public double sum() {
        return kernels().sum(asRow());
    }

    /// Whether no element is infinite or NaN.
    public boolean isFinite() {
        return kernels().isFinite(asRow());
    }

    @Override
    public String toString() {
        return "Vector[" + size + ", " + precision + "]";
    }

    Object array() {
        return array;
    }

    private Kernels kernels() {
        return Kernels.of(precision);
    }

    private void requireLike(String operation, Vector x) {
        Shapes.requireSameSize(operation, x.size, size);
        Shapes.requireSamePrecision(operation, x.precision, precision);
    }
}
