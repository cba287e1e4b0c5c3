package io.quadric.linalg.internal.simd;

import io.quadric.linalg.internal.kernel.DoubleStrip;
import io.quadric.linalg.internal.kernel.DoubleStripKernel;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// Tiles of 6 channels × 2 vectors with 12 accumulators, and dots of 4 channels with 2 taps with 8: enough to hide the
/// latency of the multiply-adds, and few enough for 16 vector registers (with 3 taps C2 has none left for what it loads
/// ahead, which halves the rate). Only the coefficients are packed: a tap is two loads from wherever it reads.
///
/// The fences have the same reason as in [SimdDoubleMicroKernel6x2].
final class SimdDoubleStripKernel implements DoubleStripKernel {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 6;
    private static final int COLUMNS = 2 * LANES;
    private static final int DOT_ROWS = 4;

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public int dotRows() {
        return DOT_ROWS;
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
    public void dots(DoubleStrip strip, int row, int q0, int q1) {
        /*E*/double[] b = strip.planes;
        /*E*/double[] g = strip.grid;
        int length = strip.gridLength;
        DoubleVector s00 = DoubleVector.zero(SPECIES);
        DoubleVector s01 = DoubleVector.zero(SPECIES);
        DoubleVector s10 = DoubleVector.zero(SPECIES);
        DoubleVector s11 = DoubleVector.zero(SPECIES);
        DoubleVector s20 = DoubleVector.zero(SPECIES);
        DoubleVector s21 = DoubleVector.zero(SPECIES);
        DoubleVector s30 = DoubleVector.zero(SPECIES);
        DoubleVector s31 = DoubleVector.zero(SPECIES);
        for (int j = 0; j < length; j += LANES) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q0 + j);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q1 + j);
            DoubleVector g0 = DoubleVector.fromArray(SPECIES, g, row + j);
            s00 = g0.fma(b0, s00);
            s01 = g0.fma(b1, s01);
            VarHandle.loadLoadFence();
            DoubleVector g1 = DoubleVector.fromArray(SPECIES, g, row + length + j);
            s10 = g1.fma(b0, s10);
            s11 = g1.fma(b1, s11);
            VarHandle.loadLoadFence();
            DoubleVector g2 = DoubleVector.fromArray(SPECIES, g, row + 2 * length + j);
            s20 = g2.fma(b0, s20);
            s21 = g2.fma(b1, s21);
            VarHandle.loadLoadFence();
            DoubleVector g3 = DoubleVector.fromArray(SPECIES, g, row + 3 * length + j);
            s30 = g3.fma(b0, s30);
            s31 = g3.fma(b1, s31);
        }
        /*E*/double[] sums = strip.packed;
        int at = strip.packedAt;
        s00.intoArray(sums, at);
        s01.intoArray(sums, at + LANES);
        s10.intoArray(sums, at + 2 * LANES);
        s11.intoArray(sums, at + 3 * LANES);
        s20.intoArray(sums, at + 4 * LANES);
        s21.intoArray(sums, at + 5 * LANES);
        s30.intoArray(sums, at + 6 * LANES);
        s31.intoArray(sums, at + 7 * LANES);
    }
}
