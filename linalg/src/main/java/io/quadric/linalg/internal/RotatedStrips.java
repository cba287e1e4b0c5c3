package io.quadric.linalg.internal;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// A matrix Zᵀ whose rows are turned by very many plane rotations, which are collected and then applied strip of
/// columns by strip of columns: a strip stays in the second-level cache for all of them. The strips are shared out over
/// the threads.
///
/// A sweep of m rotations turns the rows (first + m − 1, first + m), …, (first, first + 1), in this order.
final class RotatedStrips {
    /// Columns of a strip: four vectors of 512 bits.
    private static final int COLUMNS = 32;

    /// Rotations, and sweeps, that are collected.
    private static final int ROTATIONS = 1 << 14;
    private static final int SWEEPS = 1 << 10;

    private final int order;
    private final Matrix[] strips;
    private final Vector rotations;
    private final int[] firstRows = new int[SWEEPS];
    private final int[] starts = new int[SWEEPS + 1];
    private int sweeps;
    private final Kernels kernels = Kernels.of(Precision.FLOAT64);
    private final Workspace ws;

    /// @param z Zᵀ, n × n, copied
    /// @param frame memory that lives as long as this
    RotatedStrips(Matrix z, Workspace.Frame frame) {
        order = z.rows();
        ws = frame.workspace();
        rotations = frame.vector(Precision.FLOAT64, 2 * Math.max(ROTATIONS, order));
        strips = new Matrix[(order + COLUMNS - 1) / COLUMNS];
        for (int s = 0; s < strips.length; s++) {
            int to = Math.min(order, (s + 1) * COLUMNS);
            strips[s] = frame.matrix(Precision.FLOAT64, order, to - s * COLUMNS);
        }
        ws.parallel(strips.length, s -> strips[s].copyFrom(z.columns(s * COLUMNS, s * COLUMNS + strips[s].columns())));
    }

    /// Begins a sweep of `count` rotations of the rows from `first` on; returns where in [#rotations()] those of the
    /// rows (first + i, first + i + 1) are to be written: cosine at 2i, sine at 2i + 1..
    int begin(int first, int count) {
        if (sweeps == SWEEPS || starts[sweeps] + 2 * count > rotations.size()) {
            apply();
        }
        int start = starts[sweeps];
        firstRows[sweeps] = first;
        sweeps++;
        starts[sweeps] = start + 2 * count;
        return rotations.offset() + start;
    }

    double[] rotations() {
        return rotations.doubles();
    }

    private void apply() {
        ws.parallel(strips.length, s -> {
            for (int i = 0; i < sweeps; i++) {
                int count = (starts[i + 1] - starts[i]) / 2;
                Matrix rows = strips[s].rows(firstRows[i], firstRows[i] + count + 1);
                kernels.rotateRows(rotations.slice(starts[i], starts[i + 1]), rows);
            }
        });
        sweeps = 0;
    }

    /// Writes Z with its columns in another order.
    ///
    /// @param columns which row of Zᵀ becomes column 0, 1, …
    /// @param out n × n of either precision, overwritten
    void transposeInto(int[] columns, Matrix out) {
        apply();
        ws.parallel(strips.length, s -> {
            for (int r = 0; r < strips[s].columns(); r++) {
                gather(strips[s], r, columns, out.row(s * COLUMNS + r));
            }
        });
    }

    private static void gather(Matrix strip, int column, int[] rows, Vector out) {
        double[] from = strip.doubles();
        int at = strip.rowOffset(0) + column;
        int stride = strip.rowStride();
        if (out.precision() == Precision.FLOAT64) {
            double[] to = out.doubles();
            for (int j = 0; j < rows.length; j++) {
                to[out.offset() + j] = from[at + rows[j] * stride];
            }
        } else {
            float[] to = out.floats();
            for (int j = 0; j < rows.length; j++) {
                to[out.offset() + j] = (float) from[at + rows[j] * stride];
            }
        }
    }
}
