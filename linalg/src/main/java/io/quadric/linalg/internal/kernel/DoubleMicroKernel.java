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

    /// Rows of the tile of small products.
    int directRows();

    /// Columns of the tile of small products.
    int directColumns();

    /// Rows of the tile of small products with half as many columns, or 0 if there is none.
    int narrowRows();

    /// Computes a tile from operands where they lie. Sums are as in [#run].
    ///
    /// @param left index of the first row's first element in A
    /// @param right index of the first element in B
    /// @param out index of the tile's first element in C
    void runDirect(DoubleTile tile, int left, int right, int out);

    /// The same for an A that is a transpose.
    void runTransposed(DoubleTile tile, int left, int right, int out);

    /// [#runDirect] with the narrow tile.
    void runNarrow(DoubleTile tile, int left, int right, int out);

    /// [#runTransposed] with the narrow tile.
    void runNarrowTransposed(DoubleTile tile, int left, int right, int out);

    /// How many elements after a row of `width` elements [#cutFours] reads, and overwrites.
    int copiesBehind(int width);

    /// Cuts the first `rows` rows, a multiple of four, into as many whole pieces of `width` elements as there are:
    /// piece j of row p goes to `at + (j · all + p) · width`. Rows of a panel are written in their order.
    void cutFours(DoubleRows all, int rows, int width, /*E*/double[] out, int at);

    /// Interleaves four rows into four neighbouring columns of a panel: element p of the i-th goes to
    /// `to + p · width + i`.
    ///
    /// @param from index of the first row's first element; the others follow at the stride
    /// @param to index of the first element in the panel
    /// @param depth elements of a row
    /// @return how many elements of each row were copied: as many as fill whole vectors, or none
    int interleaveFour(DoubleTransposition rows, int from, int to, int depth);

    /// The same with eight rows, where there are vectors of eight elements; otherwise none are copied.
    ///
    /// @param from index of the first row's first element
    /// @param to index of the first element in the panel
    /// @param depth elements of a row
    /// @return how many elements of each row were copied
    int interleaveEight(DoubleTransposition rows, int from, int to, int depth);
}
