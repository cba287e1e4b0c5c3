package io.quadric.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// Copies rows of a few elements by whole vectors.
final class SimdDoublePacking {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();

    private SimdDoublePacking() {}

    static int copiesBehind(int width) {
        return (width + LANES - 1) / LANES * LANES - width;
    }

    /// Four rows into panels, see [DoubleMicroKernel#cutFour].
    static void cutFour(DoubleRows from, int width, /*E*/double[] out, int at, int panel) {
        if (width <= LANES) {
            cutOne(from, width, out, at, panel);
        } else {
            cutMany(from, width, out, at, panel);
        }
    }

    private static void cutOne(DoubleRows from, int width, /*E*/double[] out, int at, int panel) {
        /*E*/double[] a = from.array();
        int r0 = from.offset();
        int r1 = r0 + from.stride();
        int r2 = r1 + from.stride();
        int r3 = r2 + from.stride();
        int panels = from.length() / width;
        for (int j = 0; j < panels; j++) {
            int x = j * width;
            int q = at + j * panel;
            DoubleVector v0 = DoubleVector.fromArray(SPECIES, a, r0 + x);
            DoubleVector v1 = DoubleVector.fromArray(SPECIES, a, r1 + x);
            DoubleVector v2 = DoubleVector.fromArray(SPECIES, a, r2 + x);
            DoubleVector v3 = DoubleVector.fromArray(SPECIES, a, r3 + x);
            v0.intoArray(out, q);
            v1.intoArray(out, q + width);
            v2.intoArray(out, q + 2 * width);
            v3.intoArray(out, q + 3 * width);
        }
    }

    private static void cutMany(DoubleRows from, int width, /*E*/double[] out, int at, int panel) {
        /*E*/double[] a = from.array();
        int stride = from.stride();
        int panels = from.length() / width;
        for (int j = 0; j < panels; j++) {
            int row = from.offset() + j * width;
            int q = at + j * panel;
            for (int p = 0; p < 4; p++) {
                copyTwo(a, row, out, q);
                for (int x = 2 * LANES; x < width; x += LANES) {
                    DoubleVector.fromArray(SPECIES, a, row + x).intoArray(out, q + x);
                }
                row += stride;
                q += width;
            }
        }
    }

    private static void copyTwo(/*E*/double[] a, int row, /*E*/double[] out, int q) {
        DoubleVector first = DoubleVector.fromArray(SPECIES, a, row);
        DoubleVector second = DoubleVector.fromArray(SPECIES, a, row + LANES);
        first.intoArray(out, q);
        second.intoArray(out, q + LANES);
    }
}
