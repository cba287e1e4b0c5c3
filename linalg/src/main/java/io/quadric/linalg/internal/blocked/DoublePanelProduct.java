package io.quadric.linalg.internal.blocked;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.internal.kernel.DoubleMicroKernel;
import io.quadric.linalg.internal.kernel.DoubleTile;
import io.quadric.linalg.internal.kernel.GemmEngine;
import io.quadric.linalg.internal.kernel.ProductStructure;

/// The loops over the tiles of C.
final class DoublePanelProduct implements GemmEngine.PanelProduct {
    private final DoubleMicroKernel kernel;
    private final GemmEngine.Panels panels;
    private final Matrix c;
    private final DoubleTile tile;
    private final int tileRows;
    private final int tileColumns;
    private final boolean symmetric;
    private final boolean triangular;

    DoublePanelProduct(DoubleMicroKernel kernel, GemmEngine.Panels panels, Matrix c, /*E*/double[] zeros) {
        this.kernel = kernel;
        this.panels = panels;
        this.c = c;
        this.tileRows = kernel.rows();
        this.tileColumns = kernel.columns();
        this.symmetric = panels.structure().isSymmetric();
        this.triangular = panels.structure().hasTriangle();
        this.tile = new DoubleTile(panels, zeros);
    }

    @Override
    public void run(int row, int rows, int column, int columns, int right) {
        tile.place(c.doubles(), c.rowStride());
        int firstLeft = panels.left().offset();
        int firstRight = panels.right().offset() + right;
        int lastRow = row + rows;
        int lastColumn = column + columns;
        for (int j = column; j < lastColumn; j += tileColumns) {
            int rightPanel = firstRight + (j - column) * panels.depth();
            for (int i = row; i < lastRow; i += tileRows) {
                if (symmetric && j > i + tileRows - 1) {
                    continue;
                }
                int skipped = triangular ? skip(i, j) : 0;
                int leftAt = firstLeft + (i - row) * panels.depth() + skipped * tileRows;
                int rightAt = rightPanel + skipped * tileColumns;
                if (i + tileRows <= lastRow && j + tileColumns <= lastColumn) {
                    kernel.run(tile, leftAt, rightAt, c.rowOffset(i) + j);
                } else {
                    runAtEdge(leftAt, rightAt, c.rowOffset(i) + j, lastRow - i, lastColumn - j);
                }
            }
        }
    }

    /// Leaves out what the structure allows to: sets the tile's depth and returns how many inner indices are skipped at
    /// its beginning.
    private int skip(int row, int column) {
        ProductStructure structure = panels.structure();
        int first = structure.first(row, column) - panels.inner();
        int end = structure.end(row + tileRows, column + tileColumns) - panels.inner();
        int from = Math.clamp(first, 0, panels.depth());
        tile.depth = Math.clamp(end, from, panels.depth()) - from;
        return from;
    }

    /// A tile that extends beyond its part of C is computed in scratch, starting from the elements of C.
    private void runAtEdge(int left, int right, int at, int rowsLeft, int columnsLeft) {
        /*E*/double[] beside = panels.edge().doubles();
        /*E*/double[] out = c.doubles();
        int stride = c.rowStride();
        int rows = Math.min(tileRows, rowsLeft);
        int columns = Math.min(tileColumns, columnsLeft);
        int first = panels.edge().offset();
        for (int x = 0; x < rows && panels.add(); x++) {
            System.arraycopy(out, at + x * stride, beside, first + x * tileColumns, columns);
        }
        tile.place(beside, tileColumns);
        kernel.run(tile, left, right, first);
        tile.place(out, stride);
        for (int x = 0; x < rows; x++) {
            System.arraycopy(beside, first + x * tileColumns, out, at + x * stride, columns);
        }
    }
}
