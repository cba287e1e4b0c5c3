package io.quadric.linalg.internal;

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
            row(tile, left + i, right, out + i * tile.stride);
        }
    }

    private static void row(DoubleTile tile, int left, int right, int out) {
        /*E*/double[] a = tile.left;
        /*E*/double[] b = tile.right;
        /*E*/double c0 = 0;
        /*E*/double c1 = 0;
        /*E*/double c2 = 0;
        /*E*/double c3 = 0;
        for (int p = 0; p < tile.depth; p++) {
            /*E*/double ap = a[left + p * ROWS];
            int q = right + p * COLUMNS;
            c0 += ap * b[q];
            c1 += ap * b[q + 1];
            c2 += ap * b[q + 2];
            c3 += ap * b[q + 3];
        }
        /*E*/double[] c = tile.out;
        boolean add = tile.add;
        c[out] = add ? c[out] + c0 : c0;
        c[out + 1] = add ? c[out + 1] + c1 : c1;
        c[out + 2] = add ? c[out + 2] + c2 : c2;
        c[out + 3] = add ? c[out + 3] + c3 : c3;
    }
}
