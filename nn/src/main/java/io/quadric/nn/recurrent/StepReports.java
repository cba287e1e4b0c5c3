package io.quadric.nn.recurrent;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Sink;

/// Reports of the affine map from one segment after another: at once, if the sink takes the rows of a case in parts,
/// or else all together at the end.
final class StepReports {
    private final Unrolled unrolled;
    private final Sink sink;
    private final int length;
    private final Matrix gradients;
    private final Matrix recurrentGradients;
    private final Matrix hidden;

    /// @param unrolled the affine map
    /// @param sink receives the reports
    /// @param whole all time steps
    /// @param frame lasts until the end
    StepReports(Unrolled unrolled, Sink sink, Tape.Extent whole, Workspace.Frame frame) {
        this.unrolled = unrolled;
        this.sink = sink;
        this.length = whole.steps();
        Cell.Sizes sizes = unrolled.sizes();
        boolean later = !sink.takesPartsOfCases();
        gradients = later ? whole.matrix(length * sizes.arguments(), frame) : Matrix.empty(whole.precision());
        recurrentGradients = later && sizes.areApart() ? whole.matrix(length * sizes.arguments(), frame) : gradients;
        hidden = later ? whole.matrix(length * sizes.units(), frame) : gradients;
    }

    boolean areWanted() {
        return sink != Sink.NONE;
    }

    Sink sink() {
        return sink;
    }

    /// @param from the first time step of the segment
    /// @param x inputs, one row per case and step
    /// @param a activations
    /// @param d cotangents
    /// @param ws threads and scratch
    void add(int from, Matrix x, Tape a, Tape d, Workspace ws) {
        if (gradients.isEmpty()) {
            unrolled.report(x, a, d, sink, ws);
            return;
        }
        Cell.Sizes sizes = unrolled.sizes();
        int to = from + d.steps();
        gradients.columns(from * sizes.arguments(), to * sizes.arguments()).copyFrom(d.allArguments());
        recurrentGradients.columns(from * sizes.arguments(), to * sizes.arguments()).copyFrom(d.allRecurrent());
        a.copyHidden(0, hidden.columns(from * sizes.units(), to * sizes.units()));
    }

    /// @param x all inputs, one row per case
    /// @param ws threads and scratch
    void finish(Matrix x, Workspace ws) {
        if (!gradients.isEmpty()) {
            sink.affine(unrolled.input(), new Sink.Rows(byStep(x), byStep(gradients), length), ws);
            sink.affine(unrolled.recurrent(), new Sink.Rows(byStep(hidden), byStep(recurrentGradients), length), ws);
        }
    }

    private Matrix byStep(Matrix rows) {
        return rows.reshape(rows.rows() * length, rows.columns() / length);
    }
}
