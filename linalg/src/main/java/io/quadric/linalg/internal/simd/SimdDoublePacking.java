package io.quadric.linalg.internal.simd;

import io.quadric.linalg.internal.kernel.DoubleRows;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Copies rows of a few elements by whole vectors.
final class SimdDoublePacking {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();

    private static final VectorSpecies</*E*/Double> FOUR = SimdSpecies.OfFour.FLOAT64;
    private static final boolean HAS_FOUR = FOUR.vectorBitSize() <= SPECIES.vectorBitSize();

    /// Lanes 2 and 3; lanes 1 and 3.
    private static final VectorMask</*E*/Double> HALVES = VectorMask.fromLong(FOUR, 0b1100);

    private static final VectorMask</*E*/Double> ODD = VectorMask.fromLong(FOUR, 0b1010);

    /// Swaps the halves; swaps neighbours.
    private static final VectorShuffle</*E*/Double> BY_TWO = VectorShuffle.fromOp(FOUR, i -> i ^ 2);

    private static final VectorShuffle</*E*/Double> BY_ONE = VectorShuffle.fromOp(FOUR, i -> i ^ 1);

    private SimdDoublePacking() {}

    static int copiesBehind(int width) {
        return (width + LANES - 1) / LANES * LANES - width;
    }

    /// Copies rows into panels, see [io.quadric.linalg.internal.kernel.DoubleMicroKernel#cutFours].
    static void cutFours(DoubleRows all, int rows, int width, /*E*/double[] out, int at) {
        if (width <= LANES) {
            cutByOne(all, rows, width, out, at);
        } else {
            cutByMany(all, rows, width, out, at);
        }
    }

    /// A method of its own: the general loop with a single vector made products with few columns an eighth slower.
    private static void cutByOne(DoubleRows all, int rows, int width, /*E*/double[] out, int at) {
        /*E*/double[] a = all.array();
        int stride = all.stride();
        int panels = all.length() / width;
        int panel = all.count() * width;
        for (int p = 0; p < rows; p += 4) {
            int row = all.offset() + p * stride;
            int q = at + p * width;
            for (int j = 0; j < panels; j++) {
                DoubleVector v0 = DoubleVector.fromArray(SPECIES, a, row);
                DoubleVector v1 = DoubleVector.fromArray(SPECIES, a, row + stride);
                DoubleVector v2 = DoubleVector.fromArray(SPECIES, a, row + 2 * stride);
                DoubleVector v3 = DoubleVector.fromArray(SPECIES, a, row + 3 * stride);
                v0.intoArray(out, q);
                v1.intoArray(out, q + width);
                v2.intoArray(out, q + 2 * width);
                v3.intoArray(out, q + 3 * width);
                row += width;
                q += panel;
            }
        }
    }

    /// The last vectors of the pieces are written first, since they also write beyond them, where the next row begins.
    /// The vectors are local variables of this method: passed to another, they may become objects.
    private static void cutByMany(DoubleRows all, int rows, int width, /*E*/double[] out, int at) {
        /*E*/double[] a = all.array();
        int stride = all.stride();
        int panels = all.length() / width;
        int panel = all.count() * width;
        int last = (width - 1) / LANES * LANES;
        for (int p = 0; p < rows; p += 4) {
            int row = all.offset() + p * stride;
            int q = at + p * width;
            for (int j = 0; j < panels; j++) {
                for (int x = last; x >= 0; x -= LANES) {
                    DoubleVector v0 = DoubleVector.fromArray(SPECIES, a, row + x);
                    DoubleVector v1 = DoubleVector.fromArray(SPECIES, a, row + x + stride);
                    DoubleVector v2 = DoubleVector.fromArray(SPECIES, a, row + x + 2 * stride);
                    DoubleVector v3 = DoubleVector.fromArray(SPECIES, a, row + x + 3 * stride);
                    v0.intoArray(out, q + x);
                    v1.intoArray(out, q + x + width);
                    v2.intoArray(out, q + x + 2 * width);
                    v3.intoArray(out, q + x + 3 * width);
                }
                row += width;
                q += panel;
            }
        }
    }

    /// Transposes blocks of 4 × 4 elements, see [io.quadric.linalg.internal.kernel.DoubleMicroKernel#interleaveFour].
    static int interleaveFour(DoubleRows from, int row, int width, /*E*/double[] out, int at) {
        if (!HAS_FOUR) {
            return 0;
        }
        /*E*/double[] a = from.array();
        int r0 = from.offset() + row * from.stride();
        int r1 = r0 + from.stride();
        int r2 = r1 + from.stride();
        int r3 = r2 + from.stride();
        int depth = from.length() / 4 * 4;
        for (int p = 0; p < depth; p += 4) {
            DoubleVector u0 = DoubleVector.fromArray(FOUR, a, r0 + p);
            DoubleVector u1 = DoubleVector.fromArray(FOUR, a, r1 + p);
            DoubleVector u2 = DoubleVector.fromArray(FOUR, a, r2 + p);
            DoubleVector u3 = DoubleVector.fromArray(FOUR, a, r3 + p);
            DoubleVector v0 = u0.blend(u2.rearrange(BY_TWO), HALVES);
            DoubleVector v1 = u1.blend(u3.rearrange(BY_TWO), HALVES);
            DoubleVector v2 = u0.rearrange(BY_TWO).blend(u2, HALVES);
            DoubleVector v3 = u1.rearrange(BY_TWO).blend(u3, HALVES);
            int q = at + p * width;
            v0.blend(v1.rearrange(BY_ONE), ODD).intoArray(out, q);
            v0.rearrange(BY_ONE).blend(v1, ODD).intoArray(out, q + width);
            v2.blend(v3.rearrange(BY_ONE), ODD).intoArray(out, q + 2 * width);
            v2.rearrange(BY_ONE).blend(v3, ODD).intoArray(out, q + 3 * width);
        }
        return depth;
    }
}
