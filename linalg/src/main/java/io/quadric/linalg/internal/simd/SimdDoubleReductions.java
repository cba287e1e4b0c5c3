package io.quadric.linalg.internal.simd;

import static io.quadric.linalg.internal.simd.SimdDoubleLanes.WIDE_LANES;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.loadWide;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.reduce;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.zeroWide;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.DoubleRows;
import io.quadric.linalg.internal.kernel.RowTraversal;
import io.quadric.linalg.internal.kernel.Scaling;
import jdk.incubator.vector.DoubleVector;

//FLOAT32: import jdk.incubator.vector.DoubleVector;

/// Sums over elements, accumulated in double by four vectors at a time; the order depends on the shape only.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class SimdDoubleReductions {
    private static final int STEP = 4 * WIDE_LANES;

    private SimdDoubleReductions() {}

    static double dot(Matrix x, Matrix y) {
        RowTraversal sweep = RowTraversal.over(x).and(y);
        double sum = 0;
        for (int i = 0; i < sweep.rows(); i++) {
            sum += dot(x.doubles(), x.rowOffset(i), y.doubles(), y.rowOffset(i), sweep.length());
        }
        return sum;
    }

    static double dot(/*E*/double[] x, int xi, /*E*/double[] y, int yi, int n) {
        DoubleVector/*W*/ s0 = zeroWide();
        DoubleVector/*W*/ s1 = zeroWide();
        DoubleVector/*W*/ s2 = zeroWide();
        DoubleVector/*W*/ s3 = zeroWide();
        int j = 0;
        for (; j <= n - STEP; j += STEP) {
            s0 = loadWide(x, xi + j).fma(loadWide(y, yi + j), s0);
            s1 = loadWide(x, xi + j + WIDE_LANES).fma(loadWide(y, yi + j + WIDE_LANES), s1);
            s2 = loadWide(x, xi + j + 2 * WIDE_LANES).fma(loadWide(y, yi + j + 2 * WIDE_LANES), s2);
            s3 = loadWide(x, xi + j + 3 * WIDE_LANES).fma(loadWide(y, yi + j + 3 * WIDE_LANES), s3);
        }
        for (; j <= n - WIDE_LANES; j += WIDE_LANES) {
            s0 = loadWide(x, xi + j).fma(loadWide(y, yi + j), s0);
        }
        double sum = reduce(s0.add(s1).add(s2.add(s3)));
        for (; j < n; j++) {
            sum += (double) x[xi + j] * y[yi + j];
        }
        return sum;
    }

    static double squaredDistance(Matrix x, Matrix y) {
        RowTraversal sweep = RowTraversal.over(x).and(y);
        double sum = 0;
        for (int i = 0; i < sweep.rows(); i++) {
            sum += squaredDistance(x.doubles(), x.rowOffset(i), y.doubles(), y.rowOffset(i), sweep.length());
        }
        return sum;
    }

    private static double squaredDistance(/*E*/double[] x, int xi, /*E*/double[] y, int yi, int n) {
        DoubleVector/*W*/ s0 = zeroWide();
        DoubleVector/*W*/ s1 = zeroWide();
        int j = 0;
        for (; j <= n - 2 * WIDE_LANES; j += 2 * WIDE_LANES) {
            DoubleVector/*W*/ d0 = loadWide(x, xi + j).sub(loadWide(y, yi + j));
            DoubleVector/*W*/ d1 = loadWide(x, xi + j + WIDE_LANES).sub(loadWide(y, yi + j + WIDE_LANES));
            s0 = d0.fma(d0, s0);
            s1 = d1.fma(d1, s1);
        }
        double sum = reduce(s0.add(s1));
        for (; j < n; j++) {
            double difference = (double) x[xi + j] - y[yi + j];
            sum += difference * difference;
        }
        return sum;
    }

    static double sum(Matrix x) {
        RowTraversal sweep = RowTraversal.over(x);
        double sum = 0;
        for (int i = 0; i < sweep.rows(); i++) {
            sum += sum(x.doubles(), x.rowOffset(i), sweep.length());
        }
        return sum;
    }

    static double sum(/*E*/double[] x, int xi, int n) {
        DoubleVector/*W*/ s0 = zeroWide();
        DoubleVector/*W*/ s1 = zeroWide();
        DoubleVector/*W*/ s2 = zeroWide();
        DoubleVector/*W*/ s3 = zeroWide();
        int j = 0;
        for (; j <= n - STEP; j += STEP) {
            s0 = s0.add(loadWide(x, xi + j));
            s1 = s1.add(loadWide(x, xi + j + WIDE_LANES));
            s2 = s2.add(loadWide(x, xi + j + 2 * WIDE_LANES));
            s3 = s3.add(loadWide(x, xi + j + 3 * WIDE_LANES));
        }
        double sum = reduce(s0.add(s1).add(s2.add(s3)));
        for (; j < n; j++) {
            sum += x[xi + j];
        }
        return sum;
    }

    static void rowSums(Matrix x, Vector s) {
        for (int i = 0; i < x.rows(); i++) {
            s.doubles()[s.offset() + i] = (/*E*/double) sum(x.doubles(), x.rowOffset(i), x.columns());
        }
    }

    static double maxAbs(Matrix x) {
        RowTraversal sweep = RowTraversal.over(x);
        double largest = 0;
        for (int i = 0; i < sweep.rows(); i++) {
            largest = Math.max(largest, maxAbs(x.doubles(), x.rowOffset(i), sweep.length()));
        }
        return largest;
    }

    private static double maxAbs(/*E*/double[] x, int xi, int n) {
        DoubleVector/*W*/ m0 = zeroWide();
        DoubleVector/*W*/ m1 = zeroWide();
        int j = 0;
        for (; j <= n - 2 * WIDE_LANES; j += 2 * WIDE_LANES) {
            m0 = m0.max(loadWide(x, xi + j).abs());
            m1 = m1.max(loadWide(x, xi + j + WIDE_LANES).abs());
        }
        m0 = m0.max(m1);
        double largest = 0;
        for (int lane = 0; lane < WIDE_LANES; lane++) {
            largest = Math.max(largest, m0.lane(lane));
        }
        for (; j < n; j++) {
            largest = Math.max(largest, Math.abs(x[xi + j]));
        }
        return largest;
    }

    /// Elements times zero add up to zero, or to NaN if one of them is infinite or NaN.
    static boolean isFinite(Matrix x) {
        RowTraversal sweep = RowTraversal.over(x);
        boolean finite = true;
        for (int i = 0; i < sweep.rows() && finite; i++) {
            finite = timesZero(x.doubles(), x.rowOffset(i), sweep.length()) == 0;
        }
        return finite;
    }

    private static double timesZero(/*E*/double[] x, int xi, int n) {
        DoubleVector/*W*/ zero = zeroWide();
        DoubleVector/*W*/ s0 = zeroWide();
        DoubleVector/*W*/ s1 = zeroWide();
        int j = 0;
        for (; j <= n - 2 * WIDE_LANES; j += 2 * WIDE_LANES) {
            s0 = loadWide(x, xi + j).fma(zero, s0);
            s1 = loadWide(x, xi + j + WIDE_LANES).fma(zero, s1);
        }
        double sum = reduce(s0.add(s1));
        for (; j < n; j++) {
            sum += x[xi + j] * 0.0;
        }
        return sum;
    }

    /// s ← a · (sum of the rows of x) + b · s, in strips of columns whose sums are local variables. Wide strips come
    /// first: each row of a tall matrix is on a memory page of its own.
    static void sumRows(double a, Matrix x, double b, Vector s) {
        DoubleRows rows = DoubleRows.of(x);
        double[] sums = new double[2 * STEP];
        int columns = rows.length();
        int j = 0;
        for (; j <= columns - 2 * STEP; j += 2 * STEP) {
            sumWideStrip(rows, j, sums);
            combine(a, sums, b, s, j);
        }
        if (j < columns) {
            sumRest(rows, j, sums);
            combine(a, sums, b, s, j);
        }
    }

    /// s ← a · sums + b · s, from element `from` on, for as many elements as there are sums.
    static void combine(double a, double[] sums, double b, Vector s, int from) {
        /*E*/double[] out = s.doubles();
        int at = s.offset() + from;
        int count = Math.min(sums.length, s.size() - from);
        for (int j = 0; j < count; j++) {
            out[at + j] = (/*E*/double) Scaling.sum(a * sums[j], b, out[at + j], /*E*/Double.MIN_NORMAL);
        }
    }

    /// The columns after the wide strips.
    private static void sumRest(DoubleRows x, int from, double[] sums) {
        int j = from;
        if (j <= x.length() - STEP) {
            sumStrip(x, j, sums);
            j += STEP;
        }
        for (; j <= x.length() - WIDE_LANES; j += WIDE_LANES) {
            sumVector(x, j, sums, j - from);
        }
        for (; j < x.length(); j++) {
            sums[j - from] = sumColumn(x, j);
        }
    }

    /// Eight vectors of each row, so that no addition waits for another of the same row.
    private static void sumWideStrip(DoubleRows x, int from, double[] sums) {
        /*E*/double[] xa = x.array();
        int stride = x.stride();
        int at = x.offset() + from;
        int rows = x.count();
        DoubleVector/*W*/ s0 = zeroWide();
        DoubleVector/*W*/ s1 = zeroWide();
        DoubleVector/*W*/ s2 = zeroWide();
        DoubleVector/*W*/ s3 = zeroWide();
        DoubleVector/*W*/ s4 = zeroWide();
        DoubleVector/*W*/ s5 = zeroWide();
        DoubleVector/*W*/ s6 = zeroWide();
        DoubleVector/*W*/ s7 = zeroWide();
        for (int i = 0; i < rows; i++) {
            s0 = s0.add(loadWide(xa, at));
            s1 = s1.add(loadWide(xa, at + WIDE_LANES));
            s2 = s2.add(loadWide(xa, at + 2 * WIDE_LANES));
            s3 = s3.add(loadWide(xa, at + 3 * WIDE_LANES));
            s4 = s4.add(loadWide(xa, at + 4 * WIDE_LANES));
            s5 = s5.add(loadWide(xa, at + 5 * WIDE_LANES));
            s6 = s6.add(loadWide(xa, at + 6 * WIDE_LANES));
            s7 = s7.add(loadWide(xa, at + 7 * WIDE_LANES));
            at += stride;
        }
        s0.intoArray(sums, 0);
        s1.intoArray(sums, WIDE_LANES);
        s2.intoArray(sums, 2 * WIDE_LANES);
        s3.intoArray(sums, 3 * WIDE_LANES);
        s4.intoArray(sums, 4 * WIDE_LANES);
        s5.intoArray(sums, 5 * WIDE_LANES);
        s6.intoArray(sums, 6 * WIDE_LANES);
        s7.intoArray(sums, 7 * WIDE_LANES);
    }

    private static void sumStrip(DoubleRows x, int from, double[] sums) {
        /*E*/double[] xa = x.array();
        int stride = x.stride();
        int at = x.offset() + from;
        int rows = x.count();
        DoubleVector/*W*/ s0 = zeroWide();
        DoubleVector/*W*/ s1 = zeroWide();
        DoubleVector/*W*/ s2 = zeroWide();
        DoubleVector/*W*/ s3 = zeroWide();
        for (int i = 0; i < rows; i++) {
            s0 = s0.add(loadWide(xa, at));
            s1 = s1.add(loadWide(xa, at + WIDE_LANES));
            s2 = s2.add(loadWide(xa, at + 2 * WIDE_LANES));
            s3 = s3.add(loadWide(xa, at + 3 * WIDE_LANES));
            at += stride;
        }
        s0.intoArray(sums, 0);
        s1.intoArray(sums, WIDE_LANES);
        s2.intoArray(sums, 2 * WIDE_LANES);
        s3.intoArray(sums, 3 * WIDE_LANES);
    }

    private static void sumVector(DoubleRows x, int from, double[] sums, int to) {
        /*E*/double[] xa = x.array();
        int stride = x.stride();
        int at = x.offset() + from;
        int rows = x.count();
        DoubleVector/*W*/ total = zeroWide();
        for (int i = 0; i < rows; i++) {
            total = total.add(loadWide(xa, at));
            at += stride;
        }
        total.intoArray(sums, to);
    }

    private static double sumColumn(DoubleRows x, int column) {
        /*E*/double[] xa = x.array();
        int stride = x.stride();
        int at = x.offset() + column;
        int rows = x.count();
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += xa[at];
            at += stride;
        }
        return sum;
    }
}
