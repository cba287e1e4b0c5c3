package io.quadric.linalg.internal.kernel;

/// Where a micro-kernel finds its operands; one object per product of blocks, so that a call passes three numbers.
public final class DoubleTile {
    /// The packed block of A.
    public final /*E*/double[] left;

    /// The packed block of B.
    public final /*E*/double[] right;

    /// Inner indices of the tile at hand.
    public int depth;

    /// The array of C, or of a tile beside it.
    public /*E*/double[] out;

    /// Elements between two rows of `out`.
    public int stride;

    /// Where the sums start from: `out` itself, or a row of zeros.
    public /*E*/double[] start;

    /// Elements between two rows of `start`; zero for the row of zeros.
    public int startStride;

    private final boolean add;

    /// @param zeros as many as a tile has columns
    public DoubleTile(GemmEngine.Panels panels, /*E*/double[] zeros) {
        this.left = panels.left().doubles();
        this.right = panels.right().doubles();
        this.depth = panels.depth();
        this.add = panels.add();
        this.start = zeros;
    }

    /// Says where the next tiles go.
    public void place(/*E*/double[] out, int stride) {
        this.out = out;
        this.stride = stride;
        if (add) {
            start = out;
            startStride = stride;
        }
    }

    /// The index in `start` that belongs to the index `at` in `out`.
    public int startAt(int at) {
        return add ? at : 0;
    }
}
