package io.quadric.linalg.internal.kernel;

/// Where the kernel of small products finds its operands, which are not packed. There is one object for each product,
/// so that a call passes three numbers only.
public final class DoubleDirectTile {
    /// The array of A.
    public /*E*/double[] left;

    /// Elements from one row of the stored A to the next.
    public int leftStep;

    /// The array of B, or of a packed panel of it.
    public /*E*/double[] right;

    /// Elements of B from one inner index to the next.
    public int rightStep;

    /// Inner indices.
    public int depth;

    /// The array of C, or of scratch for a tile at the edge.
    public /*E*/double[] out;

    /// Elements from one row of `out` to the next.
    public int stride;

    /// The values the sums start from: `out` itself, or a row of zeros.
    public /*E*/double[] start;

    /// Elements from one row of `start` to the next; zero for the row of zeros.
    public int startStride;
}
