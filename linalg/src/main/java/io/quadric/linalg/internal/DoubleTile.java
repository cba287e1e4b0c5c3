package io.quadric.linalg.internal;

/// Where a micro-kernel finds its operands; one object per product of blocks, so that a call passes three numbers.
final class DoubleTile {
    /// The packed block of A.
    final /*E*/double[] left;

    /// The packed block of B.
    final /*E*/double[] right;

    /// Inner indices of a panel.
    final int depth;

    /// The array of C, or of an edge tile.
    final /*E*/double[] out;

    /// Elements between two rows of `out`.
    final int stride;

    /// Whether `out` is added to; otherwise it is not read.
    final boolean add;

    DoubleTile(GemmEngine.Panels panels, /*E*/double[] out, int stride, boolean add) {
        this.left = panels.left().doubles();
        this.right = panels.right().doubles();
        this.depth = panels.depth();
        this.out = out;
        this.stride = stride;
        this.add = add;
    }
}
