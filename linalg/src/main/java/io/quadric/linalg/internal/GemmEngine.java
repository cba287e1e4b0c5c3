package io.quadric.linalg.internal;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// What the blocked matrix product needs of one precision: packing, and the product of packed panels.
///
/// A left panel holds [#tileRows()] rows: for each inner index p the elements of these rows, one after the other. A
/// right panel holds [#tileColumns()] columns: for each p the elements of these columns. Panels at the edge are
/// filled up with zeros, so the micro-kernel knows full tiles only.
interface GemmEngine {
    /// Rows of C that a micro-kernel computes.
    int tileRows();

    /// Columns of C that a micro-kernel computes.
    int tileColumns();

    /// Packs a block of A times `alpha` into left panels, one behind the other.
    void packLeft(GemmBlock block, double alpha, Vector panels);

    /// Packs a block of B into right panels, one behind the other.
    void packRight(GemmBlock block, Vector panels);

    /// C ← A B, or C ← C + A B, for packed A and B.
    void multiply(Panels panels, Matrix c);

    /// Copies the rows `from` to `to` of the lower triangle of C into the columns of the upper one.
    void mirror(Matrix c, int from, int to);

    /// One product of packed blocks.
    ///
    /// @param left the packed block of A
    /// @param right the packed block of B
    /// @param edge scratch for one tile
    /// @param depth inner indices of both
    /// @param add whether C is added to; otherwise it is not read
    /// @param diagonal tiles that lie wholly above the diagonal are left out, where element (i, j) of C is on it if
    ///     j − i = diagonal; [Integer#MAX_VALUE] for all tiles
    record Panels(Vector left, Vector right, Vector edge, int depth, boolean add, int diagonal) {}
}
