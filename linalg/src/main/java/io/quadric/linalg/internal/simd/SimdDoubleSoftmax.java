package io.quadric.linalg.internal.simd;

import static io.quadric.linalg.internal.simd.SimdDoubleLanes.WIDE_LANES;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.loadWide;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.loadWideTail;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.reduce;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.storeWide;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.zeroWide;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.RowTraversal;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

//FLOAT32: import jdk.incubator.vector.DoubleVector;

/// Softmax and the cross-entropies. For either precision they are computed in double: line searches and damping rules
/// decide by small differences of losses.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class SimdDoubleSoftmax {
    private SimdDoubleSoftmax() {}

    /// p ← exp(z − log Σ exp z) for each row.
    static void softmaxRows(Matrix z, Matrix p) {
        /*E*/double[] za = z.doubles();
        /*E*/double[] pa = p.doubles();
        int n = z.columns();
        for (int i = 0; i < z.rows(); i++) {
            int zi = z.rowOffset(i);
            int pi = p.rowOffset(i);
            double shift = logSumExp(za, zi, n);
            for (int j = 0; j < n; j += WIDE_LANES) {
                DoubleVector/*W*/ v = row(za, zi + j, n - j);
                storeWide(SimdExponential.exp(v.sub(shift)), pa, pi + j, n - j);
            }
        }
    }

    static void logSumExpRows(Matrix z, Vector s) {
        for (int i = 0; i < z.rows(); i++) {
            double value = logSumExp(z.doubles(), z.rowOffset(i), z.columns());
            s.doubles()[s.offset() + i] = (/*E*/double) value;
        }
    }

    /// max z + log Σ exp(z − max z)
    private static double logSumExp(/*E*/double[] z, int zi, int n) {
        double max = max(z, zi, n);
        DoubleVector/*W*/ sums = zeroWide();
        for (int j = 0; j < n; j += WIDE_LANES) {
            DoubleVector/*W*/ e = SimdExponential.exp(row(z, zi + j, n - j).sub(max));
            sums = sums.add(e, inRow(n - j));
        }
        return max + Math.log(reduce(sums));
    }

    private static double max(/*E*/double[] z, int zi, int n) {
        double max = Double.NEGATIVE_INFINITY;
        int j = 0;
        if (n >= WIDE_LANES) {
            DoubleVector/*W*/ most = loadWide(z, zi);
            for (; j <= n - WIDE_LANES; j += WIDE_LANES) {
                most = most.max(loadWide(z, zi + j));
            }
            max = most.reduceLanes(VectorOperators.MAX);
        }
        for (; j < n; j++) {
            max = Math.max(max, z[zi + j]);
        }
        return max;
    }

    static double softmaxCrossEntropy(Matrix z, Matrix t) {
        /*E*/double[] za = z.doubles();
        /*E*/double[] ta = t.doubles();
        int n = z.columns();
        DoubleVector/*W*/ sums = zeroWide();
        for (int i = 0; i < z.rows(); i++) {
            int zi = z.rowOffset(i);
            int ti = t.rowOffset(i);
            double logPartition = logSumExp(za, zi, n);
            for (int j = 0; j < n; j += WIDE_LANES) {
                DoubleVector/*W*/ distance = row(za, zi + j, n - j).neg().add(logPartition);
                sums = sums.add(distance.mul(row(ta, ti + j, n - j)), inRow(n - j));
            }
        }
        return reduce(sums);
    }

    /// Σ softplus(z) − t z
    static double sigmoidCrossEntropy(Matrix z, Matrix t) {
        RowTraversal sweep = RowTraversal.over(z).and(t);
        double sum = 0;
        for (int i = 0; i < sweep.rows(); i++) {
            sum += sigmoidCrossEntropy(z.doubles(), z.rowOffset(i), t.doubles(), t.rowOffset(i), sweep.length());
        }
        return sum;
    }

    /// A row's part. The loop has no sums in masked lanes, which C2 would keep as objects.
    private static double sigmoidCrossEntropy(/*E*/double[] z, int zi, /*E*/double[] t, int ti, int n) {
        DoubleVector/*W*/ sums = zeroWide();
        int j = 0;
        for (; j <= n - WIDE_LANES; j += WIDE_LANES) {
            sums = sums.add(sigmoidTerm(loadWide(z, zi + j), loadWide(t, ti + j)));
        }
        return reduce(sums) + (j < n ? sigmoidTail(z, zi + j, t, ti + j, n - j) : 0);
    }

    private static double sigmoidTail(/*E*/double[] z, int zi, /*E*/double[] t, int ti, int left) {
        DoubleVector/*W*/ term = sigmoidTerm(loadWideTail(z, zi, left), loadWideTail(t, ti, left));
        return reduce(zeroWide().blend(term, inRow(left)));
    }

    /// softplus(z) − t z
    private static DoubleVector/*W*/ sigmoidTerm(DoubleVector/*W*/ z, DoubleVector/*W*/ t) {
        DoubleVector/*W*/ e = SimdExponential.exp(z.abs().neg());
        DoubleVector/*W*/ softplus = z.max(zeroWide()).add(SimdExponential.log1p(e));
        return softplus.sub(t.mul(z));
    }

    static void softmaxHessian(Matrix p, Vector weights, Matrix u, Matrix h) {
        /*E*/double[] pa = p.doubles();
        /*E*/double[] ua = u.doubles();
        /*E*/double[] ha = h.doubles();
        int n = p.columns();
        for (int i = 0; i < p.rows(); i++) {
            int pi = p.rowOffset(i);
            int ui = u.rowOffset(i);
            int hi = h.rowOffset(i);
            double mean = SimdDoubleReductions.dot(pa, pi, ua, ui, n);
            double weight = weights.doubles()[weights.offset() + i];
            for (int j = 0; j < n; j += WIDE_LANES) {
                DoubleVector/*W*/ centred = row(ua, ui + j, n - j).sub(mean);
                storeWide(centred.mul(row(pa, pi + j, n - j)).mul(weight), ha, hi + j, n - j);
            }
        }
    }

    private static DoubleVector/*W*/ row(/*E*/double[] a, int at, int left) {
        return left >= WIDE_LANES ? loadWide(a, at) : loadWideTail(a, at, left);
    }

    private static VectorMask<Double> inRow(int left) {
        return SimdSpecies.WIDE.indexInRange(0, left);
    }
}
