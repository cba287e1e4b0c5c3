package io.quadric.linalg.internal.blocked;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.DoubleMicroKernel;
import io.quadric.linalg.internal.kernel.DoubleRows;
import io.quadric.linalg.internal.kernel.DoubleTile;
import io.quadric.linalg.internal.kernel.GemmBlock;
import java.util.Arrays;

/// The loops of small products: A is read where it is, and so is B unless it is a transpose. Every element has the bits
/// that the blocked product gives it.
///
/// The last tiles begin where they end with C, so they compute some elements once more.
final class DoubleDirectProduct {
    private final DoubleMicroKernel kernel;
    private final DoubleTile tile;
    private final GemmBlock a;
    private final GemmBlock b;
    private final Matrix c;
    private final int left;
    private Vector scratch;
    private boolean narrow;
    private int height;
    private int width;

    /// @param tile with the array of A
    DoubleDirectProduct(DoubleMicroKernel kernel, DoubleTile tile, GemmBlock a, GemmBlock b, Matrix c) {
        this.kernel = kernel;
        this.tile = tile;
        this.a = a;
        this.b = b;
        this.c = c;
        Matrix stored = a.operand.stored();
        boolean transposed = a.operand.isTransposed();
        tile.leftStep = stored.rowStride();
        tile.place(c.doubles(), c.rowStride());
        left = transposed ? stored.rowOffset(a.column) + a.row : stored.rowOffset(a.row) + a.column;
    }

    /// C ← A B, or C ← C + A B.
    ///
    /// @param packing of panels of B
    /// @param scratch for a tile, and behind it a panel of B
    void run(DoublePacking packing, Vector scratch) {
        this.scratch = scratch;
        for (int j = 0; j < b.columns; j += width) {
            chooseTile(b.columns - j);
            int first = Math.max(0, Math.min(j, b.columns - width));
            int columns = Math.min(width, b.columns);
            int right = right(b.column + first, columns, packing);
            for (int i = 0; i < a.rows; i += height) {
                int row = Math.min(i, a.rows - height);
                int at = c.rowOffset(a.row + row) + b.column + first;
                boolean again = row < i || first < j;
                if (columns == width ? !(tile.add && again) : spills(at)) {
                    multiply(row, right, at);
                } else {
                    multiplyAtEdge(row, right, at, i - row, j - first);
                }
            }
        }
    }

    private void chooseTile(int columnsLeft) {
        int half = kernel.directColumns() / 2;
        narrow = columnsLeft <= half && kernel.narrowRows() > 0 && kernel.narrowRows() <= a.rows;
        height = narrow ? kernel.narrowRows() : kernel.directRows();
        width = narrow ? half : kernel.directColumns();
    }

    private void multiply(int row, int right, int out) {
        if (a.operand.isTransposed()) {
            multiplyTransposed(left + row, right, out);
        } else if (narrow) {
            kernel.runNarrow(tile, left + row * tile.leftStep, right, out);
        } else {
            kernel.runDirect(tile, left + row * tile.leftStep, right, out);
        }
    }

    private void multiplyTransposed(int from, int right, int out) {
        if (narrow) {
            kernel.runNarrowTransposed(tile, from, right, out);
        } else {
            kernel.runTransposed(tile, from, right, out);
        }
    }

    /// Whether what a tile writes beyond its columns is the place of elements of C that are written later.
    private boolean spills(int out) {
        int end = out + (height - 1) * tile.stride + width;
        return !tile.add && b.columns == c.columns() && c.isContiguous() && end <= c.rowOffset(a.row + a.rows - 1);
    }

    /// Where the tile reads B: in place if whole vectors can be read there, otherwise from a packed panel.
    private int right(int column, int columns, DoublePacking packing) {
        Matrix stored = b.operand.stored();
        tile.right = scratch.doubles();
        tile.rightStep = width;
        int panel = scratch.offset() + height * width;
        if (!b.rowsAreContiguous()) {
            GemmBlock part = new GemmBlock(b.operand, b.row, b.rows, column, columns);
            packing.pack(DoubleRows.of(part), false, tile.right, panel);
            tile.rightStep = kernel.directColumns();
            return panel;
        }
        /*E*/double[] array = stored.doubles();
        int stride = stored.rowStride();
        int at = stored.rowOffset(b.row) + column;
        if (at + (b.rows - 1L) * stride + width <= array.length) {
            tile.right = array;
            tile.rightStep = stride;
            return at;
        }
        // the rows with room for whole vectors; those of a repeated row are 0 elements apart
        int rows = Math.floorDiv(array.length - at - width, Math.max(1, stride)) + 1;
        int readable = Math.max(0, rows) / 4 * 4;
        kernel.cutFours(new DoubleRows(array, at, stride, b.rows, width), readable, width, tile.right, panel);
        Arrays.fill(tile.right, panel + readable * width, panel + b.rows * width, 0);
        for (int p = readable; p < b.rows; p++) {
            System.arraycopy(array, at + p * stride, tile.right, panel + p * width, columns);
        }
        return panel;
    }

    /// A tile that writes too much is computed in scratch, starting from the elements of C.
    ///
    /// @param rows how many of its rows were computed before
    /// @param columns how many of its columns were
    private void multiplyAtEdge(int row, int right, int at, int rows, int columns) {
        /*E*/double[] beside = scratch.doubles();
        /*E*/double[] out = c.doubles();
        int stride = c.rowStride();
        int first = scratch.offset();
        int end = Math.min(width, b.columns);
        for (int x = 0; x < height && tile.add; x++) {
            System.arraycopy(out, at + x * stride, beside, first + x * width, end);
        }
        tile.place(beside, width);
        multiply(row, right, first);
        tile.place(out, stride);
        for (int x = rows; x < height; x++) {
            System.arraycopy(beside, first + x * width + columns, out, at + x * stride + columns, end - columns);
        }
    }
}
