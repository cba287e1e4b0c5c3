package io.quadric.linalg.internal.simd;

import static io.quadric.linalg.internal.simd.SimdDoubleLanes.LANES;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.all;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.load;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// Plane rotations of successive rows. The rows that successive rotations share stay in registers; with two sweeps at
/// a time there are half the loads and stores (Van Zee, van de Geijn & Quintana-Ortí 2014).
final class SimdDoubleRotations {
    private SimdDoubleRotations() {}

    static void rotateRows(Vector rotations, Matrix z) {
        if (z.rows() < 2) {
            return;
        }
        int j = 0;
        for (; j <= z.columns() - 4 * LANES; j += 4 * LANES) {
            rotateStrip(rotations, z.columns(j, j + 4 * LANES));
        }
        for (; j < z.columns(); j += LANES) {
            rotateNarrow(rotations, z.columns(j, Math.min(z.columns(), j + LANES)));
        }
    }

    private static void rotateStrip(Vector rotations, Matrix z) {
        /*E*/double[] r = rotations.doubles();
        /*E*/double[] za = z.doubles();
        int stride = z.rowStride();
        int count = z.rows() - 1;
        int ri = rotations.offset() + 2 * count;
        int at = z.rowOffset(count);
        DoubleVector l0 = load(za, at);
        DoubleVector l1 = load(za, at + LANES);
        DoubleVector l2 = load(za, at + 2 * LANES);
        DoubleVector l3 = load(za, at + 3 * LANES);
        for (int i = 0; i < count; i++) {
            ri -= 2;
            DoubleVector c = all(r[ri]);
            DoubleVector s = all(r[ri + 1]);
            DoubleVector minus = all(-r[ri + 1]);
            int upper = at - stride;
            DoubleVector u0 = load(za, upper);
            DoubleVector u1 = load(za, upper + LANES);
            DoubleVector u2 = load(za, upper + 2 * LANES);
            DoubleVector u3 = load(za, upper + 3 * LANES);
            u0.fma(s, l0.mul(c)).intoArray(za, at);
            u1.fma(s, l1.mul(c)).intoArray(za, at + LANES);
            u2.fma(s, l2.mul(c)).intoArray(za, at + 2 * LANES);
            u3.fma(s, l3.mul(c)).intoArray(za, at + 3 * LANES);
            l0 = l0.fma(minus, u0.mul(c));
            l1 = l1.fma(minus, u1.mul(c));
            l2 = l2.fma(minus, u2.mul(c));
            l3 = l3.fma(minus, u3.mul(c));
            at = upper;
        }
        l0.intoArray(za, at);
        l1.intoArray(za, at + LANES);
        l2.intoArray(za, at + 2 * LANES);
        l3.intoArray(za, at + 3 * LANES);
    }

    private static void rotateNarrow(Vector rotations, Matrix z) {
        /*E*/double[] r = rotations.doubles();
        /*E*/double[] za = z.doubles();
        VectorMask</*E*/Double> mask = SimdDoubleLanes.SPECIES.indexInRange(0, z.columns());
        DoubleVector lower = load(za, z.rowOffset(z.rows() - 1), mask);
        for (int i = z.rows() - 2; i >= 0; i--) {
            DoubleVector c = all(r[rotations.offset() + 2 * i]);
            DoubleVector s = all(r[rotations.offset() + 2 * i + 1]);
            DoubleVector upper = load(za, z.rowOffset(i), mask);
            upper.fma(s, lower.mul(c)).intoArray(za, z.rowOffset(i + 1), mask);
            lower = lower.fma(s.neg(), upper.mul(c));
        }
        lower.intoArray(za, z.rowOffset(0), mask);
    }

    static void rotateRowsTwice(Vector first, Vector second, Matrix z) {
        if (z.rows() < 2) {
            return;
        }
        int j = 0;
        for (; j <= z.columns() - 2 * LANES; j += 2 * LANES) {
            rotateStripTwice(first, second, z.columns(j, j + 2 * LANES));
        }
        if (j < z.columns()) {
            Matrix rest = z.columns(j, z.columns());
            rotateRows(first, rest);
            rotateRows(second.slice(2, second.size()), rest.rows(1, rest.rows()));
        }
    }

    /// Two vectors of columns. After a step, a0 and a1 hold row i with the rotations of the first sweep so far, b0 and
    /// b1 row i + 1 with those of both sweeps.
    private static void rotateStripTwice(Vector first, Vector second, Matrix z) {
        /*E*/double[] ra = first.doubles();
        /*E*/double[] rb = second.doubles();
        /*E*/double[] za = z.doubles();
        int stride = z.rowStride();
        int count = z.rows() - 1;
        int at = z.rowOffset(count - 1);
        int ai = first.offset() + 2 * count - 2;
        int bi = second.offset() + 2 * count;
        DoubleVector ca = all(ra[ai]);
        DoubleVector sa = all(ra[ai + 1]);
        DoubleVector u0 = load(za, at);
        DoubleVector u1 = load(za, at + LANES);
        DoubleVector l0 = load(za, at + stride);
        DoubleVector l1 = load(za, at + stride + LANES);
        DoubleVector b0 = u0.fma(sa, l0.mul(ca));
        DoubleVector b1 = u1.fma(sa, l1.mul(ca));
        DoubleVector a0 = l0.fma(sa.neg(), u0.mul(ca));
        DoubleVector a1 = l1.fma(sa.neg(), u1.mul(ca));
        for (int i = 1; i < count; i++) {
            ai -= 2;
            bi -= 2;
            ca = all(ra[ai]);
            sa = all(ra[ai + 1]);
            DoubleVector minus = all(-ra[ai + 1]);
            u0 = load(za, at - stride);
            u1 = load(za, at - stride + LANES);
            DoubleVector n0 = u0.fma(sa, a0.mul(ca));
            DoubleVector n1 = u1.fma(sa, a1.mul(ca));
            a0 = a0.fma(minus, u0.mul(ca));
            a1 = a1.fma(minus, u1.mul(ca));
            DoubleVector cb = all(rb[bi]);
            DoubleVector sb = all(rb[bi + 1]);
            minus = all(-rb[bi + 1]);
            n0.fma(sb, b0.mul(cb)).intoArray(za, at + stride);
            n1.fma(sb, b1.mul(cb)).intoArray(za, at + stride + LANES);
            b0 = b0.fma(minus, n0.mul(cb));
            b1 = b1.fma(minus, n1.mul(cb));
            at -= stride;
        }
        a0.intoArray(za, at);
        a1.intoArray(za, at + LANES);
        b0.intoArray(za, at + stride);
        b1.intoArray(za, at + stride + LANES);
    }
}
