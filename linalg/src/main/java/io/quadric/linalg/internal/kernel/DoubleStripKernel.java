package io.quadric.linalg.internal.kernel;

/// The innermost loops of a convolution (docs/kernels.md).
public interface DoubleStripKernel {
    /// Channels that [#multiply] computes.
    int rows();

    /// Elements of a row of the grid that [#multiply] computes.
    int columns();

    /// Channels of a panel of the transposed grid, which [#sums] reads.
    int lanes();

    /// Computes a tile of the grid: each element starts from its old value or from zero, and the products are added in
    /// increasing order of channel and tap.
    ///
    /// @param panel index of the packed coefficients
    /// @param place the tile's first place
    /// @param out index of the tile's first element in the grid
    void multiply(DoubleStrip strip, int panel, int place, int out);

    /// Computes, for a panel of the transposed grid and [PlaneEngine#SUM_TAPS] pairs (channel, tap), the sums over all
    /// places of their products. They overwrite the strip's `packed`, pair by pair, [#lanes()] elements each.
    ///
    /// @param panel index of the panel's first element in the strip's `grid`
    /// @param tap the first pair
    void sums(DoubleStrip strip, int panel, int tap);
}
