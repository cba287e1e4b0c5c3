package io.quadric.linalg.internal.simd;

import static io.quadric.linalg.internal.simd.SimdDoubleLanes.LANES;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.all;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.load;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.tail;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.internal.kernel.PatchGeometry;
import io.quadric.linalg.internal.scalar.ChannelLine;
import io.quadric.linalg.internal.scalar.ScalarDoubleImages;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// The vectorised loops, in the traversal order of the scalar twin. Copies and scattered accesses are left to the twin.
final class SimdDoubleImages extends ScalarDoubleImages {
    @Override
    public void fold(PatchGeometry at, Matrix u, Matrix x) {
        if (at.window().strideAcross() != 1) {
            super.fold(at, u, x);
            return;
        }
        x.fill(0);
        overlaps(at, (k, place, pixel, count) -> addRun(
                u.doubles(), u.rowOffset(k) + place, x.doubles(), x.rowOffset(0) + pixel, count));
    }

    private static void addRun(/*E*/double[] ua, int ui, /*E*/double[] xa, int xi, int count) {
        int j = 0;
        for (; j <= count - LANES; j += LANES) {
            load(xa, xi + j).add(load(ua, ui + j)).intoArray(xa, xi + j);
        }
        if (j < count) {
            VectorMask</*E*/Double> mask = tail(count);
            load(xa, xi + j, mask).add(load(ua, ui + j, mask)).intoArray(xa, xi + j, mask);
        }
    }

    @Override
    protected double sum(/*E*/double[] xa, int xi, int length) {
        return SimdDoubleReductions.sum(xa, xi, length);
    }

    @Override
    protected double dot(/*E*/double[] xa, int xi, /*E*/double[] ya, int yi, int length) {
        return SimdDoubleReductions.dot(xa, xi, ya, yi, length);
    }

    @Override
    protected void affine(ChannelLine line, /*E*/double[] xa, int xi, /*E*/double[] ya, int yi) {
        DoubleVector factor = all(line.factor());
        DoubleVector summand = all(line.summand());
        int n = line.length();
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            load(xa, xi + j).fma(factor, summand).intoArray(ya, yi + j);
        }
        if (j < n) {
            VectorMask</*E*/Double> mask = tail(n);
            load(xa, xi + j, mask).fma(factor, summand).intoArray(ya, yi + j, mask);
        }
    }

    @Override
    protected void add(ChannelLine line, /*E*/double[] xa, int xi, /*E*/double[] ya, int yi) {
        DoubleVector factor = all(line.factor());
        int n = line.length();
        int j = 0;
        for (; j <= n - LANES; j += LANES) {
            load(xa, xi + j).fma(factor, load(ya, yi + j)).intoArray(ya, yi + j);
        }
        if (j < n) {
            VectorMask</*E*/Double> mask = tail(n);
            load(xa, xi + j, mask).fma(factor, load(ya, yi + j, mask)).intoArray(ya, yi + j, mask);
        }
    }
}
