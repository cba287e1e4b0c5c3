package io.quadric.nn.recurrent;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.CaseRows;
import io.quadric.nn.layer.Sink;

/// Reports of the affine map from one segment after another: at once, if the sink takes the rows of a case in parts,
/// or else all together at the end.
final class StepReports {
    private final Unrolled unrolled;
    private final Sink sink;
    private final Tape.Extent whole;
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
        this.whole = whole;
        int length = whole.steps();
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
            CaseRows rows = whole.caseRows();
            rows.report(unrolled.input(), byStep(x), byStep(gradients), sink, ws);
            rows.report(unrolled.recurrent(), byStep(hidden), byStep(recurrentGradients), sink, ws);
        }
    }

    private Matrix byStep(Matrix rows) {
        return rows.reshape(rows.rows() * whole.steps(), rows.columns() / whole.steps());
    }
}
