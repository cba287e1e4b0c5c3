package io.quadric.linalg.internal.kernel;

/// Where the innermost kernel of a convolution finds its operands.
public final class DoubleStrip {
    /// The packed coefficients, or scratch for sums.
    public final /*E*/double[] packed;

    /// The index of the first element in `packed`.
    public final int packedAt;

    /// The planes, which are read.
    public final /*E*/double[] planes;

    /// The index of the first element in `planes`.
    public final int first;

    /// For each channel and tap, how far from a place it reads.
    public final int[] offsets;

    /// Channels times taps.
    public final int depth;

    /// The grid, which is written, or panels of it, which are read.
    public final /*E*/double[] grid;

    /// Elements in a row of the grid.
    public final int gridLength;

    /// The values the sums start from: the grid, or zeros.
    public final /*E*/double[] start;

    /// Elements from one row of `start` to the next.
    public final int startPitch;

    private final boolean add;

    /// @param zeros as many as a tile has columns
    public DoubleStrip(PlaneEngine.Operands operands, boolean add, /*E*/double[] zeros) {
        PlaneLayout layout = operands.layout();
        this.packed = operands.packed().doubles();
        this.packedAt = operands.packed().offset();
        this.planes = operands.planes().doubles();
        this.first = operands.planes().offset();
        this.offsets = operands.offsets();
        this.depth = offsets.length;
        this.grid = operands.grid().doubles();
        this.gridLength = layout.gridLength();
        this.add = add;
        this.start = add ? grid : zeros;
        this.startPitch = add ? gridLength : 0;
    }

    /// The index in `start` that belongs to an index of the grid.
    public int startAt(int at) {
        return add ? at : 0;
    }

    /// Where (channel, tap) k reads for place 0.
    public int readAt(int k) {
        return first + offsets[k];
    }
}
