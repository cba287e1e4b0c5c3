package io.quadric.linalg.internal.kernel;

/// Where a micro-kernel of convolutions finds its operands.
public final class DoubleStrip {
    /// The packed coefficients, or room for partial sums.
    public final /*E*/double[] packed;

    /// The first element of `packed`.
    public final int packedAt;

    /// What is read.
    public final /*E*/double[] planes;

    /// The first element of the planes.
    public final int first;

    /// Where every channel and tap reads, relative to a place.
    public final int[] offsets;

    /// Channels times taps.
    public final int depth;

    /// What is made, or beside what is read in sums.
    public final /*E*/double[] grid;

    /// Elements of a row of the grid.
    public final int gridLength;

    /// Where the sums start from: the grid, or zeros.
    public final /*E*/double[] start;

    /// Elements between two rows of `start`.
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
