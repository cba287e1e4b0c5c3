package io.quadric.linalg.internal.simd;

import io.quadric.linalg.internal.kernel.DoubleTile;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The tile of small products, 6 rows × 2 vectors on machines of all kinds: 12 accumulators hide the latency of the
/// multiply-adds, and 8 loads for 12 of them are few enough. Where A is no transpose, C2 checks its indices before the
/// loop.
///
/// Where a vector of columns is left, or there are no more, the tile has 12 rows × 1 vector.
///
/// The fences have the same reason as in [SimdDoubleMicroKernel12x2]. The other loop is faster without.
abstract class SimdDoubleDirectMicroKernel extends SimdDoublePacking {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 6;
    private static final int NARROW_ROWS = 12;

    @Override
    public final int directRows() {
        return ROWS;
    }

    @Override
    public final int narrowRows() {
        return NARROW_ROWS;
    }

    @Override
    public final int directColumns() {
        return 2 * LANES;
    }

    @Override
    public final void runDirect(DoubleTile tile, int left, int right, int out) {
        /*E*/double[] c = tile.start;
        int from = tile.startAt(out);
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
    public final void runTransposed(DoubleTile tile, int left, int right, int out) {
        /*E*/double[] c = tile.start;
        int from = tile.startAt(out);
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

    @Override
    public final void runNarrow(DoubleTile tile, int left, int right, int out) {
        /*E*/double[] c = tile.start;
        int from = tile.startAt(out);
        int step = tile.startStride;
        DoubleVector c0 = DoubleVector.fromArray(SPECIES, c, from);
        DoubleVector c1 = DoubleVector.fromArray(SPECIES, c, from + step);
        DoubleVector c2 = DoubleVector.fromArray(SPECIES, c, from + 2 * step);
        DoubleVector c3 = DoubleVector.fromArray(SPECIES, c, from + 3 * step);
        DoubleVector c4 = DoubleVector.fromArray(SPECIES, c, from + 4 * step);
        DoubleVector c5 = DoubleVector.fromArray(SPECIES, c, from + 5 * step);
        DoubleVector c6 = DoubleVector.fromArray(SPECIES, c, from + 6 * step);
        DoubleVector c7 = DoubleVector.fromArray(SPECIES, c, from + 7 * step);
        DoubleVector c8 = DoubleVector.fromArray(SPECIES, c, from + 8 * step);
        DoubleVector c9 = DoubleVector.fromArray(SPECIES, c, from + 9 * step);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, from + 10 * step);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, c, from + 11 * step);
        /*E*/double[] a = tile.left;
        /*E*/double[] b = tile.right;
        int leftStep = tile.leftStep;
        int i1 = left + leftStep;
        int i2 = left + 2 * leftStep;
        int i3 = left + 3 * leftStep;
        int i4 = left + 4 * leftStep;
        int i5 = left + 5 * leftStep;
        int i6 = left + 6 * leftStep;
        int i7 = left + 7 * leftStep;
        int i8 = left + 8 * leftStep;
        int i9 = left + 9 * leftStep;
        int i10 = left + 10 * leftStep;
        int i11 = left + 11 * leftStep;
        int depth = tile.depth;
        int rightStep = tile.rightStep;
        for (int p = 0; p < depth; p++) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, b, right + p * rightStep);
            c0 = DoubleVector.broadcast(SPECIES, a[left + p]).fma(x, c0);
            c1 = DoubleVector.broadcast(SPECIES, a[i1 + p]).fma(x, c1);
            c2 = DoubleVector.broadcast(SPECIES, a[i2 + p]).fma(x, c2);
            c3 = DoubleVector.broadcast(SPECIES, a[i3 + p]).fma(x, c3);
            c4 = DoubleVector.broadcast(SPECIES, a[i4 + p]).fma(x, c4);
            c5 = DoubleVector.broadcast(SPECIES, a[i5 + p]).fma(x, c5);
            c6 = DoubleVector.broadcast(SPECIES, a[i6 + p]).fma(x, c6);
            c7 = DoubleVector.broadcast(SPECIES, a[i7 + p]).fma(x, c7);
            c8 = DoubleVector.broadcast(SPECIES, a[i8 + p]).fma(x, c8);
            c9 = DoubleVector.broadcast(SPECIES, a[i9 + p]).fma(x, c9);
            c10 = DoubleVector.broadcast(SPECIES, a[i10 + p]).fma(x, c10);
            c11 = DoubleVector.broadcast(SPECIES, a[i11 + p]).fma(x, c11);
        }
        c = tile.out;
        step = tile.stride;
        c0.intoArray(c, out);
        c1.intoArray(c, out + step);
        c2.intoArray(c, out + 2 * step);
        c3.intoArray(c, out + 3 * step);
        c4.intoArray(c, out + 4 * step);
        c5.intoArray(c, out + 5 * step);
        c6.intoArray(c, out + 6 * step);
        c7.intoArray(c, out + 7 * step);
        c8.intoArray(c, out + 8 * step);
        c9.intoArray(c, out + 9 * step);
        c10.intoArray(c, out + 10 * step);
        c11.intoArray(c, out + 11 * step);
    }

    @Override
    public final void runNarrowTransposed(DoubleTile tile, int left, int right, int out) {
        /*E*/double[] c = tile.start;
        int from = tile.startAt(out);
        int step = tile.startStride;
        DoubleVector c0 = DoubleVector.fromArray(SPECIES, c, from);
        DoubleVector c1 = DoubleVector.fromArray(SPECIES, c, from + step);
        DoubleVector c2 = DoubleVector.fromArray(SPECIES, c, from + 2 * step);
        DoubleVector c3 = DoubleVector.fromArray(SPECIES, c, from + 3 * step);
        DoubleVector c4 = DoubleVector.fromArray(SPECIES, c, from + 4 * step);
        DoubleVector c5 = DoubleVector.fromArray(SPECIES, c, from + 5 * step);
        DoubleVector c6 = DoubleVector.fromArray(SPECIES, c, from + 6 * step);
        DoubleVector c7 = DoubleVector.fromArray(SPECIES, c, from + 7 * step);
        DoubleVector c8 = DoubleVector.fromArray(SPECIES, c, from + 8 * step);
        DoubleVector c9 = DoubleVector.fromArray(SPECIES, c, from + 9 * step);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, from + 10 * step);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, c, from + 11 * step);
        /*E*/double[] a = tile.left;
        /*E*/double[] b = tile.right;
        int leftStep = tile.leftStep;
        int depth = tile.depth;
        int rightStep = tile.rightStep;
        for (int p = 0; p < depth; p++) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, b, right + p * rightStep);
            int i = left + p * leftStep;
            c0 = DoubleVector.broadcast(SPECIES, a[i]).fma(x, c0);
            c1 = DoubleVector.broadcast(SPECIES, a[i + 1]).fma(x, c1);
            c2 = DoubleVector.broadcast(SPECIES, a[i + 2]).fma(x, c2);
            c3 = DoubleVector.broadcast(SPECIES, a[i + 3]).fma(x, c3);
            VarHandle.loadLoadFence();
            c4 = DoubleVector.broadcast(SPECIES, a[i + 4]).fma(x, c4);
            c5 = DoubleVector.broadcast(SPECIES, a[i + 5]).fma(x, c5);
            c6 = DoubleVector.broadcast(SPECIES, a[i + 6]).fma(x, c6);
            c7 = DoubleVector.broadcast(SPECIES, a[i + 7]).fma(x, c7);
            VarHandle.loadLoadFence();
            c8 = DoubleVector.broadcast(SPECIES, a[i + 8]).fma(x, c8);
            c9 = DoubleVector.broadcast(SPECIES, a[i + 9]).fma(x, c9);
            c10 = DoubleVector.broadcast(SPECIES, a[i + 10]).fma(x, c10);
            c11 = DoubleVector.broadcast(SPECIES, a[i + 11]).fma(x, c11);
        }
        c = tile.out;
        step = tile.stride;
        c0.intoArray(c, out);
        c1.intoArray(c, out + step);
        c2.intoArray(c, out + 2 * step);
        c3.intoArray(c, out + 3 * step);
        c4.intoArray(c, out + 4 * step);
        c5.intoArray(c, out + 5 * step);
        c6.intoArray(c, out + 6 * step);
        c7.intoArray(c, out + 7 * step);
        c8.intoArray(c, out + 8 * step);
        c9.intoArray(c, out + 9 * step);
        c10.intoArray(c, out + 10 * step);
        c11.intoArray(c, out + 11 * step);
    }
}
