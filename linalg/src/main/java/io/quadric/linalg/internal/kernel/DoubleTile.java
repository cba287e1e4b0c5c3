package io.quadric.linalg.internal.kernel;

/// Where the micro-kernel finds its operands. There is one object for each product of blocks, so that a call passes
/// three numbers only.
public final class DoubleTile {
    /// The packed block of A, or the array of A where it is not packed.
    public final /*E*/double[] left;

    /// Elements from one row of the stored A to the next, where it is not packed.
    public int leftStep;

    /// The packed block of B, a panel of it, or the array of B.
    public /*E*/double[] right;

    /// Elements of B from one inner index to the next, where A is not packed.
    public int rightStep;

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

    /// Whether C is added to; otherwise it is not read.
    public final boolean add;

    /// @param zeros as many as a tile has columns
    public DoubleTile(GemmEngine.Panels panels, /*E*/double[] zeros) {
        this(panels.left().doubles(), panels.depth(), panels.add(), zeros);
        this.right = panels.right().doubles();
    }

    /// Of an A that is not packed; where B is, is set for each of its panels.
    ///
    /// @param zeros as many as a tile has columns
    public DoubleTile(/*E*/double[] left, int depth, boolean add, /*E*/double[] zeros) {
        this.left = left;
        this.depth = depth;
        this.add = add;
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
