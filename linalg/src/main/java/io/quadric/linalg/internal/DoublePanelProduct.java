package io.quadric.linalg.internal;

import io.quadric.linalg.Matrix;

/// The loops over the tiles of C.
final class DoublePanelProduct implements GemmEngine.PanelProduct {
    private final DoubleMicroKernel kernel;
    private final GemmEngine.Panels panels;
    private final Matrix c;
    private final DoubleTile tile;
    private final DoubleTile edge;
    private final int tileRows;
    private final int tileColumns;
    private final boolean symmetric;
    private final boolean full;

    DoublePanelProduct(DoubleMicroKernel kernel, GemmEngine.Panels panels, Matrix c, /*E*/double[] zeros) {
        this.kernel = kernel;
        this.panels = panels;
        this.c = c;
        this.tileRows = kernel.rows();
        this.tileColumns = kernel.columns();
        this.symmetric = panels.structure().isSymmetric();
        this.full = panels.structure() == ProductStructure.FULL || panels.structure() == ProductStructure.SYMMETRIC;
        this.tile = new DoubleTile(panels, c.doubles(), c.rowStride(), zeros);
        this.edge = new DoubleTile(panels, panels.edge().doubles(), tileColumns, zeros);
    }

    @Override
    public void run(GemmEngine.Part part) {
        int left = panels.left().offset();
        int right = panels.right().offset() + part.right();
        int lastRow = part.row() + part.rows();
        int lastColumn = part.column() + part.columns();
        for (int j = part.column(); j < lastColumn; j += tileColumns) {
            int rightPanel = right + (j - part.column()) * panels.depth();
            for (int i = part.row(); i < lastRow; i += tileRows) {
                if (symmetric && j > i + tileRows - 1) {
                    continue;
                }
                int leftPanel = left + (i - part.row()) * panels.depth();
                int skipped = full ? 0 : skip(i, j);
                int leftAt = leftPanel + skipped * tileRows;
                int rightAt = rightPanel + skipped * tileColumns;
                if (i + tileRows <= lastRow && j + tileColumns <= lastColumn) {
                    kernel.run(tile, leftAt, rightAt, c.rowOffset(i) + j);
                } else {
                    runAtEdge(leftAt, rightAt, c.rowOffset(i) + j, lastRow - i, lastColumn - j);
                }
            }
        }
    }

    /// Leaves out what the structure allows: sets the tile's depth, and returns how many inner indices come before.
    private int skip(int row, int column) {
        ProductStructure structure = panels.structure();
        int first = structure.first(row, column) - panels.inner();
        int end = structure.end(row + tileRows, column + tileColumns) - panels.inner();
        int from = Math.clamp(first, 0, panels.depth());
        int depth = Math.clamp(end, from, panels.depth()) - from;
        tile.depth = depth;
        edge.depth = depth;
        return from;
    }

    /// A tile that sticks out of its part of C is computed beside it, starting from what stands in C.
    private void runAtEdge(int left, int right, int at, int rowsLeft, int columnsLeft) {
        /*E*/double[] beside = edge.out;
        /*E*/double[] out = tile.out;
        int rows = Math.min(tileRows, rowsLeft);
        int columns = Math.min(tileColumns, columnsLeft);
        int first = panels.edge().offset();
        for (int x = 0; x < rows && panels.add(); x++) {
            System.arraycopy(out, at + x * tile.stride, beside, first + x * tileColumns, columns);
        }
        kernel.run(edge, left, right, first);
        for (int x = 0; x < rows; x++) {
            System.arraycopy(beside, first + x * tileColumns, out, at + x * tile.stride, columns);
        }
    }
}
