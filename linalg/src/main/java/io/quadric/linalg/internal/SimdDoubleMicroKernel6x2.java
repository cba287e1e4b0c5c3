package io.quadric.linalg.internal;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// A tile of 6 rows × 2 vectors, for machines with 16 vector registers: 12 accumulators, 2 vectors of B, and one
/// broadcast element of A at a time.
///
/// The fences keep the loads of A where they stand. Without them C2 moves all six to the beginning of an iteration,
/// has no register left for some accumulators, and runs at less than half the rate. On x86 a load fence is no
/// instruction. The loads and stores of C are written out, since an accumulator that is passed to a method may become
/// an object.
///
/// Of 28 instructions for an inner index 8 count and address. A core that is ours alone hides them; one whose other
/// thread is busy does not, so deep panels take four inner indices at a time: 22 instructions each.
final class SimdDoubleMicroKernel6x2 implements DoubleMicroKernel {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 6;
    private static final int COLUMNS = 2 * LANES;

    /// Inner indices from which on four are taken at a time. The checks of bounds before that loop take as long as some
    /// ten of its iterations.
    private static final int FOURS_FROM = 256;

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public void run(DoubleTile tile, int left, int right, int out) {
        /*E*/double[] a = tile.left;
        /*E*/double[] b = tile.right;
        /*E*/double[] c = tile.start;
        int from = tile.startAt(out);
        int step = tile.startStride;
        int depth = tile.depth;
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
        DoubleVector b0;
        DoubleVector b1;
        DoubleVector x;
        int fours = depth < FOURS_FROM ? 0 : depth / 4;
        for (int q = 0; q < fours; q++) {
            int i = left + q * 4 * ROWS;
            int j = right + q * 4 * COLUMNS;
            b0 = DoubleVector.fromArray(SPECIES, b, j);
            b1 = DoubleVector.fromArray(SPECIES, b, j + LANES);
            x = DoubleVector.broadcast(SPECIES, a[i]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 5]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            VarHandle.loadLoadFence();
            b0 = DoubleVector.fromArray(SPECIES, b, j + COLUMNS);
            b1 = DoubleVector.fromArray(SPECIES, b, j + COLUMNS + LANES);
            x = DoubleVector.broadcast(SPECIES, a[i + ROWS]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + ROWS + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + ROWS + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + ROWS + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + ROWS + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + ROWS + 5]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            VarHandle.loadLoadFence();
            b0 = DoubleVector.fromArray(SPECIES, b, j + 2 * COLUMNS);
            b1 = DoubleVector.fromArray(SPECIES, b, j + 2 * COLUMNS + LANES);
            x = DoubleVector.broadcast(SPECIES, a[i + 2 * ROWS]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 2 * ROWS + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 2 * ROWS + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 2 * ROWS + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 2 * ROWS + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 2 * ROWS + 5]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            VarHandle.loadLoadFence();
            b0 = DoubleVector.fromArray(SPECIES, b, j + 3 * COLUMNS);
            b1 = DoubleVector.fromArray(SPECIES, b, j + 3 * COLUMNS + LANES);
            x = DoubleVector.broadcast(SPECIES, a[i + 3 * ROWS]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 3 * ROWS + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 3 * ROWS + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 3 * ROWS + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 3 * ROWS + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 3 * ROWS + 5]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
        }
        for (int p = 4 * fours; p < depth; p++) {
            int i = left + p * ROWS;
            int j = right + p * COLUMNS;
            b0 = DoubleVector.fromArray(SPECIES, b, j);
            b1 = DoubleVector.fromArray(SPECIES, b, j + LANES);
            x = DoubleVector.broadcast(SPECIES, a[i]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            VarHandle.loadLoadFence();
            x = DoubleVector.broadcast(SPECIES, a[i + 5]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
        }
        c = tile.out;
        c00.intoArray(c, out);
        c01.intoArray(c, out + LANES);
        c10.intoArray(c, out + tile.stride);
        c11.intoArray(c, out + tile.stride + LANES);
        c20.intoArray(c, out + 2 * tile.stride);
        c21.intoArray(c, out + 2 * tile.stride + LANES);
        c30.intoArray(c, out + 3 * tile.stride);
        c31.intoArray(c, out + 3 * tile.stride + LANES);
        c40.intoArray(c, out + 4 * tile.stride);
        c41.intoArray(c, out + 4 * tile.stride + LANES);
        c50.intoArray(c, out + 5 * tile.stride);
        c51.intoArray(c, out + 5 * tile.stride + LANES);
    }

    @Override
    public int copiesBehind(int width) {
        return SimdDoublePacking.copiesBehind(width);
    }

    @Override
    public void cutFours(DoubleRows all, int rows, int width, /*E*/double[] out, int at) {
        SimdDoublePacking.cutFours(all, rows, width, out, at);
    }

    @Override
    public int interleaveFour(DoubleRows from, int row, int width, /*E*/double[] out, int at) {
        return SimdDoublePacking.interleaveFour(from, row, width, out, at);
    }
}
