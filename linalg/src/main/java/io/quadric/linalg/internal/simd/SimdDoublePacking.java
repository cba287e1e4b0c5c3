package io.quadric.linalg.internal.simd;

import io.quadric.linalg.internal.kernel.DoubleMicroKernel;
import io.quadric.linalg.internal.kernel.DoubleRows;
import io.quadric.linalg.internal.kernel.DoubleTransposition;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Packing by whole vectors, which is the same for tiles of any shape; a micro-kernel adds the tile.
abstract class SimdDoublePacking implements DoubleMicroKernel {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();

    private static final VectorSpecies</*E*/Double> FOUR = SimdSpecies.OfLanes.FOUR_FLOAT64; //FLOAT64-ONLY
    //FLOAT32: private static final VectorSpecies<Float> FOUR = SimdSpecies.OfLanes.FOUR_FLOAT32;
    private static final boolean HAS_FOUR = FOUR.vectorBitSize() <= SPECIES.vectorBitSize();

    /// Lanes 2 and 3; lanes 1 and 3.
    private static final VectorMask</*E*/Double> HALVES = VectorMask.fromLong(FOUR, 0b1100);

    private static final VectorMask</*E*/Double> ODD = VectorMask.fromLong(FOUR, 0b1010);

    /// Swaps the halves; swaps neighbours.
    private static final VectorShuffle</*E*/Double> BY_TWO = VectorShuffle.fromOp(FOUR, i -> i ^ 2);

    private static final VectorShuffle</*E*/Double> BY_ONE = VectorShuffle.fromOp(FOUR, i -> i ^ 1);

    private static final VectorSpecies</*E*/Double> EIGHT = SimdSpecies.OfLanes.EIGHT_FLOAT64; //FLOAT64-ONLY
    //FLOAT32: private static final VectorSpecies<Float> EIGHT = SimdSpecies.OfLanes.EIGHT_FLOAT32;
    private static final boolean HAS_EIGHT = EIGHT.vectorBitSize() <= SPECIES.vectorBitSize();

    /// The second half of the lanes; the second two of each four; the second of each two.
    private static final VectorMask</*E*/Double> BEHIND = VectorMask.fromLong(EIGHT, 0b11110000);

    private static final VectorMask</*E*/Double> PAIRS = VectorMask.fromLong(EIGHT, 0b11001100);

    private static final VectorMask</*E*/Double> SECOND = VectorMask.fromLong(EIGHT, 0b10101010);

    /// Swaps the halves; swaps the pairs of each four; swaps neighbours.
    private static final VectorShuffle</*E*/Double> FAR = VectorShuffle.fromOp(EIGHT, i -> i ^ 4);

    private static final VectorShuffle</*E*/Double> NEXT_BUT_ONE = VectorShuffle.fromOp(EIGHT, i -> i ^ 2);

    private static final VectorShuffle</*E*/Double> NEXT = VectorShuffle.fromOp(EIGHT, i -> i ^ 1);

    @Override
    public final int copiesBehind(int width) {
        return (width + LANES - 1) / LANES * LANES - width;
    }

