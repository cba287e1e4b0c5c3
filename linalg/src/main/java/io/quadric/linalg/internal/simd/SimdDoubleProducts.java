package io.quadric.linalg.internal.simd;

import static io.quadric.linalg.internal.simd.SimdDoubleLanes.LANES;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.WIDE_LANES;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.all;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.load;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.loadWide;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.reduce;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.tail;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.zeroWide;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.DoubleRows;
import io.quadric.linalg.internal.kernel.Scaling;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

//FLOAT32: import jdk.incubator.vector.DoubleVector;

/// Products of a matrix with a vector, accumulated in double, and rotations of rows. The order of a sum depends only on
/// the number of its terms.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class SimdDoubleProducts {
    private static final int STRIP = 4 * WIDE_LANES;

    private SimdDoubleProducts() {}

    static void gemv(double alpha, Matrix a, Vector x, double beta, Vector y) {
        Scaling scaling = new Scaling(alpha, beta);
        int i = 0;
        for (; i <= a.rows() - 4; i += 4) {
            fourRows(scaling, a, i, x, y);
        }
        for (; i < a.rows(); i++) {
            oneRow(scaling, a, i, x, y);
        }
    }

    private static void fourRows(Scaling scaling, Matrix a, int row, Vector x, Vector y) {
        /*E*/double[] aa = a.doubles();
        /*E*/double[] xa = x.doubles();
        int n = a.columns();
        int stride = a.rowStride();
        int xi = x.offset();
        int at = a.rowOffset(row);
        DoubleVector/*W*/ s0 = zeroWide();
        DoubleVector/*W*/ s1 = zeroWide();
        DoubleVector/*W*/ s2 = zeroWide();
        DoubleVector/*W*/ s3 = zeroWide();
        int j = 0;
        for (; j <= n - WIDE_LANES; j += WIDE_LANES) {
            DoubleVector/*W*/ xv = loadWide(xa, xi + j);
            s0 = loadWide(aa, at + j).fma(xv, s0);
            s1 = loadWide(aa, at + stride + j).fma(xv, s1);
            s2 = loadWide(aa, at + 2 * stride + j).fma(xv, s2);
            s3 = loadWide(aa, at + 3 * stride + j).fma(xv, s3);
        }
        store(y, row, scaling.alpha() * (reduce(s0) + rest(aa, at + j, xa, xi + j, n - j)), scaling.beta());
        store(y, row + 1, scaling.alpha() * (reduce(s1) + rest(aa, at + stride + j, xa, xi + j, n - j)),
                scaling.beta());
        store(y, row + 2, scaling.alpha() * (reduce(s2) + rest(aa, at + 2 * stride + j, xa, xi + j, n - j)),
                scaling.beta());
        store(y, row + 3, scaling.alpha() * (reduce(s3) + rest(aa, at + 3 * stride + j, xa, xi + j, n - j)),
                scaling.beta());
    }

    private static void oneRow(Scaling scaling, Matrix a, int row, Vector x, Vector y) {
        /*E*/double[] aa = a.doubles();
        /*E*/double[] xa = x.doubles();
        int n = a.columns();
        int at = a.rowOffset(row);
        int xi = x.offset();
        DoubleVector/*W*/ sum = zeroWide();
        int j = 0;
        for (; j <= n - WIDE_LANES; j += WIDE_LANES) {
            sum = loadWide(aa, at + j).fma(loadWide(xa, xi + j), sum);
        }
        store(y, row, scaling.alpha() * (reduce(sum) + rest(aa, at + j, xa, xi + j, n - j)), scaling.beta());
    }

    private static double rest(/*E*/double[] a, int at, /*E*/double[] x, int xi, int n) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += (double) a[at + j] * x[xi + j];
        }
        return sum;
    }

    /// In strips of columns, whose sums are local variables.
    static void gemvTransposed(double alpha, Matrix a, Vector x, double beta, Vector y) {
        DoubleRows rows = DoubleRows.of(a);
        double[] sums = new double[STRIP];
        for (int j = 0; j < rows.length(); j += STRIP) {
            if (j <= rows.length() - STRIP) {
                strip(rows, j, x, sums);
            } else {
                narrowStrip(rows, j, x, sums);
            }
            SimdDoubleReductions.combine(alpha, sums, beta, y, j);
        }
    }

    private static void strip(DoubleRows a, int from, Vector x, double[] sums) {
        /*E*/double[] aa = a.array();
        /*E*/double[] xa = x.doubles();
        int xi = x.offset();
        int row = a.offset() + from;
        int stride = a.stride();
        int rows = a.count();
        DoubleVector/*W*/ s0 = zeroWide();
        DoubleVector/*W*/ s1 = zeroWide();
        DoubleVector/*W*/ s2 = zeroWide();
        DoubleVector/*W*/ s3 = zeroWide();
        for (int i = 0; i < rows; i++) {
            DoubleVector/*W*/ factor = zeroWide().add(xa[xi + i]);
            s0 = loadWide(aa, row).fma(factor, s0);
            s1 = loadWide(aa, row + WIDE_LANES).fma(factor, s1);
            s2 = loadWide(aa, row + 2 * WIDE_LANES).fma(factor, s2);
            s3 = loadWide(aa, row + 3 * WIDE_LANES).fma(factor, s3);
            row += stride;
        }
        s0.intoArray(sums, 0);
        s1.intoArray(sums, WIDE_LANES);
        s2.intoArray(sums, 2 * WIDE_LANES);
        s3.intoArray(sums, 3 * WIDE_LANES);
    }

    /// Fewer columns than a strip has.
    private static void narrowStrip(DoubleRows a, int from, Vector x, double[] sums) {
        int j = from;
        for (; j <= a.length() - WIDE_LANES; j += WIDE_LANES) {
            oneVector(a, j, x, sums, j - from);
        }
        for (; j < a.length(); j++) {
            sums[j - from] = oneColumn(a, j, x);
        }
    }

    private static void oneVector(DoubleRows a, int from, Vector x, double[] sums, int to) {
        /*E*/double[] aa = a.array();
        /*E*/double[] xa = x.doubles();
        int xi = x.offset();
        int row = a.offset() + from;
        int stride = a.stride();
        int rows = a.count();
        DoubleVector/*W*/ sum = zeroWide();
        for (int i = 0; i < rows; i++) {
            sum = loadWide(aa, row).fma(zeroWide().add(xa[xi + i]), sum);
            row += stride;
        }
        sum.intoArray(sums, to);
    }

    /// Rounded like a lane of a vector, so that a sum does not depend on the position of its column.
    private static double oneColumn(DoubleRows a, int column, Vector x) {
        /*E*/double[] aa = a.array();
        /*E*/double[] xa = x.doubles();
        int xi = x.offset();
        int at = a.offset() + column;
        int stride = a.stride();
        int rows = a.count();
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum = Math.fma((double) aa[at], (double) xa[xi + i], sum);
            at += stride;
        }
        return sum;
    }

    private static void store(Vector y, int i, double sum, double beta) {
        /*E*/double[] ya = y.doubles();
        int at = y.offset() + i;
        ya[at] = (/*E*/double) Scaling.sum(sum, beta, ya[at], /*E*/Double.MIN_NORMAL);
    }

    static void ger(double alpha, Vector x, Vector y, Matrix a) {
        /*E*/double[] aa = a.doubles();
        /*E*/double[] ya = y.doubles();
        int n = a.columns();
        int yi = y.offset();
        VectorMask</*E*/Double> mask = tail(n);
        for (int i = 0; i < a.rows(); i++) {
            DoubleVector factor = all(alpha * x.doubles()[x.offset() + i]);
            int at = a.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                load(ya, yi + j).fma(factor, load(aa, at + j)).intoArray(aa, at + j);
            }
            if (j < n) {
                load(ya, yi + j, mask).fma(factor, load(aa, at + j, mask)).intoArray(aa, at + j, mask);
            }
        }
    }
}
