package io.quadric.linalg.internal.kernel;

/// The innermost loops of a convolution (docs/kernels.md).
public interface DoubleStripKernel {
    /// Channels that [#multiply] computes.
    int rows();

    /// Elements of a row of the grid that [#multiply] computes.
    int columns();

    /// Channels of the grid that [#dots] reads.
    int dotRows();

    /// Partial sums that [#dots] leaves for each sum.
    int lanes();

    /// Computes a tile of the grid: each element starts from its old value or from zero, and the products are added in
    /// increasing order of channel and tap.
    ///
    /// @param panel index of the packed coefficients
    /// @param place the tile's first place
    /// @param out index of the tile's first element in the grid
    void multiply(DoubleStrip strip, int panel, int place, int out);

    /// Computes, for [#dotRows()] rows of the grid and two taps, the sums over all places of their products. They
    /// overwrite the strip's `packed`, row by row and tap by tap, as [#lanes()] partial sums each.
    ///
    /// @param row index of the first row in the grid
    /// @param q0 where the first tap reads for place 0
    /// @param q1 where the second tap reads for place 0
    void dots(DoubleStrip strip, int row, int q0, int q1);
}