    @Override
    public final void cutFours(DoubleRows all, int rows, int width, /*E*/double[] out, int at) {
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

    /// Transposes blocks of 4 × 4 elements.
    @Override
    public final int interleaveFour(DoubleTransposition rows, int from, int to, int depth) {
        if (!HAS_FOUR) {
            return 0;
        }
        /*E*/double[] a = rows.rows;
        /*E*/double[] out = rows.panels;
        int stride = rows.stride;
        int width = rows.width;
        int whole = depth / 4 * 4;
        for (int p = 0; p < whole; p += 4) {
            int r = from + p;
            DoubleVector u0 = DoubleVector.fromArray(FOUR, a, r);
            DoubleVector u1 = DoubleVector.fromArray(FOUR, a, r + stride);
            DoubleVector u2 = DoubleVector.fromArray(FOUR, a, r + 2 * stride);
            DoubleVector u3 = DoubleVector.fromArray(FOUR, a, r + 3 * stride);
            DoubleVector v0 = u0.blend(u2.rearrange(BY_TWO), HALVES);
            DoubleVector v1 = u1.blend(u3.rearrange(BY_TWO), HALVES);
            DoubleVector v2 = u0.rearrange(BY_TWO).blend(u2, HALVES);
            DoubleVector v3 = u1.rearrange(BY_TWO).blend(u3, HALVES);
            int q = to + p * width;
            v0.blend(v1.rearrange(BY_ONE), ODD).intoArray(out, q);
            v0.rearrange(BY_ONE).blend(v1, ODD).intoArray(out, q + width);
            v2.blend(v3.rearrange(BY_ONE), ODD).intoArray(out, q + 2 * width);
            v2.rearrange(BY_ONE).blend(v3, ODD).intoArray(out, q + 3 * width);
        }
        return whole;
    }

    /// Transposes blocks of 8 × 8 elements: halves of the rows change places, then quarters, then single elements. From
    /// memory within reach it takes 0.6 of the time of blocks of 4 × 4.
    @Override
    public final int interleaveEight(DoubleTransposition rows, int from, int to, int depth) {
        if (!HAS_EIGHT) {
            return 0;
        }
        /*E*/double[] a = rows.rows;
        /*E*/double[] out = rows.panels;
        int stride = rows.stride;
        int width = rows.width;
        int whole = depth / 8 * 8;
        for (int p = 0; p < whole; p += 8) {
            int r = from + p;
            DoubleVector u0 = DoubleVector.fromArray(EIGHT, a, r);
            DoubleVector u1 = DoubleVector.fromArray(EIGHT, a, r + stride);
            DoubleVector u2 = DoubleVector.fromArray(EIGHT, a, r + 2 * stride);
            DoubleVector u3 = DoubleVector.fromArray(EIGHT, a, r + 3 * stride);
            DoubleVector u4 = DoubleVector.fromArray(EIGHT, a, r + 4 * stride);
            DoubleVector u5 = DoubleVector.fromArray(EIGHT, a, r + 5 * stride);
            DoubleVector u6 = DoubleVector.fromArray(EIGHT, a, r + 6 * stride);
            DoubleVector u7 = DoubleVector.fromArray(EIGHT, a, r + 7 * stride);
            DoubleVector v0 = u0.blend(u4.rearrange(FAR), BEHIND);
            DoubleVector v1 = u1.blend(u5.rearrange(FAR), BEHIND);
            DoubleVector v2 = u2.blend(u6.rearrange(FAR), BEHIND);
            DoubleVector v3 = u3.blend(u7.rearrange(FAR), BEHIND);
            DoubleVector v4 = u0.rearrange(FAR).blend(u4, BEHIND);
            DoubleVector v5 = u1.rearrange(FAR).blend(u5, BEHIND);
            DoubleVector v6 = u2.rearrange(FAR).blend(u6, BEHIND);
            DoubleVector v7 = u3.rearrange(FAR).blend(u7, BEHIND);
            DoubleVector w0 = v0.blend(v2.rearrange(NEXT_BUT_ONE), PAIRS);
            DoubleVector w1 = v1.blend(v3.rearrange(NEXT_BUT_ONE), PAIRS);
            DoubleVector w2 = v0.rearrange(NEXT_BUT_ONE).blend(v2, PAIRS);
            DoubleVector w3 = v1.rearrange(NEXT_BUT_ONE).blend(v3, PAIRS);
            DoubleVector w4 = v4.blend(v6.rearrange(NEXT_BUT_ONE), PAIRS);
            DoubleVector w5 = v5.blend(v7.rearrange(NEXT_BUT_ONE), PAIRS);
            DoubleVector w6 = v4.rearrange(NEXT_BUT_ONE).blend(v6, PAIRS);
            DoubleVector w7 = v5.rearrange(NEXT_BUT_ONE).blend(v7, PAIRS);
            int q = to + p * width;
            w0.blend(w1.rearrange(NEXT), SECOND).intoArray(out, q);
            w0.rearrange(NEXT).blend(w1, SECOND).intoArray(out, q + width);
            w2.blend(w3.rearrange(NEXT), SECOND).intoArray(out, q + 2 * width);
            w2.rearrange(NEXT).blend(w3, SECOND).intoArray(out, q + 3 * width);
            w4.blend(w5.rearrange(NEXT), SECOND).intoArray(out, q + 4 * width);
            w4.rearrange(NEXT).blend(w5, SECOND).intoArray(out, q + 5 * width);
            w6.blend(w7.rearrange(NEXT), SECOND).intoArray(out, q + 6 * width);
            w6.rearrange(NEXT).blend(w7, SECOND).intoArray(out, q + 7 * width);
        }
        return whole;
    }
}
