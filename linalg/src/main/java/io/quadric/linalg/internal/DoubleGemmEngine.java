package io.quadric.linalg.internal;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// The blocked product's packing and panel loops.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class DoubleGemmEngine implements GemmEngine {
    /// Columns that are mirrored at a time, so that the lines written stay in the first-level cache.
    private static final int MIRROR = 64;

    /// Rows of B that are packed at a time.
    private static final int ROWS_AT_A_TIME = 8;

    private final DoubleMicroKernel kernel;
    private final int tileRows;
    private final int tileColumns;
    private final /*E*/double[] zeros;

    DoubleGemmEngine(DoubleMicroKernel kernel) {
        this.kernel = kernel;
        this.tileRows = kernel.rows();
        this.tileColumns = kernel.columns();
        this.zeros = new /*E*/double[tileColumns];
    }

    @Override
    public int tileRows() {
        return tileRows;
    }

    @Override
    public int tileColumns() {
        return tileColumns;
    }

    @Override
    public void packLeft(GemmBlock block, double alpha, Vector panels) {
        /*E*/double[] out = panels.doubles();
        Matrix from = block.stored();
        int depth = block.columns();
        for (int i = 0; i < block.rows(); i += tileRows) {
            int rows = Math.min(tileRows, block.rows() - i);
            int at = panels.offset() + i * depth;
            if (block.rowsAreContiguous()) {
                interleave(from.rows(i, i + rows), out, at, tileRows);
            } else {
                stack(from.columns(i, i + rows), out, at, tileRows);
            }
            if (alpha != 1) {
                for (int q = at; q < at + tileRows * depth; q++) {
                    out[q] *= (/*E*/double) alpha;
                }
            }
        }
    }

    @Override
    public void packRight(GemmBlock block, Vector panels) {
        /*E*/double[] out = panels.doubles();
        Matrix from = block.stored();
        int depth = block.rows();
        if (block.rowsAreContiguous()) {
            for (int p = 0; p < depth; p += ROWS_AT_A_TIME) {
                Matrix rows = from.rows(p, Math.min(depth, p + ROWS_AT_A_TIME));
                packRows(rows, out, panels.offset() + p * tileColumns, depth);
            }
            return;
        }
        for (int j = 0; j < block.columns(); j += tileColumns) {
            int columns = Math.min(tileColumns, block.columns() - j);
            interleave(from.rows(j, j + columns), out, panels.offset() + j * depth, tileColumns);
        }
    }

    /// A few whole rows into all panels: the rows are read as streams, however far apart they lie.
    private void packRows(Matrix from, /*E*/double[] out, int at, int depth) {
        for (int j = 0; j < from.columns(); j += tileColumns) {
            int columns = Math.min(tileColumns, from.columns() - j);
            stack(from.columns(j, j + columns), out, at + j * depth, tileColumns);
        }
    }

    /// Rows of the panel are rows of the matrix, filled up with zeros to the width.
    private static void stack(Matrix from, /*E*/double[] out, int at, int width) {
        /*E*/double[] a = from.doubles();
        int columns = from.columns();
        for (int p = 0; p < from.rows(); p++) {
            int q = at + p * width;
            System.arraycopy(a, from.rowOffset(p), out, q, columns);
            for (int x = columns; x < width; x++) {
                out[q + x] = 0;
            }
        }
    }

    /// Rows of the panel are columns of the matrix: a transposition, four matrix rows at a time, filled up with zeros.
    private static void interleave(Matrix from, /*E*/double[] out, int at, int width) {
        int i = 0;
        for (; i + 4 <= from.rows(); i += 4) {
            interleaveFour(from.rows(i, i + 4), out, at + i, width);
        }
        int depth = from.columns();
        for (; i < from.rows(); i++) {
            /*E*/double[] a = from.doubles();
            int row = from.rowOffset(i);
            for (int p = 0; p < depth; p++) {
                out[at + p * width + i] = a[row + p];
            }
        }
        for (; i < width; i++) {
            for (int p = 0; p < depth; p++) {
                out[at + p * width + i] = 0;
            }
        }
    }

    private static void interleaveFour(Matrix from, /*E*/double[] out, int at, int width) {
        /*E*/double[] a = from.doubles();
        int r0 = from.rowOffset(0);
        int r1 = from.rowOffset(1);
        int r2 = from.rowOffset(2);
        int r3 = from.rowOffset(3);
        int depth = from.columns();
        for (int p = 0; p < depth; p++) {
            int q = at + p * width;
            out[q] = a[r0 + p];
            out[q + 1] = a[r1 + p];
            out[q + 2] = a[r2 + p];
            out[q + 3] = a[r3 + p];
        }
    }

    @Override
    public void multiply(Panels panels, Matrix c) {
        DoubleTile tile = new DoubleTile(panels, c.doubles(), c.rowStride(), zeros);
        DoubleTile edge = new DoubleTile(panels, panels.edge().doubles(), tileColumns, zeros);
        int left = panels.left().offset();
        int right = panels.right().offset();
        boolean all = panels.diagonal() == Integer.MAX_VALUE;
        for (int j = 0; j < c.columns(); j += tileColumns) {
            for (int i = 0; i < c.rows(); i += tileRows) {
                if (!all && j > i + tileRows - 1 + panels.diagonal()) {
                    continue;
                }
                int leftPanel = left + i * panels.depth();
                int rightPanel = right + j * panels.depth();
                if (i + tileRows <= c.rows() && j + tileColumns <= c.columns()) {
                    kernel.run(tile, leftPanel, rightPanel, c.rowOffset(i) + j);
                } else {
                    Matrix part = c.rows(i, Math.min(c.rows(), i + tileRows));
                    part = part.columns(j, Math.min(c.columns(), j + tileColumns));
                    runAtEdge(edge, leftPanel, rightPanel, part, panels);
                }
            }
        }
    }

    /// A tile that sticks out of C is computed beside it, starting from the part within C.
    private void runAtEdge(DoubleTile edge, int left, int right, Matrix part, Panels panels) {
        /*E*/double[] beside = edge.out;
        /*E*/double[] c = part.doubles();
        int at = panels.edge().offset();
        for (int x = 0; x < part.rows() && panels.add(); x++) {
            System.arraycopy(c, part.rowOffset(x), beside, at + x * tileColumns, part.columns());
        }
        kernel.run(edge, left, right, at);
        for (int x = 0; x < part.rows(); x++) {
            System.arraycopy(beside, at + x * tileColumns, c, part.rowOffset(x), part.columns());
        }
    }

    @Override
    public void mirror(Matrix c, int from, int to) {
        for (int j = 0; j < to; j += MIRROR) {
            for (int i = from; i < to; i++) {
                mirrorRow(c, i, j, Math.min(i, j + MIRROR));
            }
        }
    }

    private static void mirrorRow(Matrix c, int i, int from, int to) {
        /*E*/double[] a = c.doubles();
        int row = c.rowOffset(i);
        int column = c.rowOffset(0) + i;
        for (int j = from; j < to; j++) {
            a[column + j * c.rowStride()] = a[row + j];
        }
    }
}
