package io.quadric.linalg.internal.simd;

import io.quadric.linalg.internal.kernel.DoubleTile;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// A tile of 12 rows × 2 vectors, for machines with 32 vector registers: 24 accumulators, 2 vectors of B, and up to
/// four broadcast elements of A. The method is this long because an accumulator must be a local variable that is passed
/// to no method.
///
/// A right panel is two vectors wide, so the first-level cache keeps most of it, and 30 columns take as long as 32. The
/// fences keep C2 from loading all elements of A at the beginning of an iteration, for which there are no registers; on
/// x86 a load fence is not an instruction. Two inner indices an iteration were 2 % faster, but longer than what C1 can
/// compile, and then the JVM may stay with code that makes an object of each vector (docs/kernels.md).
final class SimdDoubleMicroKernel12x2 extends SimdDoubleDirectMicroKernel {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 12;
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
        DoubleVector c6x = DoubleVector.fromArray(SPECIES, c, from + 6 * step);
        DoubleVector c6y = DoubleVector.fromArray(SPECIES, c, from + 6 * step + LANES);
        DoubleVector c7x = DoubleVector.fromArray(SPECIES, c, from + 7 * step);
        DoubleVector c7y = DoubleVector.fromArray(SPECIES, c, from + 7 * step + LANES);
        DoubleVector c8x = DoubleVector.fromArray(SPECIES, c, from + 8 * step);
        DoubleVector c8y = DoubleVector.fromArray(SPECIES, c, from + 8 * step + LANES);
        DoubleVector c9x = DoubleVector.fromArray(SPECIES, c, from + 9 * step);
        DoubleVector c9y = DoubleVector.fromArray(SPECIES, c, from + 9 * step + LANES);
        DoubleVector c10x = DoubleVector.fromArray(SPECIES, c, from + 10 * step);
        DoubleVector c10y = DoubleVector.fromArray(SPECIES, c, from + 10 * step + LANES);
        DoubleVector c11x = DoubleVector.fromArray(SPECIES, c, from + 11 * step);
        DoubleVector c11y = DoubleVector.fromArray(SPECIES, c, from + 11 * step + LANES);
        int depth = tile.depth;
        for (int p = 0; p < depth; p++) {
            int i = left + p * ROWS;
            int j = right + p * COLUMNS;
            DoubleVector x = DoubleVector.fromArray(SPECIES, b, j);
            DoubleVector y = DoubleVector.fromArray(SPECIES, b, j + LANES);
            c0x = DoubleVector.broadcast(SPECIES, a[i]).fma(x, c0x);
            c0y = DoubleVector.broadcast(SPECIES, a[i]).fma(y, c0y);
            c1x = DoubleVector.broadcast(SPECIES, a[i + 1]).fma(x, c1x);
            c1y = DoubleVector.broadcast(SPECIES, a[i + 1]).fma(y, c1y);
            c2x = DoubleVector.broadcast(SPECIES, a[i + 2]).fma(x, c2x);
            c2y = DoubleVector.broadcast(SPECIES, a[i + 2]).fma(y, c2y);
            c3x = DoubleVector.broadcast(SPECIES, a[i + 3]).fma(x, c3x);
            c3y = DoubleVector.broadcast(SPECIES, a[i + 3]).fma(y, c3y);
            VarHandle.loadLoadFence();
            c4x = DoubleVector.broadcast(SPECIES, a[i + 4]).fma(x, c4x);
            c4y = DoubleVector.broadcast(SPECIES, a[i + 4]).fma(y, c4y);
            c5x = DoubleVector.broadcast(SPECIES, a[i + 5]).fma(x, c5x);
            c5y = DoubleVector.broadcast(SPECIES, a[i + 5]).fma(y, c5y);
            c6x = DoubleVector.broadcast(SPECIES, a[i + 6]).fma(x, c6x);
            c6y = DoubleVector.broadcast(SPECIES, a[i + 6]).fma(y, c6y);
            c7x = DoubleVector.broadcast(SPECIES, a[i + 7]).fma(x, c7x);
            c7y = DoubleVector.broadcast(SPECIES, a[i + 7]).fma(y, c7y);
            VarHandle.loadLoadFence();
            c8x = DoubleVector.broadcast(SPECIES, a[i + 8]).fma(x, c8x);
            c8y = DoubleVector.broadcast(SPECIES, a[i + 8]).fma(y, c8y);
            c9x = DoubleVector.broadcast(SPECIES, a[i + 9]).fma(x, c9x);
            c9y = DoubleVector.broadcast(SPECIES, a[i + 9]).fma(y, c9y);
            c10x = DoubleVector.broadcast(SPECIES, a[i + 10]).fma(x, c10x);
            c10y = DoubleVector.broadcast(SPECIES, a[i + 10]).fma(y, c10y);
            c11x = DoubleVector.broadcast(SPECIES, a[i + 11]).fma(x, c11x);
            c11y = DoubleVector.broadcast(SPECIES, a[i + 11]).fma(y, c11y);
        }
        c = tile.out;
        step = tile.stride;
        store(c0x, c0y, c, out);
        store(c1x, c1y, c, out + step);
        store(c2x, c2y, c, out + 2 * step);
        store(c3x, c3y, c, out + 3 * step);
        store(c4x, c4y, c, out + 4 * step);
        store(c5x, c5y, c, out + 5 * step);
        store(c6x, c6y, c, out + 6 * step);
        store(c7x, c7y, c, out + 7 * step);
        store(c8x, c8y, c, out + 8 * step);
        store(c9x, c9y, c, out + 9 * step);
        store(c10x, c10y, c, out + 10 * step);
        store(c11x, c11y, c, out + 11 * step);
    }

    /// Writes two vectors; the build puts it in the place of its calls.
    private static void store(DoubleVector x, DoubleVector y, /*E*/double[] c, int at) {
        x.intoArray(c, at);
        y.intoArray(c, at + LANES);
    }
}
