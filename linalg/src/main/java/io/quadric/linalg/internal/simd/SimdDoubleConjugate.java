package io.quadric.linalg.internal.simd;

import static io.quadric.linalg.internal.simd.SimdDoubleLanes.LANES;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.SPECIES;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.WIDE_LANES;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.all;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.load;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.loadWide;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.reduce;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.zeroWide;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.RowTraversal;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

//FLOAT32: import jdk.incubator.vector.DoubleVector;

/// The passes over the vectors of conjugate gradients. Elements are updated in their precision, with the bits that
/// `axpby` gives them; sums are accumulated in double, in an order that depends on the shape only.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class SimdDoubleConjugate {
    private static final int STEP = 4 * WIDE_LANES;

    private SimdDoubleConjugate() {}

    static double step(double a, Vector directions, Vector products, Vector iterate, Vector residual) {
        int whole = iterate.size() / STEP * STEP;
        if (whole < iterate.size()) {
            endOfStep(a, directions.slice(whole, iterate.size()), iterate.slice(whole, iterate.size()));
            endOfStep(a, products.slice(whole, iterate.size()), residual.slice(whole, iterate.size()));
        }
        /*E*/double[] p = directions.doubles();
        /*E*/double[] q = products.doubles();
        /*E*/double[] x = iterate.doubles();
        /*E*/double[] r = residual.doubles();
        int pi = directions.offset();
        int qi = products.offset();
        int xi = iterate.offset();
        int ri = residual.offset();
        DoubleVector av = all(a);
        DoubleVector/*W*/ s0 = zeroWide();
        DoubleVector/*W*/ s1 = zeroWide();
        DoubleVector/*W*/ s2 = zeroWide();
        DoubleVector/*W*/ s3 = zeroWide();
        for (int j = 0; j < whole; j += STEP) {
            add(av, p, pi + j, x, xi + j);
            add(av, q, qi + j, r, ri + j);
            DoubleVector/*W*/ r0 = loadWide(r, ri + j);
            DoubleVector/*W*/ r1 = loadWide(r, ri + j + WIDE_LANES);
            DoubleVector/*W*/ r2 = loadWide(r, ri + j + 2 * WIDE_LANES);
            DoubleVector/*W*/ r3 = loadWide(r, ri + j + 3 * WIDE_LANES);
            s0 = r0.fma(r0, s0);
            s1 = r1.fma(r1, s1);
            s2 = r2.fma(r2, s2);
            s3 = r3.fma(r3, s3);
        }
        double sum = reduce(s0.add(s1).add(s2.add(s3)));
        for (int j = whole; j < iterate.size(); j++) {
            sum += (double) r[ri + j] * r[ri + j];
        }
        return sum;
    }

    /// y ← y + a x for the elements behind the last four wide vectors, in a method of its own for what C1 can compile
    /// (docs/kernels.md).
    private static void endOfStep(double a, Vector from, Vector to) {
        /*E*/double[] x = from.doubles();
        /*E*/double[] y = to.doubles();
        int xi = from.offset();
        int yi = to.offset();
        int n = to.size();
        DoubleVector av = all(a);
        for (int j = 0; j < n; j += LANES) {
            VectorMask</*E*/Double> within = SPECIES.indexInRange(j, n);
            load(x, xi + j, within).fma(av, load(y, yi + j, within)).intoArray(y, yi + j, within);
        }
    }

    /// y ← y + a x for the elements of four wide vectors.
    private static void add(DoubleVector a, /*E*/double[] x, int xi, /*E*/double[] y, int yi) {
        load(x, xi).fma(a, load(y, yi)).intoArray(y, yi);
        load(x, xi + LANES).fma(a, load(y, yi + LANES)).intoArray(y, yi + LANES);
        load(x, xi + 2 * LANES).fma(a, load(y, yi + 2 * LANES)).intoArray(y, yi + 2 * LANES); //FLOAT64-ONLY
        load(x, xi + 3 * LANES).fma(a, load(y, yi + 3 * LANES)).intoArray(y, yi + 3 * LANES); //FLOAT64-ONLY
    }

    static double squareOver(Matrix x, Matrix d) {
        RowTraversal sweep = RowTraversal.over(x).and(d);
        double sum = 0;
        for (int i = 0; i < sweep.rows(); i++) {
            sum += squareOver(x.doubles(), x.rowOffset(i), d.doubles(), d.rowOffset(i), sweep.length());
        }
        return sum;
    }

    private static double squareOver(/*E*/double[] x, int xi, /*E*/double[] d, int di, int n) {
        DoubleVector/*W*/ s0 = zeroWide();
        DoubleVector/*W*/ s1 = zeroWide();
        int j = 0;
        for (; j <= n - 2 * WIDE_LANES; j += 2 * WIDE_LANES) {
            DoubleVector/*W*/ x0 = loadWide(x, xi + j);
            DoubleVector/*W*/ x1 = loadWide(x, xi + j + WIDE_LANES);
            s0 = x0.fma(x0.div(loadWide(d, di + j)), s0);
            s1 = x1.fma(x1.div(loadWide(d, di + j + WIDE_LANES)), s1);
        }
        double sum = reduce(s0.add(s1));
        for (; j < n; j++) {
            double element = x[xi + j];
            sum += element * (element / d[di + j]);
        }
        return sum;
    }
}
