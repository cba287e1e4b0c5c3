package io.quadric.linalg;

import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.Kernels;
import java.util.Objects;

/// A view of consecutive elements of an array: writes go through to the array.
///
/// Arithmetic runs on the calling thread. Sizes and precisions of operands must agree, and operands may not overlap
/// unless they are the same elements in the same order.
public final class Vector {
    /// The number of elements that stay in the first-level cache between two passes over them.
    private static final int PIECE = 1024;

    private final Precision precision;
    private final Object array;
    private final int offset;
    private final int size;
    private final Lifetime lifetime;

    Vector(Precision precision, Object array, int offset, int size, Lifetime lifetime) {
        this.precision = precision;
        this.array = array;
        this.offset = offset;
        this.size = size;
        this.lifetime = lifetime;
    }

    private Vector(Precision precision, Object array, int size) {
        this(precision, array, 0, size, Lifetime.UNLIMITED);
    }

    /// The same elements, until a frame is closed.
    Vector lent(Lifetime until) {
        return new Vector(precision, array, offset, size, until);
    }

    /// {@return a new vector of zeros}
    ///
    /// @param precision the element type
    /// @param size the number of elements
    /// @throws IllegalArgumentException if `size` is negative
    public static Vector zeros(Precision precision, int size) {
        Shapes.requireNotNegative("size", size);
        return new Vector(precision, precision.allocate(size), size);
    }

    /// {@return a view of the whole array, FLOAT64}; numbers of any other type that are listed as arguments become
    /// doubles.
    ///
    /// @param values the elements
    public static Vector of(double... values) {
        return new Vector(Precision.FLOAT64, values, values.length);
    }

    /// {@return a view of the whole array, FLOAT32}
    ///
    /// @param values the elements
    public static Vector of(float[] values) {
        return new Vector(Precision.FLOAT32, values, values.length);
    }

    /// {@return the element type}
    public Precision precision() {
        return precision;
    }

    /// {@return the number of elements}
    public int size() {
        return size;
    }

    /// {@return the index of element 0 in the backing array}
    public int offset() {
        return offset;
    }

    /// {@return the backing array itself, not a copy}
    ///
    /// @throws IllegalStateException if the precision is not FLOAT64, or this is scratch of a frame that is closed
    public double[] doubles() {
        lifetime.requireNotEnded();
        return Shapes.doubles(precision, array);
    }

    /// {@return the backing array itself, not a copy}
    ///
    /// @throws IllegalStateException if the precision is not FLOAT32, or this is scratch of a frame that is closed
    public float[] floats() {
        lifetime.requireNotEnded();
        return Shapes.floats(precision, array);
    }

    /// {@return element `i`}; meant for tests and single values, not for loops over data.
    ///
    /// @param i the index, from 0
    public double get(int i) {
        Objects.checkIndex(i, size);
        return precision == Precision.FLOAT64 ? doubles()[offset + i] : floats()[offset + i];
    }

    /// Sets element `i`, rounding to the precision.
    ///
    /// @param i the index, from 0
    /// @param value the new value
    public void set(int i, double value) {
        Objects.checkIndex(i, size);
        if (precision == Precision.FLOAT64) {
            doubles()[offset + i] = value;
        } else {
            floats()[offset + i] = (float) value;
        }
    }

