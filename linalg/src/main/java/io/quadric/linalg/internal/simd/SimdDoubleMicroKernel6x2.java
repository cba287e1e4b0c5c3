package io.quadric.linalg.internal.simd;

import io.quadric.linalg.internal.kernel.DoubleTile;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// A tile of 6 rows × 2 vectors, for machines with 16 vector registers: 12 accumulators, 2 vectors of B, and one
/// broadcast element of A at a time.
///
/// The fences keep the loads of A where they are written. Without them C2 moves all six to the beginning of an
/// iteration, has no register left for some accumulators, and runs at less than half the rate. On x86 a load fence is
/// not an instruction. Loads and stores are written out in both loops: an accumulator that is passed to a method which
/// C2 compiles by itself becomes an object.
///
/// Of the 28 instructions for an inner index, 8 count and compute addresses. A core that runs nothing else hides them;
/// one whose second hardware thread is busy does not, so deep panels take two inner indices at a time.
final class SimdDoubleMicroKernel6x2 extends SimdDoubleDirectMicroKernel {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 6;
    private static final int COLUMNS = 2 * LANES;

    /// The least number of inner indices that are taken two at a time. The checks of bounds before that loop cost as
    /// much as about five of its iterations.
    private static final int PAIRS_FROM = 256;

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
        int depth = tile.depth;
        if (depth < PAIRS_FROM) {
            bySingles(tile, left, right, out);
            return;
        }
        byPairs(tile, left, right, out);
        if (depth % 2 > 0) {
            addLast(tile, left + (depth - 1) * ROWS, right + (depth - 1) * COLUMNS, out);
        }
    }

    /// Takes all inner indices, one by one.
    private static void bySingles(DoubleTile tile, int left, int right, int out) {
        /*E*/double[] a = tile.left;
        /*E*/double[] b = tile.right;
        /*E*/double[] c = tile.start;
        int from = tile.startAt(out);
        int step = tile.startStride;
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
        int depth = tile.depth;
        for (int p = 0; p < depth; p++) {
            int i = left + p * ROWS;
            int j = right + p * COLUMNS;
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, j);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, j + LANES);
            c00 = DoubleVector.broadcast(SPECIES, a[i]).fma(b0, c00);
            c01 = DoubleVector.broadcast(SPECIES, a[i]).fma(b1, c01);
            VarHandle.loadLoadFence();
            c10 = DoubleVector.broadcast(SPECIES, a[i + 1]).fma(b0, c10);
            c11 = DoubleVector.broadcast(SPECIES, a[i + 1]).fma(b1, c11);
            VarHandle.loadLoadFence();
            c20 = DoubleVector.broadcast(SPECIES, a[i + 2]).fma(b0, c20);
            c21 = DoubleVector.broadcast(SPECIES, a[i + 2]).fma(b1, c21);
            VarHandle.loadLoadFence();
            c30 = DoubleVector.broadcast(SPECIES, a[i + 3]).fma(b0, c30);
            c31 = DoubleVector.broadcast(SPECIES, a[i + 3]).fma(b1, c31);
            VarHandle.loadLoadFence();
            c40 = DoubleVector.broadcast(SPECIES, a[i + 4]).fma(b0, c40);
            c41 = DoubleVector.broadcast(SPECIES, a[i + 4]).fma(b1, c41);
            VarHandle.loadLoadFence();
            c50 = DoubleVector.broadcast(SPECIES, a[i + 5]).fma(b0, c50);
            c51 = DoubleVector.broadcast(SPECIES, a[i + 5]).fma(b1, c51);
        }
        c00.intoArray(tile.out, out);
        c01.intoArray(tile.out, out + LANES);
        c10.intoArray(tile.out, out + tile.stride);
        c11.intoArray(tile.out, out + tile.stride + LANES);
        c20.intoArray(tile.out, out + 2 * tile.stride);
        c21.intoArray(tile.out, out + 2 * tile.stride + LANES);
        c30.intoArray(tile.out, out + 3 * tile.stride);
        c31.intoArray(tile.out, out + 3 * tile.stride + LANES);
        c40.intoArray(tile.out, out + 4 * tile.stride);
        c41.intoArray(tile.out, out + 4 * tile.stride + LANES);
        c50.intoArray(tile.out, out + 5 * tile.stride);
        c51.intoArray(tile.out, out + 5 * tile.stride + LANES);
    }

    /// Takes the inner indices two by two, and leaves out the last of an odd number.
    private static void byPairs(DoubleTile tile, int left, int right, int out) {
        /*E*/double[] a = tile.left;
        /*E*/double[] b = tile.right;
        /*E*/double[] c = tile.start;
        int from = tile.startAt(out);
        int step = tile.startStride;
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
        int pairs = tile.depth / 2;
        for (int p = 0; p < pairs; p++) {
            int i = left + p * 2 * ROWS;
            int j = right + p * 2 * COLUMNS;
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, j);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, j + LANES);
            c00 = DoubleVector.broadcast(SPECIES, a[i]).fma(b0, c00);
            c01 = DoubleVector.broadcast(SPECIES, a[i]).fma(b1, c01);
            VarHandle.loadLoadFence();
            c10 = DoubleVector.broadcast(SPECIES, a[i + 1]).fma(b0, c10);
            c11 = DoubleVector.broadcast(SPECIES, a[i + 1]).fma(b1, c11);
            VarHandle.loadLoadFence();
            c20 = DoubleVector.broadcast(SPECIES, a[i + 2]).fma(b0, c20);
            c21 = DoubleVector.broadcast(SPECIES, a[i + 2]).fma(b1, c21);
            VarHandle.loadLoadFence();
            c30 = DoubleVector.broadcast(SPECIES, a[i + 3]).fma(b0, c30);
            c31 = DoubleVector.broadcast(SPECIES, a[i + 3]).fma(b1, c31);
            VarHandle.loadLoadFence();
            c40 = DoubleVector.broadcast(SPECIES, a[i + 4]).fma(b0, c40);
            c41 = DoubleVector.broadcast(SPECIES, a[i + 4]).fma(b1, c41);
            VarHandle.loadLoadFence();
            c50 = DoubleVector.broadcast(SPECIES, a[i + 5]).fma(b0, c50);
            c51 = DoubleVector.broadcast(SPECIES, a[i + 5]).fma(b1, c51);
            VarHandle.loadLoadFence();
            b0 = DoubleVector.fromArray(SPECIES, b, j + COLUMNS);
            b1 = DoubleVector.fromArray(SPECIES, b, j + COLUMNS + LANES);
            c00 = DoubleVector.broadcast(SPECIES, a[i + ROWS]).fma(b0, c00);
            c01 = DoubleVector.broadcast(SPECIES, a[i + ROWS]).fma(b1, c01);
            VarHandle.loadLoadFence();
            c10 = DoubleVector.broadcast(SPECIES, a[i + ROWS + 1]).fma(b0, c10);
            c11 = DoubleVector.broadcast(SPECIES, a[i + ROWS + 1]).fma(b1, c11);
            VarHandle.loadLoadFence();
            c20 = DoubleVector.broadcast(SPECIES, a[i + ROWS + 2]).fma(b0, c20);
            c21 = DoubleVector.broadcast(SPECIES, a[i + ROWS + 2]).fma(b1, c21);
            VarHandle.loadLoadFence();
            c30 = DoubleVector.broadcast(SPECIES, a[i + ROWS + 3]).fma(b0, c30);
            c31 = DoubleVector.broadcast(SPECIES, a[i + ROWS + 3]).fma(b1, c31);
            VarHandle.loadLoadFence();
            c40 = DoubleVector.broadcast(SPECIES, a[i + ROWS + 4]).fma(b0, c40);
            c41 = DoubleVector.broadcast(SPECIES, a[i + ROWS + 4]).fma(b1, c41);
            VarHandle.loadLoadFence();
            c50 = DoubleVector.broadcast(SPECIES, a[i + ROWS + 5]).fma(b0, c50);
            c51 = DoubleVector.broadcast(SPECIES, a[i + ROWS + 5]).fma(b1, c51);
        }
        c00.intoArray(tile.out, out);
        c01.intoArray(tile.out, out + LANES);
        c10.intoArray(tile.out, out + tile.stride);
        c11.intoArray(tile.out, out + tile.stride + LANES);
        c20.intoArray(tile.out, out + 2 * tile.stride);
        c21.intoArray(tile.out, out + 2 * tile.stride + LANES);
        c30.intoArray(tile.out, out + 3 * tile.stride);
        c31.intoArray(tile.out, out + 3 * tile.stride + LANES);
        c40.intoArray(tile.out, out + 4 * tile.stride);
        c41.intoArray(tile.out, out + 4 * tile.stride + LANES);
        c50.intoArray(tile.out, out + 5 * tile.stride);
        c51.intoArray(tile.out, out + 5 * tile.stride + LANES);
    }

    /// Adds the products of the last inner index.
    private static void addLast(DoubleTile tile, int left, int right, int out) {
        /*E*/double[] c = tile.out;
        DoubleVector b0 = DoubleVector.fromArray(SPECIES, tile.right, right);
        DoubleVector b1 = DoubleVector.fromArray(SPECIES, tile.right, right + LANES);
        for (int i = 0; i < ROWS; i++) {
            DoubleVector x = DoubleVector.broadcast(SPECIES, tile.left[left + i]);
            int at = out + i * tile.stride;
            x.fma(b0, DoubleVector.fromArray(SPECIES, c, at)).intoArray(c, at);
            x.fma(b1, DoubleVector.fromArray(SPECIES, c, at + LANES)).intoArray(c, at + LANES);
        }
    }
}
