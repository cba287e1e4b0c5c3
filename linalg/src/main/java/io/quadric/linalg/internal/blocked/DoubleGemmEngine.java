package io.quadric.linalg.internal.blocked;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.DoubleMicroKernel;
import io.quadric.linalg.internal.kernel.DoubleRows;
import io.quadric.linalg.internal.kernel.DoubleTile;
import io.quadric.linalg.internal.kernel.GemmBlock;
import io.quadric.linalg.internal.kernel.GemmEngine;

/// Packing and tiles of the blocked product, and the mirroring of symmetric results.
@SuppressWarnings("cast") // the casts do their work in the float twin
public final class DoubleGemmEngine implements GemmEngine {
    /// Columns that are mirrored at a time. That many cache lines are written together; where the row stride is a power
    /// of two, they all fall into one set, which has at least 8 ways.
    private static final int MIRROR = 8;

    /// Rows that are mirrored at a time: they fill a cache line.
    private static final int MIRROR_ROWS = 16;

    private final DoubleMicroKernel kernel;
    private final boolean largeCache;
    private final DoublePacking left;
    private final DoublePacking right;
    private final DoublePacking direct;
    private final /*E*/double[] zeros;

    public DoubleGemmEngine(DoubleMicroKernel kernel, boolean largeCache) {
        this.kernel = kernel;
        this.largeCache = largeCache;
        this.left = new DoublePacking(kernel, kernel.rows());
        this.right = new DoublePacking(kernel, kernel.columns());
        this.direct = new DoublePacking(kernel, kernel.directColumns());
        this.zeros = new /*E*/double[Math.max(kernel.columns(), kernel.directColumns())];
    }

    @Override
    public int tileRows() {
        return kernel.rows();
    }

    @Override
    public int tileColumns() {
        return kernel.columns();
    }

    @Override
    public boolean hasLargeCache() {
        return largeCache;
    }

    @Override
    public void packLeft(GemmBlock block, double alpha, Vector panels, int at) {
        /*E*/double[] out = panels.doubles();
        int from = panels.offset() + at;
        left.pack(DoubleRows.of(block), !block.rowsAreContiguous(), out, from);
        if (alpha != 1) {
            int size = (block.rows + kernel.rows() - 1) / kernel.rows() * kernel.rows() * block.columns;
            scale((/*E*/double) alpha, out, from, from + size);
        }
    }

    private static void scale(/*E*/double alpha, /*E*/double[] out, int from, int to) {
        for (int q = from; q < to; q++) {
            out[q] *= alpha;
        }
    }

    @Override
    public void copyScaled(double alpha, Matrix a, Matrix scaled) {
        /*E*/double[] out = scaled.doubles();
        for (int i = 0; i < a.rows(); i++) {
            int from = scaled.rowOffset(i);
            System.arraycopy(a.doubles(), a.rowOffset(i), out, from, a.columns());
            scale((/*E*/double) alpha, out, from, from + a.columns());
        }
    }

    @Override
    public void packRight(GemmBlock block, Vector panels, int at) {
        right.pack(DoubleRows.of(block), block.rowsAreContiguous(), panels.doubles(), panels.offset() + at);
    }

    @Override
    public PanelProduct product(Panels panels, Matrix c) {
        return new DoublePanelProduct(kernel, panels, c, zeros);
    }

    @Override
    public int directColumns() {
        return kernel.directColumns();
    }

    @Override
    public int directRows() {
        return kernel.directRows();
    }

    @Override
    public void multiplyDirectly(GemmBlock a, GemmBlock b, Matrix c, boolean add, Vector panel) {
        DoubleTile tile = new DoubleTile(a.operand.stored().doubles(), a.columns, add, zeros);
        new DoubleDirectProduct(kernel, tile, a, b, c).run(direct, panel);
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

    /// Mirrors row i from a column up to the diagonal.
    private static void mirrorRow(Matrix c, int i, int firstColumn) {
        /*E*/double[] a = c.doubles();
        int row = c.rowOffset(i);
        int column = c.rowOffset(0) + i;
        for (int j = firstColumn; j < i; j++) {
            a[column + j * c.rowStride()] = a[row + j];
        }
    }

    /// Mirrors eight columns, in rows below their diagonal elements.
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
