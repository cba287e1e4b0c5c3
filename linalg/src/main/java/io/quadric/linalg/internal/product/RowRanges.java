package io.quadric.linalg.internal.product;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;

/// Shares out a pass over the elements of a matrix by ranges of rows, whose size does not depend on the number of
/// threads.
public final class RowRanges {
    /// Elements of a task.
    private static final int GRAIN = 1 << 15;

    private RowRanges() {}

    /// One part of a pass.
    @FunctionalInterface
    public interface Range {
        /// Goes over the rows `from` (inclusive) to `to` (exclusive).
        void run(int from, int to);
    }

    /// {@return the number of rows of a task}
    public static int height(Matrix x) {
        return Math.max(1, GRAIN / Math.max(1, x.columns()));
    }

    /// Goes over all rows; with one thread, as a single range.
    public static void share(Matrix x, Workspace ws, Range range) {
        int rows = x.rows();
        int step = height(x);
        if (rows <= step || ws.threads() == 1) {
            range.run(0, rows);
        } else {
            ws.parallel((rows + step - 1) / step, i -> range.run(i * step, Math.min(rows, (i + 1) * step)));
        }
    }
}
