package io.quadric.linalg.internal.simd;

import io.quadric.linalg.internal.kernel.DoubleMicroKernel;
import io.quadric.linalg.internal.kernel.DoubleRows;
import io.quadric.linalg.internal.kernel.DoubleTile;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// A tile of 5 rows × 4 vectors, for machines with 32 vector registers: 20 accumulators, 4 vectors of B, and the
/// broadcast elements of A, all of which may be loaded at once. The method is this long because an accumulator must be
/// a local variable that is passed to no method.
final class SimdDoubleMicroKernel5x4 implements DoubleMicroKernel {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 5;
    private static final int COLUMNS = 4 * LANES;

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
        DoubleVector c02 = DoubleVector.fromArray(SPECIES, c, from + 2 * LANES);
        DoubleVector c03 = DoubleVector.fromArray(SPECIES, c, from + 3 * LANES);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, from + step);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, c, from + step + LANES);
        DoubleVector c12 = DoubleVector.fromArray(SPECIES, c, from + step + 2 * LANES);
        DoubleVector c13 = DoubleVector.fromArray(SPECIES, c, from + step + 3 * LANES);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, c, from + 2 * step);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, c, from + 2 * step + LANES);
        DoubleVector c22 = DoubleVector.fromArray(SPECIES, c, from + 2 * step + 2 * LANES);
        DoubleVector c23 = DoubleVector.fromArray(SPECIES, c, from + 2 * step + 3 * LANES);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, c, from + 3 * step);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, c, from + 3 * step + LANES);
        DoubleVector c32 = DoubleVector.fromArray(SPECIES, c, from + 3 * step + 2 * LANES);
        DoubleVector c33 = DoubleVector.fromArray(SPECIES, c, from + 3 * step + 3 * LANES);
        DoubleVector c40 = DoubleVector.fromArray(SPECIES, c, from + 4 * step);
        DoubleVector c41 = DoubleVector.fromArray(SPECIES, c, from + 4 * step + LANES);
        DoubleVector c42 = DoubleVector.fromArray(SPECIES, c, from + 4 * step + 2 * LANES);
        DoubleVector c43 = DoubleVector.fromArray(SPECIES, c, from + 4 * step + 3 * LANES);
        for (int p = 0; p < depth; p++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, right + p * COLUMNS);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, right + p * COLUMNS + LANES);
            DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, right + p * COLUMNS + 2 * LANES);
            DoubleVector b3 = DoubleVector.fromArray(SPECIES, b, right + p * COLUMNS + 3 * LANES);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[left + p * ROWS]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            c02 = a0.fma(b2, c02);
            c03 = a0.fma(b3, c03);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[left + p * ROWS + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            c12 = a1.fma(b2, c12);
            c13 = a1.fma(b3, c13);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[left + p * ROWS + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            c22 = a2.fma(b2, c22);
            c23 = a2.fma(b3, c23);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[left + p * ROWS + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            c32 = a3.fma(b2, c32);
            c33 = a3.fma(b3, c33);
            DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[left + p * ROWS + 4]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            c42 = a4.fma(b2, c42);
            c43 = a4.fma(b3, c43);
        }
        c = tile.out;
        c00.intoArray(c, out);
        c01.intoArray(c, out + LANES);
        c02.intoArray(c, out + 2 * LANES);
        c03.intoArray(c, out + 3 * LANES);
        c10.intoArray(c, out + tile.stride);
        c11.intoArray(c, out + tile.stride + LANES);
        c12.intoArray(c, out + tile.stride + 2 * LANES);
        c13.intoArray(c, out + tile.stride + 3 * LANES);
        c20.intoArray(c, out + 2 * tile.stride);
        c21.intoArray(c, out + 2 * tile.stride + LANES);
        c22.intoArray(c, out + 2 * tile.stride + 2 * LANES);
        c23.intoArray(c, out + 2 * tile.stride + 3 * LANES);
        c30.intoArray(c, out + 3 * tile.stride);
        c31.intoArray(c, out + 3 * tile.stride + LANES);
        c32.intoArray(c, out + 3 * tile.stride + 2 * LANES);
        c33.intoArray(c, out + 3 * tile.stride + 3 * LANES);
        c40.intoArray(c, out + 4 * tile.stride);
        c41.intoArray(c, out + 4 * tile.stride + LANES);
        c42.intoArray(c, out + 4 * tile.stride + 2 * LANES);
        c43.intoArray(c, out + 4 * tile.stride + 3 * LANES);
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
