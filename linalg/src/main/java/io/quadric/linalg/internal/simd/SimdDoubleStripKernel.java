package io.quadric.linalg.internal.simd;

import io.quadric.linalg.internal.kernel.DoubleStrip;
import io.quadric.linalg.internal.kernel.DoubleStripKernel;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// Tiles of 6 channels × 2 vectors, and sums of 12 taps with a vector of channels: 12 accumulators hide the latency of
/// the multiply-adds and leave some of 16 vector registers. Only the coefficients are packed: a tap is read from
/// wherever it lies.
///
/// The fences have the same reason as in [SimdDoubleMicroKernel6x2]. The loop of the sums, whose indices C2 checks
/// beforehand, is faster without.
final class SimdDoubleStripKernel implements DoubleStripKernel {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 6;
    private static final int COLUMNS = 2 * LANES;

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void multiply(DoubleStrip strip, int panel, int place, int out) {
        /*E*/double[] a = strip.packed;
        /*E*/double[] b = strip.planes;
        /*E*/double[] c = strip.start;
        int[] offsets = strip.offsets;
        int from = strip.startAt(out);
        int step = strip.startPitch;
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, c, from);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, c, from + LANES);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, from + step);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, c, from + step + LANES);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, c, from + 2 * step);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, c, from + 2 * step + LANES);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, c, from + 3 * step);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, c, from + 3 * step + LANES);
        DoubleVector c40 = DoubleVector.fromArray(SPECIES, c, from + 4 * step);
        DoubleVector c41 = DoubleVector.fromArray(SPECIES, c, from + 4 * step + LANES);
        DoubleVector c50 = DoubleVector.fromArray(SPECIES, c, from + 5 * step);
        DoubleVector c51 = DoubleVector.fromArray(SPECIES, c, from + 5 * step + LANES);
        int first = strip.first + place;
        int p = panel;
        for (int offset : offsets) {
            int q = first + offset;
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + LANES);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            VarHandle.loadLoadFence();
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[p + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            VarHandle.loadLoadFence();
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[p + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            VarHandle.loadLoadFence();
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[p + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            VarHandle.loadLoadFence();
            DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[p + 4]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            VarHandle.loadLoadFence();
            DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[p + 5]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            p += ROWS;
        }
        c = strip.grid;
        int row = strip.gridLength;
        c00.intoArray(c, out);
        c01.intoArray(c, out + LANES);
        c10.intoArray(c, out + row);
        c11.intoArray(c, out + row + LANES);
        c20.intoArray(c, out + 2 * row);
        c21.intoArray(c, out + 2 * row + LANES);
        c30.intoArray(c, out + 3 * row);
        c31.intoArray(c, out + 3 * row + LANES);
        c40.intoArray(c, out + 4 * row);
        c41.intoArray(c, out + 4 * row + LANES);
        c50.intoArray(c, out + 5 * row);
        c51.intoArray(c, out + 5 * row + LANES);
    }

    @Override
    public void sums(DoubleStrip strip, int panel, int tap) {
        /*E*/double[] x = strip.planes;
        /*E*/double[] g = strip.grid;
        int length = strip.gridLength;
        int q0 = strip.readAt(tap);
        int q1 = strip.readAt(tap + 1);
        int q2 = strip.readAt(tap + 2);
        int q3 = strip.readAt(tap + 3);
        int q4 = strip.readAt(tap + 4);
        int q5 = strip.readAt(tap + 5);
        int q6 = strip.readAt(tap + 6);
        int q7 = strip.readAt(tap + 7);
        int q8 = strip.readAt(tap + 8);
        int q9 = strip.readAt(tap + 9);
        int q10 = strip.readAt(tap + 10);
        int q11 = strip.readAt(tap + 11);
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = DoubleVector.zero(SPECIES);
        DoubleVector s2 = DoubleVector.zero(SPECIES);
        DoubleVector s3 = DoubleVector.zero(SPECIES);
        DoubleVector s4 = DoubleVector.zero(SPECIES);
        DoubleVector s5 = DoubleVector.zero(SPECIES);
        DoubleVector s6 = DoubleVector.zero(SPECIES);
        DoubleVector s7 = DoubleVector.zero(SPECIES);
        DoubleVector s8 = DoubleVector.zero(SPECIES);
        DoubleVector s9 = DoubleVector.zero(SPECIES);
        DoubleVector s10 = DoubleVector.zero(SPECIES);
        DoubleVector s11 = DoubleVector.zero(SPECIES);
        for (int p = 0; p < length; p++) {
            DoubleVector made = DoubleVector.fromArray(SPECIES, g, panel + p * LANES);
            s0 = DoubleVector.broadcast(SPECIES, x[q0 + p]).fma(made, s0);
            s1 = DoubleVector.broadcast(SPECIES, x[q1 + p]).fma(made, s1);
            s2 = DoubleVector.broadcast(SPECIES, x[q2 + p]).fma(made, s2);
            s3 = DoubleVector.broadcast(SPECIES, x[q3 + p]).fma(made, s3);
            s4 = DoubleVector.broadcast(SPECIES, x[q4 + p]).fma(made, s4);
            s5 = DoubleVector.broadcast(SPECIES, x[q5 + p]).fma(made, s5);
            s6 = DoubleVector.broadcast(SPECIES, x[q6 + p]).fma(made, s6);
            s7 = DoubleVector.broadcast(SPECIES, x[q7 + p]).fma(made, s7);
            s8 = DoubleVector.broadcast(SPECIES, x[q8 + p]).fma(made, s8);
            s9 = DoubleVector.broadcast(SPECIES, x[q9 + p]).fma(made, s9);
            s10 = DoubleVector.broadcast(SPECIES, x[q10 + p]).fma(made, s10);
            s11 = DoubleVector.broadcast(SPECIES, x[q11 + p]).fma(made, s11);
        }
        /*E*/double[] sums = strip.packed;
        int at = strip.packedAt;
        s0.intoArray(sums, at);
        s1.intoArray(sums, at + LANES);
        s2.intoArray(sums, at + 2 * LANES);
        s3.intoArray(sums, at + 3 * LANES);
        s4.intoArray(sums, at + 4 * LANES);
        s5.intoArray(sums, at + 5 * LANES);
        s6.intoArray(sums, at + 6 * LANES);
        s7.intoArray(sums, at + 7 * LANES);
        s8.intoArray(sums, at + 8 * LANES);
        s9.intoArray(sums, at + 9 * LANES);
        s10.intoArray(sums, at + 10 * LANES);
        s11.intoArray(sums, at + 11 * LANES);
    }
}
