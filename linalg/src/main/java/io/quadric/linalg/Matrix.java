package io.quadric.linalg;

import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.Kernels;
import io.quadric.linalg.internal.kernel.Sharing;
import java.util.Objects;

/// A row-major view of an array: element (i, j) is at index `offset + i · rowStride + j`. Writes go through to the
/// array. If a matrix holds a batch, its rows are the cases.
public final class Matrix implements GemmOperand {
    private final Vector storage;
    private final int rows;
    private final int columns;
    private final int rowStride;

    /// `storage` begins with element (0, 0) and includes at least the last element.
    Matrix(Vector storage, int rows, int columns, int rowStride) {
        this.storage = storage;
        this.rows = rows;
        this.columns = columns;
        this.rowStride = rowStride;
    }

    /// {@return a new matrix of zeros}
    ///
    /// @param precision the element type
    /// @param rows the number of rows
    /// @param columns the number of columns
    /// @throws IllegalArgumentException if a size is negative or the matrix has 2³¹ elements or more
    public static Matrix zeros(Precision precision, int rows, int columns) {
        return Vector.zeros(precision, Shapes.elements(rows, columns)).asMatrix(rows, columns);
    }

    /// {@return the identity of order `n`}
    ///
    /// @param precision the element type
    /// @param n the order
    public static Matrix identity(Precision precision, int n) {
        Matrix eye = zeros(precision, n, n);
        eye.addToDiagonal(1);
        return eye;
    }

    /// {@return a new FLOAT64 matrix with a copy of `values`}
    ///
    /// @param values the rows, of equal length
    /// @throws IllegalArgumentException if the rows differ in length
    public static Matrix of(double[][] values) {
        int columns = values.length == 0 ? 0 : values[0].length;
        Matrix m = zeros(Precision.FLOAT64, values.length, columns);
        for (int i = 0; i < values.length; i++) {
            requireLength(i, values[i].length, columns);
            System.arraycopy(values[i], 0, m.doubles(), i * columns, columns);
        }
        return m;
    }

    /// {@return a new FLOAT32 matrix with a copy of `values`}
    ///
    /// @param values the rows, of equal length
    /// @throws IllegalArgumentException if the rows differ in length
    public static Matrix of(float[][] values) {
        int columns = values.length == 0 ? 0 : values[0].length;
        Matrix m = zeros(Precision.FLOAT32, values.length, columns);
        for (int i = 0; i < values.length; i++) {
            requireLength(i, values[i].length, columns);
            System.arraycopy(values[i], 0, m.floats(), i * columns, columns);
        }
        return m;
    }

    private static void requireLength(int row, int length, int columns) {
        if (length != columns) {
            throw new IllegalArgumentException(
                    "row " + row + " has " + length + " elements, row 0 has " + columns);
        }
    }

    /// {@return a view of `array`, row-major, FLOAT64}; numbers of any other type that are listed as arguments become
    /// doubles.
    ///
    /// @param rows the number of rows
    /// @param columns the number of columns
    /// @param array rows · columns elements
    /// @throws IllegalArgumentException if `array.length` is not `rows · columns`
    public static Matrix of(int rows, int columns, double... array) {
        return Vector.of(array).asMatrix(rows, columns);
    }

    /// {@return a view of `array`, row-major, FLOAT32}
    ///
    /// @param rows the number of rows
    /// @param columns the number of columns
    /// @param array rows · columns elements
    /// @throws IllegalArgumentException if `array.length` is not `rows · columns`
    public static Matrix of(int rows, int columns, float[] array) {
        return Vector.of(array).asMatrix(rows, columns);
    }

    /// {@return the 0 × 0 matrix}: where a method takes an optional matrix, this is "none".
    ///
    /// @param precision the element type
    public static Matrix empty(Precision precision) {
        return zeros(precision, 0, 0);
    }

