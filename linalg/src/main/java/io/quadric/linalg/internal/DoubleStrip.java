package io.quadric.linalg.internal;

/// Where a micro-kernel of convolutions finds its operands.
final class DoubleStrip {
    /// The packed coefficients, or room for partial sums.
    final /*E*/double[] packed;

    /// The first element of `packed`.
    final int packedAt;

    /// What is read.
    final /*E*/double[] planes;

    /// The first element of the planes.
    final int first;

    /// Where every channel and tap reads, relative to a place.
    final int[] offsets;

    /// Channels times taps.
    final int depth;

    /// What is made, or beside what is read in sums.
    final /*E*/double[] grid;

    /// Elements of a row of the grid.
    final int gridLength;

    /// Where the sums start from: the grid, or zeros.
    final /*E*/double[] start;

    /// Elements between two rows of `start`.
    final int startPitch;

    private final boolean add;

    /// @param zeros as many as a tile has columns
    DoubleStrip(PlaneEngine.Operands operands, boolean add, /*E*/double[] zeros) {
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
    int startAt(int at) {
        return add ? at : 0;
    }

    /// Where (channel, tap) k reads for place 0.
    int readAt(int k) {
        return first + offsets[k];
    }
}
