package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// What a convolution needs for one precision, on the calling thread.
public interface PlaneEngine {
    /// Pairs (channel, tap) whose sums over the places a kernel computes at once.
    int SUM_TAPS = 12;

    /// Pairs (channel, tap) of one call of [#sums].
    int SUMS_OF_A_TASK = 4 * SUM_TAPS;

    /// Channels that a kernel computes at once.
    int tileRows();

    /// Elements of a grid that a kernel computes at once.
    int tileColumns();

    /// Channels of a panel of a transposed grid, whose sums a kernel computes at once.
    int sumChannels();

    /// Copies images, one in each row, into planes; other elements of the planes stay as they are.
    void place(PlaneLayout layout, Matrix images, Vector planes);

    /// Copies images, one in each row, into a grid, to where the first phase would compute them; other elements of the
    /// grid stay as they are.
    void placeInGrid(PlaneLayout layout, Matrix images, Vector grid);

    /// Transposes the rows of a grid into a panel: [#sumChannels()] elements for each place, zeros where there is no
    /// row.
    ///
    /// @param rows of the grid, at most as many
    /// @param panel overwritten
    void transpose(Matrix rows, Vector panel);

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

    /// Adds to `sums`, for a panel of the transposed grid and up to [#SUMS_OF_A_TASK] pairs (channel, tap) of the
    /// planes, the sum over all places of their products.
    ///
    /// @param operands with scratch for [#SUM_TAPS] · [#sumChannels()] sums in place of coefficients, panels of
    ///     [#transpose] in place of the grid, and a multiple of [#SUM_TAPS] offsets
    /// @param panel which one
    /// @param from the first pair (channel, tap)
    /// @param sums FLOAT64, a row for each pair, a column for each channel of the panels; accumulated
    void sums(Operands operands, int panel, int from, Matrix sums);
}
