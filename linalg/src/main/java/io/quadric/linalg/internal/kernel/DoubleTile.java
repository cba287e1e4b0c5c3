package io.quadric.linalg.internal.kernel;

/// Where the micro-kernel finds its operands. There is one object for each product of blocks, so that a call passes
/// three numbers only.
public final class DoubleTile {
    /// The packed block of A.
    public final /*E*/double[] left;

    /// The packed block of B.
    public final /*E*/double[] right;

    /// Inner indices of the current tile.
    public int depth;

    /// The array of C, or of the scratch for a tile at the edge.
    public /*E*/double[] out;

    /// Elements from one row of `out` to the next.
    public int stride;

    /// The values the sums start from: `out` itself, or a row of zeros.
    public /*E*/double[] start;

    /// Elements from one row of `start` to the next; zero for the row of zeros.
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

    /// Sets where the next tiles are written.
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
