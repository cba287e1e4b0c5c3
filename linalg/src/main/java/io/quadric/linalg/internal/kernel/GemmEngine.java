package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// What the blocked matrix product needs for one precision: packing, and the product of packed panels.
///
/// A left panel holds [#tileRows()] rows: for each inner index p, the elements of these rows, one after the other. A
/// right panel holds [#tileColumns()] columns: for each p, the elements of these columns. Panels at the edge are filled
/// up with zeros, so the micro-kernel only ever sees full tiles.
public interface GemmEngine {
    /// Rows of C that a micro-kernel computes.
    int tileRows();

    /// Columns of C that a micro-kernel computes.
    int tileColumns();

    /// Whether the second-level cache of a core has 1 MiB or more, as in processors with 32 vector registers.
    boolean hasLargeCache();

    /// Packs a block of A times `alpha` into left panels, one after the other.
    ///
    /// @param at where in `panels` the first one begins
    void packLeft(GemmBlock block, double alpha, Vector panels, int at);

    /// Writes the elements of A times `alpha`, the same numbers as [#packLeft].
    void copyScaled(double alpha, Matrix a, Matrix scaled);

    /// Packs a block of B into right panels, one after the other.
    ///
    /// @param at where in `panels` the first one begins
    void packRight(GemmBlock block, Vector panels, int at);

    /// The product of packed blocks, whose results are parts of C. The object holds what the parts share, and serves
    /// them all.
    PanelProduct product(Panels panels, Matrix c);

    /// Columns of the tile of small products.
    int directColumns();

    /// Rows of the tile of small products.
    int directRows();

    /// C ← A B, or C ← C + A B, without packing A, nor B unless it is a transpose.
    ///
    /// @param a rows of A, and inner indices
    /// @param b the same inner indices of B, and columns
    /// @param add whether C is added to; otherwise it is not read
    /// @param panel scratch for a tile, and behind it a panel of B
    void multiplyDirectly(GemmBlock a, GemmBlock b, Matrix c, boolean add, Vector panel);

    /// Copies the rows `from` to `to` of the lower triangle of C into the columns of the upper one.
    void mirror(Matrix c, int from, int to);

    /// Packed blocks, and what becomes of their product.
    ///
    /// @param left the packed block of A
    /// @param right the packed block of B
    /// @param edge scratch for one tile
    /// @param inner the first of their inner indices
    /// @param depth how many there are
    /// @param add whether C is added to; otherwise it is not read
    /// @param structure which of them, and which elements of C, can be left out
    record Panels(Vector left, Vector right, Vector edge, int inner, int depth, boolean add,
            ProductStructure structure) {}

    /// C ← A B, or C ← C + A B, for packed A and B.
    interface PanelProduct {
        /// Computes one part of C; its rows are those of the first left panels.
        ///
        /// @param row its first row
        /// @param rows the number of its rows
        /// @param column its first column
        /// @param columns the number of its columns
        /// @param right where in the packed block of B its first panel begins
        void run(int row, int rows, int column, int columns, int right);
    }
}
