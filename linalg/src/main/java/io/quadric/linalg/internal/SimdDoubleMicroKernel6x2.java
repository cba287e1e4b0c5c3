package io.quadric.linalg.internal;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// A tile of 6 rows × 2 vectors, for machines with 16 vector registers: 12 accumulators, 2 vectors of B, and one
/// broadcast element of A at a time.
///
/// The fences keep the loads of A where they stand. Without them C2 moves all six to the beginning of an iteration,
/// has no register left for some accumulators, and runs at less than half the rate. On x86 a load fence is no
/// instruction. The stores of C are written out, since an accumulator that is passed to a method may become an object.
///
/// Of the 28 instructions for an inner index 8 count and address. A core that is ours alone hides them; one whose other
/// thread is busy does not, so deep panels take two inner indices at a time.
final class SimdDoubleMicroKernel6x2 implements DoubleMicroKernel {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 6;
    private static final int COLUMNS = 2 * LANES;

    /// Inner indices from which on two are taken at a time. The checks of bounds before that loop take as long as some
    /// five of its iterations.
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

    /// All inner indices, one by one.
    private static void bySingles(DoubleTile tile, int left, int right, int out) {
        /*E*/double[] a = tile.left;
        /*E*/double[] b = tile.right;
        /*E*/double[] c = tile.start;
        int from = tile.startAt(out);
        int step = tile.startStride;
        DoubleVector c00 = vector(c, from);
        DoubleVector c01 = vector(c, from + LANES);
        DoubleVector c10 = vector(c, from + step);
        DoubleVector c11 = vector(c, from + step + LANES);
        DoubleVector c20 = vector(c, from + 2 * step);
        DoubleVector c21 = vector(c, from + 2 * step + LANES);
        DoubleVector c30 = vector(c, from + 3 * step);
        DoubleVector c31 = vector(c, from + 3 * step + LANES);
        DoubleVector c40 = vector(c, from + 4 * step);
        DoubleVector c41 = vector(c, from + 4 * step + LANES);
        DoubleVector c50 = vector(c, from + 5 * step);
        DoubleVector c51 = vector(c, from + 5 * step + LANES);
        DoubleVector x;
        int depth = tile.depth;
        for (int p = 0; p < depth; p++) {
            int i = left + p * ROWS;
            int j = right + p * COLUMNS;
            DoubleVector b0 = vector(b, j);
            DoubleVector b1 = vector(b, j + LANES);
            x = element(a, i);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = element(a, i + 1);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = element(a, i + 2);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = element(a, i + 3);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = element(a, i + 4);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = element(a, i + 5);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
        }
        c = tile.out;
        step = tile.stride;
        c00.intoArray(c, out);
        c01.intoArray(c, out + LANES);
        c10.intoArray(c, out + step);
        c11.intoArray(c, out + step + LANES);
        c20.intoArray(c, out + 2 * step);
        c21.intoArray(c, out + 2 * step + LANES);
        c30.intoArray(c, out + 3 * step);
        c31.intoArray(c, out + 3 * step + LANES);
        c40.intoArray(c, out + 4 * step);
        c41.intoArray(c, out + 4 * step + LANES);
        c50.intoArray(c, out + 5 * step);
        c51.intoArray(c, out + 5 * step + LANES);
    }

    /// All inner indices but the last of an odd number.
    private static void byPairs(DoubleTile tile, int left, int right, int out) {
        /*E*/double[] a = tile.left;
        /*E*/double[] b = tile.right;
        /*E*/double[] c = tile.start;
        int from = tile.startAt(out);
        int step = tile.startStride;
        DoubleVector c00 = vector(c, from);
        DoubleVector c01 = vector(c, from + LANES);
        DoubleVector c10 = vector(c, from + step);
        DoubleVector c11 = vector(c, from + step + LANES);
        DoubleVector c20 = vector(c, from + 2 * step);
        DoubleVector c21 = vector(c, from + 2 * step + LANES);
        DoubleVector c30 = vector(c, from + 3 * step);
        DoubleVector c31 = vector(c, from + 3 * step + LANES);
        DoubleVector c40 = vector(c, from + 4 * step);
        DoubleVector c41 = vector(c, from + 4 * step + LANES);
        DoubleVector c50 = vector(c, from + 5 * step);
        DoubleVector c51 = vector(c, from + 5 * step + LANES);
        DoubleVector x;
        int pairs = tile.depth / 2;
        for (int p = 0; p < pairs; p++) {
            int i = left + p * 2 * ROWS;
            int j = right + p * 2 * COLUMNS;
            DoubleVector b0 = vector(b, j);
            DoubleVector b1 = vector(b, j + LANES);
            x = element(a, i);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = element(a, i + 1);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = element(a, i + 2);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = element(a, i + 3);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = element(a, i + 4);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = element(a, i + 5);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            b0 = vector(b, j + COLUMNS);
            b1 = vector(b, j + COLUMNS + LANES);
            x = element(a, i + ROWS);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = element(a, i + ROWS + 1);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = element(a, i + ROWS + 2);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = element(a, i + ROWS + 3);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = element(a, i + ROWS + 4);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = element(a, i + ROWS + 5);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
        }
        c = tile.out;
        step = tile.stride;
        c00.intoArray(c, out);
        c01.intoArray(c, out + LANES);
        c10.intoArray(c, out + step);
        c11.intoArray(c, out + step + LANES);
        c20.intoArray(c, out + 2 * step);
        c21.intoArray(c, out + 2 * step + LANES);
        c30.intoArray(c, out + 3 * step);
        c31.intoArray(c, out + 3 * step + LANES);
        c40.intoArray(c, out + 4 * step);
        c41.intoArray(c, out + 4 * step + LANES);
        c50.intoArray(c, out + 5 * step);
        c51.intoArray(c, out + 5 * step + LANES);
    }

    /// The products of one inner index, after the others.
    private static void addLast(DoubleTile tile, int left, int right, int out) {
        /*E*/double[] c = tile.out;
        DoubleVector b0 = vector(tile.right, right);
        DoubleVector b1 = vector(tile.right, right + LANES);
        for (int i = 0; i < ROWS; i++) {
            DoubleVector x = element(tile.left, left + i);
            int at = out + i * tile.stride;
            x.fma(b0, vector(c, at)).intoArray(c, at);
            x.fma(b1, vector(c, at + LANES)).intoArray(c, at + LANES);
        }
    }

    private static DoubleVector vector(/*E*/double[] from, int at) {
        return DoubleVector.fromArray(SPECIES, from, at);
    }

    /// An element in all lanes, not loaded earlier.
    private static DoubleVector element(/*E*/double[] from, int at) {
        VarHandle.loadLoadFence();
        return DoubleVector.broadcast(SPECIES, from[at]);
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
