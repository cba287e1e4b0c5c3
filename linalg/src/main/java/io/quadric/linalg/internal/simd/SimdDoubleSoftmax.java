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

    /// p ← exp(z − max z) / Σ exp(z − max z) for each row.
    static void softmaxRows(Matrix z, Matrix p) {
        /*E*/double[] za = z.doubles();
        /*E*/double[] pa = p.doubles();
        int n = z.columns();
        for (int i = 0; i < z.rows(); i++) {
            int zi = z.rowOffset(i);
            int pi = p.rowOffset(i);
            double max = max(za, zi, n);
            double sum = 1 + sumBeyondOne(za, zi, n, max);
            for (int j = 0; j < n; j += WIDE_LANES) {
                DoubleVector/*W*/ v = row(za, zi + j, n - j);
                storeWide(SimdExponential.exp(v.sub(max)).div(sum), pa, pi + j, n - j);
            }
        }
    }

    static void logSumExpRows(Matrix z, Vector s) {
        /*E*/double[] za = z.doubles();
        int n = z.columns();
        for (int i = 0; i < z.rows(); i++) {
            int zi = z.rowOffset(i);
            double max = max(za, zi, n);
            double value = max + Math.log1p(sumBeyondOne(za, zi, n, max));
            s.doubles()[s.offset() + i] = (/*E*/double) value;
        }
    }

    /// Σ exp(z − max) − 1: where one element is far above the others, the sum itself is 1, and its logarithm is lost.
    private static double sumBeyondOne(/*E*/double[] z, int zi, int n, double max) {
        DoubleVector/*W*/ sums = zeroWide();
        int others = 0;
        for (int j = 0; j < n; j += WIDE_LANES) {
            DoubleVector/*W*/ v = row(z, zi + j, n - j);
            VectorMask<Double> below = v.compare(VectorOperators.NE, max).and(inRow(n - j));
            sums = sums.add(SimdExponential.exp(v.sub(max)), below);
            others += below.trueCount();
        }
        return n - others - 1 + reduce(sums);
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

    /// The loop has no sums in masked lanes, nor any from row to row, which C2 would keep as objects.
    static double softmaxCrossEntropy(Matrix z, Matrix t) {
        /*E*/double[] za = z.doubles();
        /*E*/double[] ta = t.doubles();
        int n = z.columns();
        double sum = 0;
        for (int i = 0; i < z.rows(); i++) {
            int zi = z.rowOffset(i);
            double max = max(za, zi, n);
            double log = Math.log1p(sumBeyondOne(za, zi, n, max));
            int ti = t.rowOffset(i);
            DoubleVector/*W*/ sums = zeroWide();
            int j = 0;
            for (; j <= n - WIDE_LANES; j += WIDE_LANES) {
                sums = sums.add(softmaxTerm(loadWide(za, zi + j), max, log, loadWide(ta, ti + j)));
            }
            sum += reduce(sums);
            if (j < n) {
                DoubleVector/*W*/ tail = loadWideTail(za, zi + j, n - j);
                DoubleVector/*W*/ term = softmaxTerm(tail, max, log, loadWideTail(ta, ti + j, n - j));
                sum += reduce(zeroWide().blend(term, inRow(n - j)));
            }
        }
        return sum;
    }

    /// t ((max − z) + log), and 0 for t = 0 even where z is too far from the maximum for a finite difference.
    private static DoubleVector/*W*/ softmaxTerm(DoubleVector/*W*/ z, double max, double log, DoubleVector/*W*/ t) {
        DoubleVector/*W*/ distance = z.neg().add(max).add(log);
        VectorMask<Double> beyond = distance.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY);
        return distance.mul(t).blend(0, beyond.and(t.compare(VectorOperators.EQ, 0)));
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

    /// softplus(z) − t z = |z| (1 − t or, for z < 0, t) + log(1 + e^(−|z|)), of which no summand is negative for t in
    /// [0, 1].
    private static DoubleVector/*W*/ sigmoidTerm(DoubleVector/*W*/ z, DoubleVector/*W*/ t) {
        DoubleVector/*W*/ distance = z.abs();
        DoubleVector/*W*/ e = SimdExponential.exp(distance.neg());
        DoubleVector/*W*/ share = t.blend(t.neg().add(1), z.compare(VectorOperators.GT, 0));
        return distance.mul(share).add(SimdExponential.log1p(e));
    }

    /// As its scalar twin.
    static void sigmoidGradient(Matrix z, Matrix t, Matrix g) {
        RowTraversal sweep = RowTraversal.over(z).and(t).and(g);
        int n = sweep.length();
        for (int i = 0; i < sweep.rows(); i++) {
            int zi = z.rowOffset(i);
            int ti = t.rowOffset(i);
            int gi = g.rowOffset(i);
            for (int j = 0; j < n; j += WIDE_LANES) {
                DoubleVector/*W*/ v = row(z.doubles(), zi + j, n - j);
                DoubleVector/*W*/ target = row(t.doubles(), ti + j, n - j);
                DoubleVector/*W*/ e = SimdExponential.exp(v.abs().neg());
                DoubleVector/*W*/ tail = e.div(e.add(1));
                DoubleVector/*W*/ above = target.neg().add(1).sub(tail);
                DoubleVector/*W*/ value = tail.sub(target).blend(above, v.compare(VectorOperators.GT, 0));
                storeWide(value, g.doubles(), gi + j, n - j);
            }
        }
    }

    /// As its scalar twin.
    static void softmaxGradient(Matrix p, Vector mass, Matrix t, Matrix g) {
        /*E*/double[] pa = p.doubles();
        /*E*/double[] ta = t.doubles();
        int n = p.columns();
        for (int i = 0; i < p.rows() && n > 0; i++) {
            int pi = p.rowOffset(i);
            int ti = t.rowOffset(i);
            int gi = g.rowOffset(i);
            double c = mass.doubles()[mass.offset() + i];
            for (int j = 0; j < n; j += WIDE_LANES) {
                DoubleVector/*W*/ scaled = row(pa, pi + j, n - j).mul(c);
                storeWide(scaled.sub(row(ta, ti + j, n - j)), g.doubles(), gi + j, n - j);
            }
            int best = likeliest(pa, pi, n);
            if (pa[pi + best] > 0.5) {
                double others = sum(pa, pi, best) + sum(pa, pi + best + 1, n - best - 1);
                g.doubles()[gi + best] = (/*E*/double) (c - ta[ti + best] - c * others);
            }
        }
    }

    private static double sum(/*E*/double[] a, int at, int n) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += a[at + j];
        }
        return sum;
    }

    /// As its scalar twin.
    static void softmaxHessian(Matrix p, Vector weights, Matrix u, Matrix h) {
        /*E*/double[] pa = p.doubles();
        /*E*/double[] ua = u.doubles();
        int n = p.columns();
        for (int i = 0; i < p.rows() && n > 0; i++) {
            int pi = p.rowOffset(i);
            int ui = u.rowOffset(i);
            int hi = h.rowOffset(i);
            double origin = ua[ui + likeliest(pa, pi, n)];
            DoubleVector/*W*/ means = zeroWide();
            for (int j = 0; j < n; j += WIDE_LANES) {
                DoubleVector/*W*/ apart = row(ua, ui + j, n - j).sub(origin);
                means = means.add(apart.mul(row(pa, pi + j, n - j)), inRow(n - j));
            }
            double mean = reduce(means);
            double weight = weights.doubles()[weights.offset() + i];
            for (int j = 0; j < n; j += WIDE_LANES) {
                DoubleVector/*W*/ centred = row(ua, ui + j, n - j).sub(origin).sub(mean);
                storeWide(centred.mul(row(pa, pi + j, n - j)).mul(weight), h.doubles(), hi + j, n - j);
            }
        }
    }

    /// The column of the largest probability. Differences from it do not cancel where that probability is nearly 1.
    private static int likeliest(/*E*/double[] p, int pi, int n) {
        int best = 0;
        for (int j = 1; j < n; j++) {
            best = p[pi + j] > p[pi + best] ? j : best;
        }
        return best;
    }

    private static DoubleVector/*W*/ row(/*E*/double[] a, int at, int left) {
        return left >= WIDE_LANES ? loadWide(a, at) : loadWideTail(a, at, left);
    }

    private static VectorMask<Double> inRow(int left) {
        return SimdSpecies.WIDE.indexInRange(0, left);
    }
}
