package io.quadric.linalg;

import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.Sharing;
import io.quadric.linalg.internal.product.Conversion;

/// Argument checks for the public API. Every message names both operands.
final class Shapes {
    private Shapes() {}

    static void requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative, got " + value);
        }
    }

    /// rows · columns, if an array can have so many elements.
    static int elements(int rows, int columns) {
        requireNotNegative("rows", rows);
        requireNotNegative("columns", columns);
        if ((long) rows * columns > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a matrix of " + rows + " × " + columns + " exceeds one Java array");
        }
        return rows * columns;
    }

    static void requireSameSize(String operation, int got, int expected) {
        if (got != expected) {
            throw new IllegalArgumentException(operation + ": sizes differ, " + got + " and " + expected);
        }
    }

    static void requireSamePrecision(String operation, Precision got, Precision expected) {
        if (got != expected) {
            throw new IllegalArgumentException(operation + ": precisions differ, " + got + " and " + expected);
        }
    }

    static void requireLike(String operation, Matrix x, Matrix y) {
        if (x.rows() != y.rows() || x.columns() != y.columns()) {
            throw new IllegalArgumentException(operation + ": shapes differ, " + x.shape() + " and " + y.shape());
        }
        requireSamePrecision(operation, x.precision(), y.precision());
    }

    static void requireDisjoint(String operation, Matrix x, Matrix result) {
        Sharing.requireDisjoint(operation, x, result);
    }

    /// For a result that is allowed to be x itself.
    static void requireApart(String operation, Matrix x, Matrix result) {
        Sharing.requireApart(operation, x, result);
    }

    /// Both checks of an elementwise operation.
    static void requireElementwise(String operation, Matrix x, Matrix result) {
        requireLike(operation, x, result);
        Sharing.requireApart(operation, x, result);
    }

    static double[] doubles(Precision precision, Object array) {
        if (precision != Precision.FLOAT64) {
            throw new IllegalStateException("doubles() of FLOAT32 data");
        }
        return (double[]) array;
    }

    static float[] floats(Precision precision, Object array) {
        if (precision != Precision.FLOAT32) {
            throw new IllegalStateException("floats() of FLOAT64 data");
        }
        return (float[]) array;
    }

    /// y ← x with conversion; the shapes have been checked.
    static void copy(Matrix x, Matrix y) {
        Sharing.requireApart("copyFrom", x, y);
        if (x.precision() == y.precision()) {
            KernelProvider.kernels(x.precision()).copy(x, y);
        } else {
            Conversion.copy(x, y);
        }
    }
}
