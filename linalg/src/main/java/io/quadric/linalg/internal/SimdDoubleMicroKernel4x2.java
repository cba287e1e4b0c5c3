package io.quadric.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// A tile of 4 rows × 2 vectors, for machines with 16 vector registers: 8 accumulators hide the latency of two
/// multiply-add pipes, and the 2 + 4 operands leave C2 room to schedule. A larger tile makes it keep an accumulator
/// in memory, which halves the rate (measured with 5 × 2, 4 × 3 and 6 × 2 on AVX2).
final class SimdDoubleMicroKernel4x2 implements DoubleMicroKernel {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 4;
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
    public void run(DoubleTile tile, int left, int right, int out) {
        /*E*/double[] a = tile.left;
        /*E*/double[] b = tile.right;
        int depth = tile.depth;
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        DoubleVector c10 = DoubleVector.zero(SPECIES);
        DoubleVector c11 = DoubleVector.zero(SPECIES);
        DoubleVector c20 = DoubleVector.zero(SPECIES);
        DoubleVector c21 = DoubleVector.zero(SPECIES);
        DoubleVector c30 = DoubleVector.zero(SPECIES);
        DoubleVector c31 = DoubleVector.zero(SPECIES);
        for (int p = 0; p < depth; p++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, right + p * COLUMNS);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, right + p * COLUMNS + LANES);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[left + p * ROWS]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[left + p * ROWS + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[left + p * ROWS + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[left + p * ROWS + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
        }
        store(tile, out, c00, c01);
        store(tile, out + tile.stride, c10, c11);
        store(tile, out + 2 * tile.stride, c20, c21);
        store(tile, out + 3 * tile.stride, c30, c31);
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
