package io.quadric.linalg.internal.eigen;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.Kernels;

/// A matrix Zᵀ to whose rows very many plane rotations are applied. They are collected first and then applied to one
/// strip of columns after the other, so that a strip stays in the second-level cache for all of them. The threads share
/// the strips.
///
/// A sweep is m rotations of the rows (first + m − 1, first + m), …, (first, first + 1), in this order.
final class RotationBuffer {
    /// Columns of a strip: four vectors of 512 bits.
    private static final int COLUMNS = 32;

    /// The most rotations, and sweeps, that are collected.
    private static final int ROTATIONS = 1 << 14;
    private static final int SWEEPS = 1 << 10;

    private final int order;
    private final Matrix[] strips;
    private final Vector rotations;
    private final Vector rounded;
    private final int[] firstRows = new int[SWEEPS];
    private final int[] starts = new int[SWEEPS + 1];
    private int sweeps;
    private final Kernels kernels;
    private final Workspace ws;

    /// @param z Zᵀ, n × n, copied
    /// @param precision in which it is kept and rotated
    /// @param frame memory that lives as long as this
    RotationBuffer(Matrix z, Precision precision, Workspace.Frame frame) {
        kernels = KernelProvider.kernels(precision);
        order = z.rows();
        ws = frame.workspace();
        rotations = frame.vector(Precision.FLOAT64, 2 * Math.max(ROTATIONS, order));
        rounded = precision == Precision.FLOAT64 ? rotations : frame.vector(precision, rotations.size());
        strips = new Matrix[(order + COLUMNS - 1) / COLUMNS];
        for (int s = 0; s < strips.length; s++) {
            int to = Math.min(order, (s + 1) * COLUMNS);
            strips[s] = frame.matrix(precision, order, to - s * COLUMNS);
        }
        ws.parallel(strips.length, s -> strips[s].copyFrom(z.columns(s * COLUMNS, s * COLUMNS + strips[s].columns())));
    }

    /// Begins a sweep of `count` rotations of the rows from `first` on. Returns the index in [#rotations()] from which
    /// on the caller writes them: for the rows (first + i, first + i + 1) the cosine at 2i, the sine at 2i + 1.
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
        if (rounded != rotations) {
            rounded.slice(0, starts[sweeps]).copyFrom(rotations.slice(0, starts[sweeps]));
        }
        ws.parallel(strips.length, s -> {
            int i = 0;
            while (i < sweeps) {
                if (i + 1 < sweeps && firstRows[i] <= firstRows[i + 1] && lastRow(i + 1) <= lastRow(i)) {
                    applyPair(strips[s], i);
                    i += 2;
                } else {
                    apply(strips[s], i, firstRows[i], lastRow(i));
                    i++;
                }
            }
        });
        sweeps = 0;
    }

    private int lastRow(int sweep) {
        return firstRows[sweep] + (starts[sweep + 1] - starts[sweep]) / 2;
    }

    /// Applies sweep i and the next one, whose rows are among the rows of sweep i.
    private void applyPair(Matrix strip, int i) {
        int from = firstRows[i + 1];
        int to = lastRow(i + 1);
        apply(strip, i, to, lastRow(i));
        kernels.rotateRowsTwice(part(i, from, to), part(i + 1, from, to), strip.rows(from, to + 1));
        apply(strip, i, firstRows[i], from);
        apply(strip, i + 1, from, from + 1);
    }

    private void apply(Matrix strip, int sweep, int from, int to) {
        if (from < to) {
            kernels.rotateRows(part(sweep, from, to), strip.rows(from, to + 1));
        }
    }

    /// The rotations of a sweep that involve only rows `from` to `to`, both inclusive.
    private Vector part(int sweep, int from, int to) {
        int start = starts[sweep] - 2 * firstRows[sweep];
        return rounded.slice(start + 2 * from, start + 2 * to);
    }

    /// Writes Z with its columns in a given order.
    ///
    /// @param columns which row of Zᵀ becomes column 0, 1, …
    /// @param out n × n of the precision of the strips, overwritten
    void transposeInto(int[] columns, Matrix out) {
        apply();
        ws.parallel(strips.length, s -> {
            for (int r = 0; r < strips[s].columns(); r++) {
                gather(strips[s], r, columns, out.row(s * COLUMNS + r));
            }
        });
    }

    private static void gather(Matrix strip, int column, int[] rows, Vector out) {
        int at = strip.rowOffset(0) + column;
        int stride = strip.rowStride();
        if (out.precision() == Precision.FLOAT64) {
            double[] from = strip.doubles();
            double[] to = out.doubles();
            for (int j = 0; j < rows.length; j++) {
                to[out.offset() + j] = from[at + rows[j] * stride];
            }
        } else {
            float[] from = strip.floats();
            float[] to = out.floats();
            for (int j = 0; j < rows.length; j++) {
                to[out.offset() + j] = from[at + rows[j] * stride];
            }
        }
    }
}
