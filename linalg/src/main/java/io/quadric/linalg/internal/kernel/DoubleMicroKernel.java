package io.quadric.linalg.internal.kernel;

/// The innermost product: one tile of C from one left and one right panel (docs/kernels.md).
public interface DoubleMicroKernel {
    /// Rows of the tile.
    int rows();

    /// Columns of the tile.
    int columns();

    /// Computes a full tile: each element starts from its old value or from zero, and the products are added in
    /// increasing order of the inner index.
    ///
    /// @param left index of the left panel
    /// @param right index of the right panel
    /// @param out index of the tile's first element in C
    void run(DoubleTile tile, int left, int right, int out);

    /// How many elements after a row of `width` elements [#cutFours] reads, and overwrites.
    int copiesBehind(int width);

    /// Cuts the first `rows` rows, a multiple of four, into as many whole pieces of `width` elements as there are:
    /// piece j of row p goes to `at + (j · all + p) · width`. Rows of a panel are written in their order.
    void cutFours(DoubleRows all, int rows, int width, /*E*/double[] out, int at);

    /// Interleaves the beginnings of four rows into four neighbouring columns of a panel: element p of row `row` + i
    /// goes to `at + p · width + i`.
    ///
    /// @return how many elements of each row were copied: as many as fill whole vectors
    int interleaveFour(DoubleRows from, int row, int width, /*E*/double[] out, int at);
}
