package io.quadric.linalg.internal;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// The blocked product's packed panels, and the loops over their tiles.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class DoubleGemmEngine implements GemmEngine {
    /// Columns that are mirrored at a time. As many lines of the cache are written together, and with a stride that is
    /// a power of two they all belong to one set, of 8 places at least.
    private static final int MIRROR = 8;

    /// Rows that are mirrored at a time: they fill a line of the cache.
    private static final int MIRROR_ROWS = 16;

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
        pack(block.stored(), !block.rowsAreContiguous(), new DoublePacking(kernel, tileRows, out, panels.offset()));
        if (alpha != 1) {
            int size = (block.rows() + tileRows - 1) / tileRows * tileRows * block.columns();
            for (int q = panels.offset(); q < panels.offset() + size; q++) {
                out[q] *= (/*E*/double) alpha;
            }
        }
    }

    @Override
    public void packRight(GemmBlock block, Vector panels) {
        DoublePacking packing = new DoublePacking(kernel, tileColumns, panels.doubles(), panels.offset());
        pack(block.stored(), block.rowsAreContiguous(), packing);
    }

    private static void pack(Matrix stored, boolean rowsAreInner, DoublePacking packing) {
        if (rowsAreInner) {
            packing.cut(DoubleRows.of(stored));
        } else {
            packing.transpose(DoubleRows.of(stored));
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
        for (int i = from; i < to; i += MIRROR_ROWS) {
            int rows = Math.min(to, i + MIRROR_ROWS);
            for (int j = 0; j < rows; j += MIRROR) {
                mirrorBlock(c, i, rows, j);
            }
        }
    }

    private static void mirrorBlock(Matrix c, int from, int to, int firstColumn) {
        int i = from;
        for (; i < Math.min(to, firstColumn + MIRROR); i++) {
            mirrorRow(c, i, firstColumn);
        }
        if (i < to) {
            mirrorEight(c, i, to, firstColumn);
        }
    }

    /// What stands in row i from a column on, before the diagonal.
    private static void mirrorRow(Matrix c, int i, int firstColumn) {
        /*E*/double[] a = c.doubles();
        int row = c.rowOffset(i);
        int column = c.rowOffset(0) + i;
        for (int j = firstColumn; j < i; j++) {
            a[column + j * c.rowStride()] = a[row + j];
        }
    }

    /// Eight columns, in rows below their diagonal elements.
    private static void mirrorEight(Matrix c, int from, int to, int firstColumn) {
        /*E*/double[] a = c.doubles();
        int stride = c.rowStride();
        int row = c.rowOffset(from) + firstColumn;
        int t0 = c.rowOffset(firstColumn) + from;
        int t1 = t0 + stride;
        int t2 = t1 + stride;
        int t3 = t2 + stride;
        int t4 = t3 + stride;
        int t5 = t4 + stride;
        int t6 = t5 + stride;
        int t7 = t6 + stride;
        for (int i = 0; i < to - from; i++) {
            a[t0 + i] = a[row];
            a[t1 + i] = a[row + 1];
            a[t2 + i] = a[row + 2];
            a[t3 + i] = a[row + 3];
            a[t4 + i] = a[row + 4];
            a[t5 + i] = a[row + 5];
            a[t6 + i] = a[row + 6];
            a[t7 + i] = a[row + 7];
            row += stride;
        }
    }
}
