package io.quadric.linalg.internal.simd;

import static io.quadric.linalg.internal.simd.SimdDoubleLanes.LANES;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.all;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.load;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.tail;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.RootDivision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.RowTraversal;
import io.quadric.linalg.internal.kernel.Scaling;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Sums, products, quotients and powers of elements. Whole vectors first, then one masked vector with the same
/// instructions, so that a result does not depend on the position of its element in a row.
final class SimdDoubleArithmetic {
    private SimdDoubleArithmetic() {}

    /// y ← a y, where smaller results than `least` become 0
    static void scale(double a, double least, Matrix y) {
        RowTraversal sweep = RowTraversal.over(y);
        int n = sweep.length();
        DoubleVector factor = all(a);
        DoubleVector bound = all(least);
        VectorMask</*E*/Double> mask = tail(n);
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int yi = y.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                atLeast(bound, load(ya, yi + j).mul(factor)).intoArray(ya, yi + j);
            }
            if (j < n) {
                atLeast(bound, load(ya, yi + j, mask).mul(factor)).intoArray(ya, yi + j, mask);
            }
        }
    }

    /// v with 0 in place of what is smaller than the bound
    private static DoubleVector atLeast(DoubleVector bound, DoubleVector v) {
        return v.blend(0, v.abs().compare(VectorOperators.LT, bound));
    }

    /// y ← a x
    static void setScaled(double a, Matrix x, Matrix y) {
        RowTraversal sweep = RowTraversal.over(x).and(y);
        int n = sweep.length();
        DoubleVector factor = all(a);
        VectorMask</*E*/Double> mask = tail(n);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                load(xa, xi + j).mul(factor).intoArray(ya, yi + j);
            }
            if (j < n) {
                load(xa, xi + j, mask).mul(factor).intoArray(ya, yi + j, mask);
            }
        }
    }

    static void axpby(double a, Matrix x, double b, Matrix y) {
        RowTraversal sweep = RowTraversal.over(x).and(y);
        int n = sweep.length();
        DoubleVector av = all(a);
        DoubleVector bv = all(b);
        DoubleVector bound = all(Scaling.least(b, /*E*/Double.MIN_NORMAL));
        VectorMask</*E*/Double> mask = tail(n);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                DoubleVector old = load(ya, yi + j).mul(bv);
                atLeast(bound, load(xa, xi + j).fma(av, old)).intoArray(ya, yi + j);
            }
            if (j < n) {
                DoubleVector old = load(ya, yi + j, mask).mul(bv);
                atLeast(bound, load(xa, xi + j, mask).fma(av, old)).intoArray(ya, yi + j, mask);
            }
        }
    }

    /// z ← a x ∘ y
    static void setProduct(double a, Matrix x, Matrix y, Matrix z) {
        RowTraversal sweep = RowTraversal.over(x).and(y).and(z);
        int n = sweep.length();
        DoubleVector av = all(a);
        VectorMask</*E*/Double> mask = tail(n);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        /*E*/double[] za = z.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            int zi = z.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                load(xa, xi + j).mul(av).mul(load(ya, yi + j)).intoArray(za, zi + j);
            }
            if (j < n) {
                load(xa, xi + j, mask).mul(av).mul(load(ya, yi + j, mask)).intoArray(za, zi + j, mask);
            }
        }
    }

    static void multiply(double a, Matrix x, Matrix y, double b, Matrix z) {
        RowTraversal sweep = RowTraversal.over(x).and(y).and(z);
        int n = sweep.length();
        DoubleVector av = all(a);
        DoubleVector bv = all(b);
        DoubleVector bound = all(Scaling.least(b, /*E*/Double.MIN_NORMAL));
        VectorMask</*E*/Double> mask = tail(n);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        /*E*/double[] za = z.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            int zi = z.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                DoubleVector old = load(za, zi + j).mul(bv);
                atLeast(bound, load(xa, xi + j).mul(av).fma(load(ya, yi + j), old)).intoArray(za, zi + j);
            }
            if (j < n) {
                DoubleVector old = load(za, zi + j, mask).mul(bv);
                DoubleVector product = load(xa, xi + j, mask).mul(av).fma(load(ya, yi + j, mask), old);
                atLeast(bound, product).intoArray(za, zi + j, mask);
            }
        }
    }

    static void divide(Matrix x, Matrix y, Matrix z) {
        RowTraversal sweep = RowTraversal.over(x).and(y).and(z);
        int n = sweep.length();
        VectorMask</*E*/Double> mask = tail(n);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        /*E*/double[] za = z.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            int zi = z.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                load(xa, xi + j).div(load(ya, yi + j)).intoArray(za, zi + j);
            }
            if (j < n) {
                load(xa, xi + j, mask).div(load(ya, yi + j, mask)).intoArray(za, zi + j, mask);
            }
        }
    }

    static void divideByRoot(RootDivision by, Matrix x, Matrix y, Matrix z) {
        RowTraversal sweep = RowTraversal.over(x).and(y).and(z);
        int n = sweep.length();
        DoubleVector av = all(by.a());
        DoubleVector bv = all(by.b());
        DoubleVector shift = all(by.epsilon());
        VectorMask</*E*/Double> mask = tail(n);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        /*E*/double[] za = z.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            int zi = z.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                DoubleVector root = load(ya, yi + j).mul(bv).sqrt().add(shift);
                load(xa, xi + j).mul(av).div(root).intoArray(za, zi + j);
            }
            if (j < n) {
                DoubleVector root = load(ya, yi + j, mask).mul(bv).sqrt().add(shift);
                load(xa, xi + j, mask).mul(av).div(root).intoArray(za, zi + j, mask);
            }
        }
    }

    static void addRow(Vector row, Matrix y) {
        int n = y.columns();
        VectorMask</*E*/Double> mask = tail(n);
        /*E*/double[] ra = row.doubles();
        /*E*/double[] ya = y.doubles();
        int ri = row.offset();
        for (int i = 0; i < y.rows(); i++) {
            int yi = y.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                load(ya, yi + j).add(load(ra, ri + j)).intoArray(ya, yi + j);
            }
            if (j < n) {
                load(ya, yi + j, mask).add(load(ra, ri + j, mask)).intoArray(ya, yi + j, mask);
            }
        }
    }

    static void scaleRows(Vector c, Matrix x, Matrix y) {
        int n = y.columns();
        VectorMask</*E*/Double> mask = tail(n);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < y.rows(); i++) {
            DoubleVector factor = all(c.doubles()[c.offset() + i]);
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                load(xa, xi + j).mul(factor).intoArray(ya, yi + j);
            }
            if (j < n) {
                load(xa, xi + j, mask).mul(factor).intoArray(ya, yi + j, mask);
            }
        }
    }
}
