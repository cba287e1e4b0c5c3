package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// What a convolution needs for one precision, on the calling thread.
public interface PlaneEngine {
    /// Pairs (channel, tap) whose dot products a kernel takes at once.
    int DOT_TAPS = 2;

    /// Pairs (channel, tap) of one call of [#dots].
    int DOTS_OF_A_TASK = 24 * DOT_TAPS;

    /// Channels that a kernel computes at once.
    int tileRows();

    /// Elements of a grid that a kernel computes at once.
    int tileColumns();

    /// Channels of a grid whose dot products a kernel takes at once.
    int dotRows();

    /// Elements of scratch that [#dots] needs for partial sums.
    int partialSums();

    /// Copies images, one in each row, into planes; other elements of the planes stay as they are.
    void place(PlaneLayout layout, Matrix images, Vector planes);

    /// Copies images, one in each row, into a grid, to where the first phase would compute them; other elements of the
    /// grid stay as they are.
    void placeInGrid(PlaneLayout layout, Matrix images, Vector grid);

    /// Copies what a phase has computed from the grid into images.
    void take(PlaneLayout layout, int phase, Vector grid, Matrix images);

    /// Packs the coefficients of one panel of output channels: for each channel that is read and each tap, the
    /// coefficients of [#tileRows()] output channels.
    ///
    /// @param kernel the weight
    /// @param elements of the window, one for each tap
    /// @param panel which output channels
    /// @param packed overwritten
    void pack(Kernel kernel, int[] elements, int panel, Vector packed);

    /// The weight of a convolution, outputs × (inputs · window).
    ///
    /// @param weight the matrix
    /// @param area elements of the window
    /// @param transposed whether inputs are computed from outputs
    record Kernel(Matrix weight, int area, boolean transposed) {
        public int made() {
            return transposed ? weight.columns() / area : weight.rows();
        }

        public int read() {
            return transposed ? weight.rows() : weight.columns() / area;
        }

        /// Where the coefficients of a pair of channels begin.
        public int indexOf(int made, int read) {
            return transposed ? weight.rowOffset(read) + made * area : weight.rowOffset(made) + read * area;
        }
    }

    /// grid ← products, or grid ← grid + products, for all channels of a grid.
    void multiply(Operands operands, boolean add);

    /// @param packed the coefficients, panel after panel
    /// @param planes the planes, which are read
    /// @param grid the result, rows of [PlaneLayout#gridLength()] elements
    /// @param offsets where each channel and tap reads for place 0
    /// @param layout where everything is kept
    record Operands(Vector packed, Vector planes, Vector grid, int[] offsets, PlaneLayout layout) {}

    /// Adds to `sums`, for [#dotRows()] channels of the grid and up to [#DOTS_OF_A_TASK] pairs (channel, tap) of the
    /// planes, the sum over all places of their products.
    ///
    /// @param operands with scratch for partial sums in place of coefficients
    /// @param row the first channel of the grid
    /// @param from the first pair (channel, tap)
    /// @param sums FLOAT64, a row for each channel of the grid, a column for each pair; accumulated
    void dots(Operands operands, int row, int from, Matrix sums);
}
