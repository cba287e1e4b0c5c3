package io.quadric.linalg.internal.kernel;

/// The innermost loops of convolutions by planes (docs/kernels.md).
public interface DoubleStripKernel {
    /// Channels that [#multiply] makes.
    int rows();

    /// Elements of a grid's row that [#multiply] makes.
    int columns();

    /// Channels of the grid that [#dots] reads.
    int dotRows();

    /// Partial sums that [#dots] leaves of every sum.
    int lanes();

    /// Makes a tile of the grid: each element starts from its old value or from zero, and the products are added in
    /// increasing order of channel and tap.
    ///
    /// @param panel index of the packed coefficients
    /// @param place the tile's first place
    /// @param out index of the tile's first element in the grid
    void multiply(DoubleStrip strip, int panel, int place, int out);

    /// For [#dotRows()] rows of the grid and two taps, the sums over all places of their products: row by row, tap by
    /// tap, [#lanes()] partial sums each, which overwrite the strip's `packed`.
    ///
    /// @param row index of the first row in the grid
    /// @param q0 where the first tap reads for place 0
    /// @param q1 the second
    void dots(DoubleStrip strip, int row, int q0, int q1);
}