    /// {@return the view of elements `from` (inclusive) to `to` (exclusive)}
    ///
    /// @param from the first
    /// @param to the end, exclusive
    public Vector slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        return new Vector(precision, array, offset + from, to - from, lifetime);
    }

    /// {@return the same elements as a row-major matrix}
    ///
    /// @param rows the number of rows
    /// @param columns the number of columns
    /// @throws IllegalArgumentException if `rows · columns` is not the size
    public Matrix asMatrix(int rows, int columns) {
        if ((long) rows * columns != size || rows < 0) {
            throw new IllegalArgumentException(
                    "a vector of " + size + " elements cannot be viewed as " + rows + " × " + columns);
        }
        return new Matrix(this, rows, columns, columns);
    }

    /// {@return the same elements as one row}
    public Matrix asRow() {
        return new Matrix(this, 1, size, size);
    }

    /// {@return a matrix each of whose rows is this vector}, as an operand of elementwise passes; it must not be
    /// written to.
    ///
    /// @param rows the number of rows
    public Matrix repeated(int rows) {
        return new Matrix(this, rows, size, 0);
    }

    /// {@return a new vector with the same elements, in the given precision}
    ///
    /// @param target the element type of the copy
    public Vector copy(Precision target) {
        Vector copy = zeros(target, size);
        copy.copyFrom(this);
        return copy;
    }

    /// {@return a new vector with the same elements}
    public Vector copy() {
        return copy(precision);
    }

    /// {@return the elements as a new array, widened to double}
    public double[] toArray() {
        return copy(Precision.FLOAT64).doubles();
    }

    /// {@return the elements as a new array, rounded to float}
    public float[] toFloatArray() {
        return copy(Precision.FLOAT32).floats();
    }

    /// Sets every element to `value`.
    ///
    /// @param value the new value
    /// @return this
    public Vector fill(double value) {
        kernels().fill(value, asRow());
        return this;
    }

    /// Copies the elements of `x`, converting the precision where it differs.
    ///
    /// @param x as many elements
    /// @return this
    /// @throws IllegalArgumentException if sizes differ
    public Vector copyFrom(Vector x) {
        Shapes.requireSameSize("copyFrom", x.size, size);
        Shapes.copy(x.asRow(), asRow());
        return this;
    }

    /// this ← a · this
    ///
    /// @param a the factor
    /// @return this
    public Vector scale(double a) {
        kernels().scale(a, asRow());
        return this;
    }

    /// this ← this + a · x
    ///
    /// @param a the factor of x
    /// @param x as many elements, of the same precision
    /// @return this
    /// @throws IllegalArgumentException if sizes or precisions differ, or vectors overlap without being the same
    public Vector axpy(double a, Vector x) {
        return axpby(a, x, 1);
    }

    /// this ← a · x + b · this; with b = 0 the old elements are not read. Where b is between −1 and 1, and not 0,
    /// results that are no normal numbers become 0.
    ///
    /// @param a the factor of x
    /// @param x as many elements, of the same precision
    /// @param b the factor of this vector
    /// @return this
    /// @throws IllegalArgumentException if sizes or precisions differ, or vectors overlap without being the same
    public Vector axpby(double a, Vector x, double b) {
        requireLike("axpby", x);
        requireApart("axpby", x);
        kernels().axpby(a, x.asRow(), b, asRow());
        return this;
    }

    /// {@return xᵀ · this, accumulated in double}
    ///
    /// @param x as many elements, of the same precision
    /// @throws IllegalArgumentException if sizes or precisions differ
    public double dot(Vector x) {
        requireLike("dot", x);
        return kernels().dot(x.asRow(), asRow());
    }

    /// this ← this + a · x, together with a dot product in the same pass.
    ///
    /// @param a the factor of x
    /// @param x as many elements, of the same precision
    /// @param z as many elements, of the same precision; it may be this vector
    /// @return zᵀ · this after the update, accumulated in double
    /// @throws IllegalArgumentException if sizes or precisions differ, or vectors overlap without being the same
    public double axpyDot(double a, Vector x, Vector z) {
        requireLike("axpyDot", x);
        requireLike("axpyDot", z);
        requireApart("axpyDot", x);
        requireApart("axpyDot", z);
        Kernels kernels = kernels();
        double sum = 0;
        for (int from = 0; from < size; from += PIECE) {
            int to = Math.min(size, from + PIECE);
            Matrix piece = slice(from, to).asRow();
            kernels.axpby(a, x.slice(from, to).asRow(), 1, piece);
            sum += kernels.dot(z.slice(from, to).asRow(), piece);
        }
        return sum;
    }

    /// One step of conjugate gradients, in one pass over memory: this ← this + a · p and r ← r + a · q. With this = x,
    /// q = A p and r = A x − b, r remains the residual; for r = b − A x, pass q = −A p.
    ///
    /// @param a the length of the step
    /// @param p the direction, as many elements, of the same precision
    /// @param q the product with the direction, as many elements, of the same precision; not this vector
    /// @param r the residual, as many elements, of the same precision, overwritten; not this vector
    /// @return rᵀr after the update, accumulated in double
    /// @throws IllegalArgumentException if sizes or precisions differ, or vectors overlap without being the same
    public double conjugateStep(double a, Vector p, Vector q, Vector r) {
        requireStep(p, q, r);
        return kernels().conjugateStep(a, p, q, this, r);
    }

    /// One step of conjugate gradients with the preconditioner P = diag(d), in one pass over memory.
    ///
    /// @param a the length of the step
    /// @param p the direction, as many elements, of the same precision
    /// @param q the product with the direction, as many elements, of the same precision; not this vector
    /// @param d the diagonal of P, as many elements, of the same precision; not r or this vector
    /// @param r the residual, as many elements, of the same precision, overwritten; not this vector
    /// @return rᵀP⁻¹r after the update, accumulated in double
    /// @throws IllegalArgumentException if sizes or precisions differ, or vectors overlap without being the same
    public double conjugateStep(double a, Vector p, Vector q, Vector d, Vector r) {
        requireStep(p, q, r);
        requireLike("conjugateStep", d);
        Shapes.requireDisjoint("conjugateStep", d.asRow(), r.asRow());
        Shapes.requireDisjoint("conjugateStep", d.asRow(), asRow());
        double sum = 0;
        for (int from = 0; from < size; from += PIECE) {
            int to = Math.min(size, from + PIECE);
            Vector residual = r.slice(from, to);
            slice(from, to).conjugateStep(a, p.slice(from, to), q.slice(from, to), residual);
            sum += kernels().squareOver(residual.asRow(), d.slice(from, to).asRow());
        }
        return sum;
    }

    /// {@return the Euclidean norm; it does not overflow as long as the norm itself is finite}
    public double norm() {
        return kernels().norm(asRow());
    }

    /// {@return the largest absolute value of an element; NaN if an element is NaN, 0 if there are no elements}
    public double maxAbs() {
        return kernels().maxAbs(asRow());
    }

    /// {@return the sum of the elements, accumulated in double}
    public double sum() {
        return kernels().sum(asRow());
    }

    /// {@return whether no element is infinite or NaN}
    public boolean isFinite() {
        return kernels().isFinite(asRow());
    }

    /// {@return size, precision and the first elements}
    @Override
    public String toString() {
        return "Vector[" + size + ", " + precision + ": " + Excerpt.of(this) + "]";
    }

    Object array() {
        return array;
    }

    private Kernels kernels() {
        return KernelProvider.kernels(precision);
    }

    private void requireStep(Vector p, Vector q, Vector r) {
        requireLike("conjugateStep", p);
        requireLike("conjugateStep", q);
        requireLike("conjugateStep", r);
        requireApart("conjugateStep", p);
        Shapes.requireDisjoint("conjugateStep", q.asRow(), asRow());
        r.requireApart("conjugateStep", p);
        r.requireApart("conjugateStep", q);
        Shapes.requireDisjoint("conjugateStep", r.asRow(), asRow());
    }

    /// Common elements must be at the same index in both vectors.
    private void requireApart(String operation, Vector x) {
        if (x.array == array && x.offset != offset && Math.abs(x.offset - offset) < size) {
            throw new IllegalArgumentException(operation + ": the vectors share elements in different places, from "
                    + x.offset + " and from " + offset + " on, " + size + " each");
        }
    }

    private void requireLike(String operation, Vector x) {
        Shapes.requireSameSize(operation, x.size, size);
        Shapes.requireSamePrecision(operation, x.precision, precision);
    }
}
