package io.quadric.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// A tile of 6 rows × 4 vectors, for machines with 32 vector registers: 24 accumulators, 4 vectors of B, and one
/// broadcast element of A at a time. It is as long as it is because an accumulator must be a local variable.
final class SimdDoubleMicroKernel6x4 implements DoubleMicroKernel {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 6;
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
        int depth = tile.depth;
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        DoubleVector c02 = DoubleVector.zero(SPECIES);
        DoubleVector c03 = DoubleVector.zero(SPECIES);
        DoubleVector c10 = DoubleVector.zero(SPECIES);
        DoubleVector c11 = DoubleVector.zero(SPECIES);
        DoubleVector c12 = DoubleVector.zero(SPECIES);
        DoubleVector c13 = DoubleVector.zero(SPECIES);
        DoubleVector c20 = DoubleVector.zero(SPECIES);
        DoubleVector c21 = DoubleVector.zero(SPECIES);
        DoubleVector c22 = DoubleVector.zero(SPECIES);
        DoubleVector c23 = DoubleVector.zero(SPECIES);
        DoubleVector c30 = DoubleVector.zero(SPECIES);
        DoubleVector c31 = DoubleVector.zero(SPECIES);
        DoubleVector c32 = DoubleVector.zero(SPECIES);
        DoubleVector c33 = DoubleVector.zero(SPECIES);
        DoubleVector c40 = DoubleVector.zero(SPECIES);
        DoubleVector c41 = DoubleVector.zero(SPECIES);
        DoubleVector c42 = DoubleVector.zero(SPECIES);
        DoubleVector c43 = DoubleVector.zero(SPECIES);
        DoubleVector c50 = DoubleVector.zero(SPECIES);
        DoubleVector c51 = DoubleVector.zero(SPECIES);
        DoubleVector c52 = DoubleVector.zero(SPECIES);
        DoubleVector c53 = DoubleVector.zero(SPECIES);
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
            DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[left + p * ROWS + 5]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            c52 = a5.fma(b2, c52);
            c53 = a5.fma(b3, c53);
        }
        store(tile, out, c00, c01);
        store(tile, out + 2 * LANES, c02, c03);
        store(tile, out + tile.stride, c10, c11);
        store(tile, out + tile.stride + 2 * LANES, c12, c13);
        store(tile, out + 2 * tile.stride, c20, c21);
        store(tile, out + 2 * tile.stride + 2 * LANES, c22, c23);
        store(tile, out + 3 * tile.stride, c30, c31);
        store(tile, out + 3 * tile.stride + 2 * LANES, c32, c33);
        store(tile, out + 4 * tile.stride, c40, c41);
        store(tile, out + 4 * tile.stride + 2 * LANES, c42, c43);
        store(tile, out + 5 * tile.stride, c50, c51);
        store(tile, out + 5 * tile.stride + 2 * LANES, c52, c53);
    }

    private static void store(DoubleTile tile, int out, DoubleVector first, DoubleVector second) {
        /*E*/double[] c = tile.out;
        if (tile.add) {
            first.add(DoubleVector.fromArray(SPECIES, c, out)).intoArray(c, out);
            second.add(DoubleVector.fromArray(SPECIES, c, out + LANES)).intoArray(c, out + LANES);
        } else {
            first.intoArray(c, out);
            second.intoArray(c, out + LANES);
        }
    }
}
