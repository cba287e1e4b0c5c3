package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;

/// The checks of an operation whose operands are views of arrays: what it reads must not change while it writes.
public final class Sharing {
    private Sharing() {}

    /// For an operation that writes the result before it has read all of x.
    public static void requireDisjoint(String operation, Matrix x, Matrix result) {
        requireWritable(operation, result);
        if (overlap(x, result)) {
            throw new IllegalArgumentException(
                    operation + ": the result " + result.shape() + " shares elements of its array with"
                            + " the operand " + x.shape());
        }
    }

    /// For an operation that reads an element of x no later than it writes the same element of the result.
    public static void requireApart(String operation, Matrix x, Matrix result) {
        requireWritable(operation, result);
        if (!samePlaces(x, result) && overlap(x, result)) {
            throw new IllegalArgumentException(operation + ": the result " + result.shape()
                    + " shares elements of its array with the operand " + x.shape() + ", but in other places");
        }
    }

    /// An array element belongs to several elements of a repeated row.
    public static void requireWritable(String operation, Matrix result) {
        if (result.rows() > 1 && result.rowStride() < result.columns()) {
            throw new IllegalArgumentException(
                    operation + ": the result " + result.shape() + " is a repeated row, which cannot be written to");
        }
    }

    private static boolean samePlaces(Matrix x, Matrix y) {
        return x.rowOffset(0) == y.rowOffset(0) && x.rows() == y.rows() && x.columns() == y.columns()
                && (x.rowStride() == y.rowStride() || x.rows() == 1);
    }

    private static Object array(Matrix x) {
        return x.precision() == Precision.FLOAT64 ? x.doubles() : x.floats();
    }

    private static boolean overlap(Matrix x, Matrix y) {
        if (array(x) != array(y) || x.isEmpty() || y.isEmpty() || end(x) <= y.rowOffset(0) || end(y) <= x.rowOffset(0)
                || besideEachOther(x, y)) {
            return false;
        }
        for (int i = 0; i < x.rows(); i++) {
            if (meetsRow(x.rowOffset(i), x.columns(), y)) {
                return true;
            }
        }
        return false;
    }

    private static int end(Matrix x) {
        return x.rowOffset(x.rows() - 1) + x.columns();
    }

    /// Whether these are different columns of one matrix.
    private static boolean besideEachOther(Matrix x, Matrix y) {
        int stride = x.rowStride();
        if (stride == 0 || stride != y.rowStride()) {
            return false;
        }
        int shift = Math.floorMod(y.rowOffset(0) - x.rowOffset(0), stride);
        return shift >= x.columns() && shift + y.columns() <= stride;
    }

    /// Whether the elements from … belong to the row of y that is the first to end after `from`.
    private static boolean meetsRow(int from, int count, Matrix y) {
        int before = from + 1 - y.columns() - y.rowOffset(0);
        int row = y.rowStride() == 0 ? 0 : Math.max(0, Math.ceilDiv(before, y.rowStride()));
        return row < y.rows() && y.rowOffset(row) < from + count && from < y.rowOffset(row) + y.columns();
    }
}
