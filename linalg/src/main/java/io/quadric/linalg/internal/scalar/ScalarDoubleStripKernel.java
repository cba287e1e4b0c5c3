package io.quadric.linalg.internal.scalar;

import io.quadric.linalg.internal.kernel.DoubleStrip;
import io.quadric.linalg.internal.kernel.DoubleStripKernel;
import io.quadric.linalg.internal.kernel.PlaneEngine;

/// Tiles of 4 × 4 in plain Java.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class ScalarDoubleStripKernel implements DoubleStripKernel {
    private static final int ROWS = 4;
    private static final int COLUMNS = 4;

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void multiply(DoubleStrip strip, int panel, int place, int out) {
        for (int i = 0; i < ROWS; i++) {
            int from = strip.startAt(out) + i * strip.startPitch;
            row(strip, panel + i, place, from, out + i * strip.gridLength);
        }
    }

    private static void row(DoubleStrip strip, int panel, int place, int from, int out) {
        /*E*/double[] a = strip.packed;
        /*E*/double[] b = strip.planes;
        /*E*/double c0 = strip.start[from];
        /*E*/double c1 = strip.start[from + 1];
        /*E*/double c2 = strip.start[from + 2];
        /*E*/double c3 = strip.start[from + 3];
        for (int p = 0; p < strip.depth; p++) {
            /*E*/double ap = a[panel + p * ROWS];
            int q = strip.readAt(p) + place;
            c0 += ap * b[q];
            c1 += ap * b[q + 1];
            c2 += ap * b[q + 2];
            c3 += ap * b[q + 3];
        }
        /*E*/double[] c = strip.grid;
        c[out] = c0;
        c[out + 1] = c1;
        c[out + 2] = c2;
        c[out + 3] = c3;
    }

    @Override
    public void sums(DoubleStrip strip, int panel, int tap) {
        for (int k = 0; k < PlaneEngine.SUM_TAPS; k++) {
            strip.packed[strip.packedAt + k] = dot(strip, panel, strip.readAt(tap + k));
        }
    }

    private static /*E*/double dot(DoubleStrip strip, int row, int from) {
        /*E*/double[] b = strip.planes;
        /*E*/double[] g = strip.grid;
        double sum = 0;
        for (int j = 0; j < strip.gridLength; j++) {
            sum += (double) b[from + j] * g[row + j];
        }
        return (/*E*/double) sum;
    }
}
