package io.quadric.nn.recurrent;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import java.util.ArrayList;
import java.util.List;

/// Tapes of one kind, one for each segment, or with [StateMemory#CHECKPOINTS] only the states from which each of them
/// can be made again.
final class TapeStore {
    private final Maker maker;
    private final List<Tape> kept = new ArrayList<>();
    private final Matrix boundaries;
    private final int columns;

    /// Makes the tape of a segment.
    interface Maker {
        Tape make(int s, Workspace.Frame frame);
    }

    /// @param kind of the tapes
    /// @param memory which of the two
    /// @param boundaries one state after another, one for each segment, in memory that lasts as long as the store
    /// @param segments how many
    /// @param frame lasts as long as the store
    TapeStore(Maker kind, StateMemory memory, Matrix boundaries, int segments, Workspace.Frame frame) {
        this.maker = kind;
        this.boundaries = boundaries;
        this.columns = boundaries.columns() / segments;
        for (int s = 0; s < segments && memory == StateMemory.ALL_STEPS; s++) {
            kept.add(kind.make(s, frame));
        }
    }

    /// Whether a tape that was once filled still is.
    boolean keeps() {
        return !kept.isEmpty();
    }

    /// The tape of segment s; in scratch, and not filled, unless the store keeps it.
    Tape tape(int s, Workspace.Frame scratch) {
        return keeps() ? kept.get(s) : maker.make(s, scratch);
    }

    /// The state from which segment s is made.
    Matrix boundary(int s) {
        return boundaries.columns(s * columns, (s + 1) * columns);
    }
}
