package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// What a convolution by planes needs of one precision, on the calling thread.
public interface PlaneEngine {
    /// (Channel, tap) whose dots a micro-kernel takes at once.
    int DOT_TAPS = 2;

    /// (Channel, tap) of one call of [#dots].
    int DOTS_OF_A_TASK = 24 * DOT_TAPS;

    /// Channels that a micro-kernel makes at once.
    int tileRows();

    /// Elements of a grid that a micro-kernel makes at once.
    int tileColumns();

    /// Channels of a grid whose dots a micro-kernel takes at once.
    int dotRows();

    /// Elements of room for partial sums that [#dots] needs.
    int partialSums();

    /// Copies images, one a row, into planes, whose other elements it leaves.
    void place(PlaneLayout layout, Matrix images, Vector planes);

    /// Copies images, one a row, into a grid, as they stand in what the first phase makes; leaves the other elements.
    void placeInGrid(PlaneLayout layout, Matrix images, Vector grid);

    /// Copies what a phase made out of a grid.
    void take(PlaneLayout layout, int phase, Vector grid, Matrix images);

    /// Packs the coefficients of some channels that are made: for each channel that is read and each tap the
    /// coefficients of [#tileRows()] channels.
    ///
    /// @param kernel the weight
    /// @param elements of the window, one for each tap
    /// @param panel which channels
    /// @param packed overwritten
    void pack(Kernel kernel, int[] elements, int panel, Vector packed);

    /// A weight, channels behind × (channels before · window).
    ///
    /// @param weight the matrix
    /// @param area elements of the window
    /// @param transposed whether channels before are made from channels behind
    record Kernel(Matrix weight, int area, boolean transposed) {
        public int made() {
            return transposed ? weight.columns() / area : weight.rows();
        }

        public int read() {
            return transposed ? weight.rows() : weight.columns() / area;
        }

        /// Where the coefficients of two channels begin.
        public int indexOf(int made, int read) {
            return transposed ? weight.rowOffset(read) + made * area : weight.rowOffset(made) + read * area;
        }
    }

    /// grid ← products, or grid + products, for all channels of a grid.
    void multiply(Operands operands, boolean add);

    /// @param packed the coefficients, panel after panel
    /// @param planes what is read
    /// @param grid what is made, rows of [PlaneLayout#gridLength()] elements
    /// @param offsets where every channel and tap reads for place 0
    /// @param layout where everything stands
    record Operands(Vector packed, Vector planes, Vector grid, int[] offsets, PlaneLayout layout) {}

    /// sums ← sums + for [#dotRows()] channels of the grid and [#DOTS_OF_A_TASK] (channel, tap) of the planes, or what
    /// is left of them, the sum over all places of their products.
    ///
    /// @param operands with room for partial sums in place of coefficients
    /// @param row the first channel of the grid
    /// @param from the first (channel, tap)
    /// @param sums FLOAT64, rows for the channels of the grid, columns for (channel, tap)
    void dots(Operands operands, int row, int from, Matrix sums);
}