    /// {@return whether there is no element}
    public boolean isEmpty() {
        return rows == 0 || columns == 0;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public Precision precision() {
        return storage.precision();
    }

    @Override
    public Matrix stored() {
        return this;
    }

    @Override
    public boolean isTransposed() {
        return false;
    }

    /// {@return the number of array elements from the beginning of a row to the beginning of the next}
    public int rowStride() {
        return rowStride;
    }

    /// {@return the index of element (i, 0) in the backing array}
    ///
    /// @param i the row, from 0
    public int rowOffset(int i) {
        return storage.offset() + i * rowStride;
    }

    /// {@return the backing array itself, not a copy}; see [Vector#doubles()].
    public double[] doubles() {
        return storage.doubles();
    }

    /// {@return the backing array itself, not a copy}; see [Vector#floats()].
    public float[] floats() {
        return storage.floats();
    }

    /// {@return whether the rows follow one another without a gap}
    public boolean isContiguous() {
        return rowStride == columns || rows <= 1;
    }

    /// {@return element (i, j)}; meant for tests and single values, not for loops over data.
    ///
    /// @param i the row, from 0
    /// @param j the column, from 0
    public double get(int i, int j) {
        return storage.get(index(i, j));
    }

    /// Sets element (i, j), rounding to the precision.
    ///
    /// @param i the row, from 0
    /// @param j the column, from 0
    /// @param value the new value
    public void set(int i, int j, double value) {
        storage.set(index(i, j), value);
    }

    private int index(int i, int j) {
        return Objects.checkIndex(i, rows) * rowStride + Objects.checkIndex(j, columns);
    }

    /// {@return the transpose, as an operand of a product}
    public Transpose t() {
        return new Transpose(this);
    }

    /// {@return row `i` as a vector}
    ///
    /// @param i the row, from 0
    public Vector row(int i) {
        Objects.checkIndex(i, rows);
        return storage.slice(i * rowStride, i * rowStride + columns);
    }

    /// {@return the view of rows `from` (inclusive) to `to` (exclusive)}
    ///
    /// @param from the first
    /// @param to the end, exclusive
    public Matrix rows(int from, int to) {
        Objects.checkFromToIndex(from, to, rows);
        return new Matrix(tail(from == to ? 0 : from * rowStride), to - from, columns, rowStride);
    }

    /// {@return the view of columns `from` (inclusive) to `to` (exclusive)}
    ///
    /// @param from the first
    /// @param to the end, exclusive
    public Matrix columns(int from, int to) {
        Objects.checkFromToIndex(from, to, columns);
        return new Matrix(tail(rows == 0 ? 0 : from), rows, to - from, rowStride);
    }

    private Vector tail(int from) {
        return storage.slice(from, storage.size());
    }

    /// {@return the same elements in another row-major shape}
    ///
    /// @param newRows the number of rows of the view
    /// @param newColumns the number of columns of the view
    /// @throws IllegalArgumentException if the matrix is not contiguous or the number of elements differs
    public Matrix reshape(int newRows, int newColumns) {
        return flat().asMatrix(newRows, newColumns);
    }

    /// {@return all elements, row by row, as one vector}
    ///
    /// @throws IllegalArgumentException if the matrix is not contiguous
    public Vector flat() {
        if (!isContiguous()) {
            throw new IllegalArgumentException("a " + shape() + " view with row stride " + rowStride + " has gaps");
        }
        return storage.slice(0, rows * columns);
    }

    /// {@return a new contiguous matrix with the same elements, in the given precision}
    ///
    /// @param target the element type of the copy
    public Matrix copy(Precision target) {
        Matrix copy = zeros(target, rows, columns);
        copy.copyFrom(this);
        return copy;
    }

    /// {@return a new contiguous matrix with the same elements}
    public Matrix copy() {
        return copy(precision());
    }

    /// {@return the rows as new arrays, widened to double}
    public double[][] toArray() {
        double[][] values = new double[rows][];
        for (int i = 0; i < rows; i++) {
            values[i] = row(i).toArray();
        }
        return values;
    }

    /// {@return the elements as one new array, row by row, widened to double}
    public double[] toDoubleArray() {
        return copy(Precision.FLOAT64).doubles();
    }

    /// {@return the elements as one new array, row by row, rounded to float}
    public float[] toFloatArray() {
        return copy(Precision.FLOAT32).floats();
    }

    /// Copies the elements of `x`, converting the precision where it differs.
    ///
    /// @param x a matrix of the same shape
    /// @return this
    /// @throws IllegalArgumentException if the shapes disagree, or the matrices share elements in different places
    public Matrix copyFrom(Matrix x) {
        if (x.rows != rows || x.columns != columns) {
            throw new IllegalArgumentException("copyFrom: shapes differ, " + x.shape() + " and " + shape());
        }
        Shapes.copy(x, this);
        return this;
    }

    /// Sets every element to `value`.
    ///
    /// @param value the new value
    /// @return this
    public Matrix fill(double value) {
        Sharing.requireWritable("fill", this);
        kernels().fill(value, this);
        return this;
    }

    /// this ← b · this, as a mean that forgets: where b is between −1 and 1, results that are no normal numbers become
    /// 0
    ///
    /// @param b the factor
    /// @return this
    public Matrix decay(double b) {
        Sharing.requireWritable("decay", this);
        kernels().decay(b, this);
        return this;
    }

    /// this ← a · this
    ///
    /// @param a the factor
    /// @return this
    public Matrix scale(double a) {
        Sharing.requireWritable("scale", this);
        kernels().scale(a, this);
        return this;
    }

    /// this ← a · x + b · this; with b = 0 the old elements are not read.
    ///
    /// @param a the factor of x
    /// @param x a matrix of the same shape
    /// @param b the factor of this matrix
    /// @return this
    public Matrix axpby(double a, Matrix x, double b) {
        Shapes.requireElementwise("axpby", x, this);
        kernels().axpby(a, x, b, this);
        return this;
    }

    /// {@return the sum of the products of corresponding elements, accumulated in double}
    ///
    /// @param x a matrix of the same shape
    public double dot(Matrix x) {
        Shapes.requireLike("dot", x, this);
        return kernels().dot(x, this);
    }

    /// {@return the Frobenius norm; it does not overflow as long as the norm itself is finite}
    public double norm() {
        return kernels().norm(this);
    }

    /// {@return the largest absolute value of an element; NaN if an element is NaN, 0 if there are no elements}
    public double maxAbs() {
        return kernels().maxAbs(this);
    }

    /// {@return whether no element is infinite or NaN}
    public boolean isFinite() {
        return kernels().isFinite(this);
    }

    /// {@return the sum of the diagonal, accumulated in double}
    ///
    /// @throws IllegalArgumentException if the matrix is not square
    public double trace() {
        requireSquare("trace");
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += get(i, i);
        }
        return sum;
    }

    /// Adds `value` to every element of the diagonal.
    ///
    /// @param value the summand
    /// @return this
    /// @throws IllegalArgumentException if the matrix is not square
    public Matrix addToDiagonal(double value) {
        requireSquare("addToDiagonal");
        Sharing.requireWritable("addToDiagonal", this);
        for (int i = 0; i < rows; i++) {
            set(i, i, get(i, i) + value);
        }
        return this;
    }

    /// {@return "rows × columns", for messages}
    public String shape() {
        return rows + " × " + columns;
    }

    /// {@return shape, precision and the first elements of the first rows}
    @Override
    public String toString() {
        return "Matrix[" + shape() + ", " + precision() + ": " + Excerpt.of(this) + "]";
    }

    private Kernels kernels() {
        return KernelProvider.kernels(precision());
    }

    private void requireSquare(String operation) {
        if (rows != columns) {
            throw new IllegalArgumentException(operation + ": a square matrix expected, got " + shape());
        }
    }
}
