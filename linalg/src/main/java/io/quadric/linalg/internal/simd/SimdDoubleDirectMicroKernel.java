package io.quadric.linalg.internal.simd;

import io.quadric.linalg.internal.kernel.DoubleDirectTile;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The tile of small products, 6 rows × 2 vectors on machines of all kinds: 12 accumulators hide the latency of the
/// multiply-adds, and 8 loads for 12 of them are few enough. Where A is no transpose, C2 checks its indices before the
/// loop.
///
/// The fences have the same reason as in [SimdDoubleMicroKernel12x2]. The other loop is faster without.
abstract class SimdDoubleDirectMicroKernel extends SimdDoublePacking {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 6;

    @Override
    public final int directRows() {
        return ROWS;
    }

    @Override
    public final int directColumns() {
        return 2 * LANES;
    }

    @Override
    public final void runDirect(DoubleDirectTile tile, int left, int right, int out) {
        /*E*/double[] c = tile.start;
        int from = tile.startStride == 0 ? 0 : out;
        int step = tile.startStride;
        DoubleVector c0x = DoubleVector.fromArray(SPECIES, c, from);
        DoubleVector c0y = DoubleVector.fromArray(SPECIES, c, from + LANES);
        DoubleVector c1x = DoubleVector.fromArray(SPECIES, c, from + step);
        DoubleVector c1y = DoubleVector.fromArray(SPECIES, c, from + step + LANES);
        DoubleVector c2x = DoubleVector.fromArray(SPECIES, c, from + 2 * step);
        DoubleVector c2y = DoubleVector.fromArray(SPECIES, c, from + 2 * step + LANES);
        DoubleVector c3x = DoubleVector.fromArray(SPECIES, c, from + 3 * step);
        DoubleVector c3y = DoubleVector.fromArray(SPECIES, c, from + 3 * step + LANES);
        DoubleVector c4x = DoubleVector.fromArray(SPECIES, c, from + 4 * step);
        DoubleVector c4y = DoubleVector.fromArray(SPECIES, c, from + 4 * step + LANES);
        DoubleVector c5x = DoubleVector.fromArray(SPECIES, c, from + 5 * step);
        DoubleVector c5y = DoubleVector.fromArray(SPECIES, c, from + 5 * step + LANES);
        /*E*/double[] a = tile.left;
        /*E*/double[] b = tile.right;
        int leftStep = tile.leftStep;
        int i1 = left + leftStep;
        int i2 = left + 2 * leftStep;
        int i3 = left + 3 * leftStep;
        int i4 = left + 4 * leftStep;
        int i5 = left + 5 * leftStep;
        int depth = tile.depth;
        int rightStep = tile.rightStep;
        for (int p = 0; p < depth; p++) {
            int j = right + p * rightStep;
            DoubleVector x = DoubleVector.fromArray(SPECIES, b, j);
            DoubleVector y = DoubleVector.fromArray(SPECIES, b, j + LANES);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[left + p]);
            c0x = a0.fma(x, c0x);
            c0y = a0.fma(y, c0y);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i1 + p]);
            c1x = a1.fma(x, c1x);
            c1y = a1.fma(y, c1y);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[i2 + p]);
            c2x = a2.fma(x, c2x);
            c2y = a2.fma(y, c2y);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[i3 + p]);
            c3x = a3.fma(x, c3x);
            c3y = a3.fma(y, c3y);
            DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[i4 + p]);
            c4x = a4.fma(x, c4x);
            c4y = a4.fma(y, c4y);
            DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[i5 + p]);
            c5x = a5.fma(x, c5x);
            c5y = a5.fma(y, c5y);
        }
        c = tile.out;
        step = tile.stride;
        c0x.intoArray(c, out);
        c0y.intoArray(c, out + LANES);
        c1x.intoArray(c, out + step);
        c1y.intoArray(c, out + step + LANES);
        c2x.intoArray(c, out + 2 * step);
        c2y.intoArray(c, out + 2 * step + LANES);
        c3x.intoArray(c, out + 3 * step);
        c3y.intoArray(c, out + 3 * step + LANES);
        c4x.intoArray(c, out + 4 * step);
        c4y.intoArray(c, out + 4 * step + LANES);
        c5x.intoArray(c, out + 5 * step);
        c5y.intoArray(c, out + 5 * step + LANES);
    }

    @Override
    public final void runTransposed(DoubleDirectTile tile, int left, int right, int out) {
        /*E*/double[] c = tile.start;
        int from = tile.startStride == 0 ? 0 : out;
        int step = tile.startStride;
        DoubleVector c0x = DoubleVector.fromArray(SPECIES, c, from);
        DoubleVector c0y = DoubleVector.fromArray(SPECIES, c, from + LANES);
        DoubleVector c1x = DoubleVector.fromArray(SPECIES, c, from + step);
        DoubleVector c1y = DoubleVector.fromArray(SPECIES, c, from + step + LANES);
        DoubleVector c2x = DoubleVector.fromArray(SPECIES, c, from + 2 * step);
        DoubleVector c2y = DoubleVector.fromArray(SPECIES, c, from + 2 * step + LANES);
        DoubleVector c3x = DoubleVector.fromArray(SPECIES, c, from + 3 * step);
        DoubleVector c3y = DoubleVector.fromArray(SPECIES, c, from + 3 * step + LANES);
        DoubleVector c4x = DoubleVector.fromArray(SPECIES, c, from + 4 * step);
        DoubleVector c4y = DoubleVector.fromArray(SPECIES, c, from + 4 * step + LANES);
        DoubleVector c5x = DoubleVector.fromArray(SPECIES, c, from + 5 * step);
        DoubleVector c5y = DoubleVector.fromArray(SPECIES, c, from + 5 * step + LANES);
        /*E*/double[] a = tile.left;
        /*E*/double[] b = tile.right;
        int depth = tile.depth;
        int rightStep = tile.rightStep;
        int leftStep = tile.leftStep;
        for (int p = 0; p < depth; p++) {
            int j = right + p * rightStep;
            int i = left + p * leftStep;
            DoubleVector x = DoubleVector.fromArray(SPECIES, b, j);
            DoubleVector y = DoubleVector.fromArray(SPECIES, b, j + LANES);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
            c0x = a0.fma(x, c0x);
            c0y = a0.fma(y, c0y);
            VarHandle.loadLoadFence();
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + 1]);
            c1x = a1.fma(x, c1x);
            c1y = a1.fma(y, c1y);
            VarHandle.loadLoadFence();
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[i + 2]);
            c2x = a2.fma(x, c2x);
            c2y = a2.fma(y, c2y);
            VarHandle.loadLoadFence();
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[i + 3]);
            c3x = a3.fma(x, c3x);
            c3y = a3.fma(y, c3y);
            VarHandle.loadLoadFence();
            DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[i + 4]);
            c4x = a4.fma(x, c4x);
            c4y = a4.fma(y, c4y);
            VarHandle.loadLoadFence();
            DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[i + 5]);
            c5x = a5.fma(x, c5x);
            c5y = a5.fma(y, c5y);
        }
        c = tile.out;
        step = tile.stride;
        c0x.intoArray(c, out);
        c0y.intoArray(c, out + LANES);
        c1x.intoArray(c, out + step);
        c1y.intoArray(c, out + step + LANES);
        c2x.intoArray(c, out + 2 * step);
        c2y.intoArray(c, out + 2 * step + LANES);
        c3x.intoArray(c, out + 3 * step);
        c3y.intoArray(c, out + 3 * step + LANES);
        c4x.intoArray(c, out + 4 * step);
        c4y.intoArray(c, out + 4 * step + LANES);
        c5x.intoArray(c, out + 5 * step);
        c5y.intoArray(c, out + 5 * step + LANES);
    }
}
