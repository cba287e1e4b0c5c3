package io.quadric.linalg.internal.scalar;

import io.quadric.linalg.internal.kernel.DoubleMicroKernel;
import io.quadric.linalg.internal.kernel.DoubleRows;
import io.quadric.linalg.internal.kernel.DoubleTile;
import io.quadric.linalg.internal.kernel.DoubleTransposition;

/// A tile of 4 × 4 in plain Java.
final class ScalarDoubleMicroKernel implements DoubleMicroKernel {
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
    public void run(DoubleTile tile, int left, int right, int out) {
        for (int i = 0; i < ROWS; i++) {
            int from = tile.startAt(out) + i * tile.startStride;
            row(tile, left + i, right, from, out + i * tile.stride);
        }
    }

    private static void row(DoubleTile tile, int left, int right, int from, int out) {
        /*E*/double[] a = tile.left;
        /*E*/double[] b = tile.right;
        /*E*/double[] start = tile.start;
        /*E*/double c0 = start[from];
        /*E*/double c1 = start[from + 1];
        /*E*/double c2 = start[from + 2];
        /*E*/double c3 = start[from + 3];
        for (int p = 0; p < tile.depth; p++) {
            /*E*/double ap = a[left + p * ROWS];
            int q = right + p * COLUMNS;
            c0 += ap * b[q];
            c1 += ap * b[q + 1];
            c2 += ap * b[q + 2];
            c3 += ap * b[q + 3];
        }
        /*E*/double[] c = tile.out;
        c[out] = c0;
        c[out + 1] = c1;
        c[out + 2] = c2;
        c[out + 3] = c3;
    }

    @Override
    public int directRows() {
        return ROWS;
    }

    @Override
    public int directColumns() {
        return COLUMNS;
    }

    @Override
    public void runDirect(DoubleTile tile, int left, int right, int out) {
        for (int i = 0; i < ROWS; i++) {
            direct(tile, left + i * tile.leftStep, 1, right, out + i * tile.stride);
        }
    }

    @Override
    public void runTransposed(DoubleTile tile, int left, int right, int out) {
        for (int i = 0; i < ROWS; i++) {
            direct(tile, left + i, tile.leftStep, right, out + i * tile.stride);
        }
    }

    @Override
    public int narrowRows() {
        return 0;
    }

    @Override
    public void runNarrow(DoubleTile tile, int left, int right, int out) {
        throw new AssertionError("there is no narrow tile");
    }

    @Override
    public void runNarrowTransposed(DoubleTile tile, int left, int right, int out) {
        throw new AssertionError("there is no narrow tile");
    }

    private static void direct(DoubleTile tile, int left, int leftStep, int right, int out) {
        for (int j = 0; j < COLUMNS; j++) {
            /*E*/double sum = tile.start[tile.startAt(out) + j];
            for (int p = 0; p < tile.depth; p++) {
                sum += tile.left[left + p * leftStep] * tile.right[right + p * tile.rightStep + j];
            }
            tile.out[out + j] = sum;
        }
    }

    @Override
    public int copiesBehind(int width) {
        return 0;
    }

    @Override
    public void cutFours(DoubleRows all, int rows, int width, /*E*/double[] out, int at) {
        /*E*/double[] a = all.array();
        int whole = all.length() / width * width;
        for (int p = 0; p < rows; p++) {
            int row = all.offset() + p * all.stride();
            for (int j = 0; j < whole; j++) {
                out[at + (j / width * all.count() + p) * width + j % width] = a[row + j];
            }
        }
    }

    @Override
    public int interleaveFour(DoubleTransposition rows, int from, int to, int depth) {
        return 0;
    }

    @Override
    public int interleaveEight(DoubleTransposition rows, int from, int to, int depth) {
        return 0;
    }
}
