package io.quadric.nn.recurrent;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Sink;
import io.quadric.nn.layer.StackedGradients;
import io.quadric.nn.layer.TangentStacks;

/// Passes of a recurrent layer along k directions at once, segment by segment. Tapes have a row for each case and
/// direction, so that every product with a weight is one for all of them, and activations are read, or computed again,
/// once.
///
/// @param pass the layer at its point
/// @param k directions
record SequenceDirections(SequencePass pass, int k) {
    private Unrolled unrolled() {
        return pass.unrolled();
    }

    private Segments segments() {
        return pass.segments();
    }

    private Cell cell() {
        return unrolled().cell();
    }

    /// A row for each case and direction.
    private Matrix matrix(int columns, Workspace.Frame frame) {
        return pass.extent().along(k).matrix(columns, frame);
    }

    private Tape tape(int s, Workspace.Frame frame) {
        return Tape.ofDerivatives(unrolled().sizes(), pass.extent(s).along(k), frame);
    }

    void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix state = matrix(unrolled().sizes().state(), frame);
            TangentStacks.forEach(v, (d, vd) -> cell().initial(vd, TangentStacks.ofCases(d, k, state)));
            for (int s = 0; s < segments().count(); s++) {
                try (var scratch = ws.open()) {
                    Tape r = tape(s, scratch);
                    r.state(0).copyFrom(state);
                    tangents(v, s, TangentStacks.cases(k, rx), r, scratch);
                    state.copyFrom(r.state(r.steps()));
                    pass.takeOutputs(r, TangentStacks.cases(k, ry));
                }
            }
        }
    }

    private void tangents(Matrix v, int s, Matrix rx, Tape r, Workspace.Frame scratch) {
        Workspace ws = scratch.workspace();
        Tape a = pass.activations(s, scratch);
        ofParameters(v, pass.steps(pass.inputs(), s, scratch), a, r, scratch);
        if (!rx.isEmpty()) {
            Gemm.ADD.multiply(steps(rx, s, scratch), unrolled().inputWeight().t(), r.argumentRows(), ws);
        }
        for (int t = 0; t < r.steps(); t++) {
            int step = t;
            Gemm.ADD.multiply(r.hidden(t), unrolled().recurrentWeight().t(), r.recurrent(t), ws);
            TangentStacks.forEach(v, (d, vd) -> cell().tangent(vd, a, r.direction(d, k), step, ws));
            r.clearEnded(t);
        }
    }

    /// The arguments' tangents from known inputs and hidden units alone.
    private void ofParameters(Matrix v, Matrix x, Tape a, Tape r, Workspace.Frame scratch) {
        Workspace ws = scratch.workspace();
        Matrix bySteps = scratch.matrix(v.precision(), x.rows(), k * unrolled().sizes().arguments());
        Matrix recurrent = unrolled().sizes().areApart()
                ? scratch.matrix(v.precision(), x.rows(), bySteps.columns())
                : bySteps;
        new TangentStacks.Known(x, unrolled().input().weight()).multiply(Gemm.SET, v, bySteps, ws);
        new TangentStacks.Known(unrolled().hiddenRows(a, scratch), unrolled().recurrent().weight())
                .multiply(unrolled().intoArguments(), v, recurrent, ws);
        TangentStacks.addBias(unrolled().input(), v, bySteps, ws);
        TangentStacks.toDirections(k, bySteps, r.allArguments());
        if (unrolled().sizes().areApart()) {
            TangentStacks.toDirections(k, recurrent, r.allRecurrent());
        }
    }

    /// The segment's part of inputs, or of their tangents, one row for each case, direction and step.
    private Matrix steps(Matrix rows, int s, Workspace.Frame scratch) {
        int features = pass.inputs().columns() / segments().length();
        Matrix copy = matrix(segments().steps(s) * features, scratch);
        copy.copyFrom(pass.extent(s).columns(rows, features));
        return copy.reshape(copy.rows() * segments().steps(s), features);
    }

    void backward(Matrix dy, Matrix dx, StackedGradients gradients, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix state = matrix(unrolled().sizes().state(), frame).fill(0);
            Matrix sums = matrix(unrolled().sizes().sums(), frame).fill(0);
            Arrival at = new Arrival(TangentStacks.cases(k, dy), state, sums);
            for (int s = segments().count() - 1; s >= 0; s--) {
                backward(s, at, TangentStacks.cases(k, dx), gradients, ws);
            }
            for (int d = 0; d < k; d++) {
                Matrix sum = TangentStacks.ofCases(d, k, sums);
                cell().report(TangentStacks.ofCases(d, k, state), sum, gradients.of(d), ws);
            }
        }
    }

    /// @param dy what arrives at the outputs
    /// @param state what arrives at the state after the segment; then, at the state before it
    /// @param sums of the cell's own parameters
    private record Arrival(Matrix dy, Matrix state, Matrix sums) {}

    private void backward(int s, Arrival at, Matrix dx, StackedGradients gradients, Workspace ws) {
        try (var scratch = ws.open()) {
            Tape a = pass.activations(s, scratch);
            Tape cotangents = tape(s, scratch);
            cotangents.state(cotangents.steps()).copyFrom(at.state());
            Matrix arriving = pass.arriving(at.dy(), cotangents.extent(), scratch);
            for (int t = cotangents.steps() - 1; t >= 0; t--) {
                unrolled().addOutside(arriving, cotangents, t, ws);
                step(t, at.sums(), new Pair(a, cotangents), ws);
            }
            at.state().copyFrom(cotangents.state(0));
            if (!dx.isEmpty()) {
                int features = dx.columns() / segments().length();
                Matrix rows = matrix(cotangents.steps() * features, scratch);
                unrolled().inputCotangents(
                        cotangents, rows.reshape(rows.rows() * cotangents.steps(), features), ws);
                cotangents.extent().columns(dx, features).copyFrom(rows);
            }
            report(s, new Pair(a, cotangents), gradients, scratch);
        }
    }

    /// @param a activations
    /// @param d cotangents
    private record Pair(Tape a, Tape d) {}

    private void step(int t, Matrix sums, Pair tapes, Workspace ws) {
        Tape cotangents = tapes.d();
        for (int d = 0; d < k; d++) {
            Matrix sum = sums.isEmpty() ? sums : TangentStacks.ofCases(d, k, sums);
            cell().backward(tapes.a(), cotangents.direction(d, k), t, sum, ws);
        }
        unrolled().intoHidden()
                .multiply(cotangents.recurrent(t), unrolled().recurrentWeight(), cotangents.hidden(t), ws);
    }

    private void report(int s, Pair tapes, StackedGradients gradients, Workspace.Frame scratch) {
        Workspace ws = scratch.workspace();
        int steps = tapes.d().steps();
        Matrix x = pass.steps(pass.inputs(), s, scratch);
        Matrix bySteps = scratch.matrix(x.precision(), x.rows(), k * unrolled().sizes().arguments());
        TangentStacks.toSteps(k, tapes.d().allArguments(), bySteps);
        gradients.affine(unrolled().input(), Sink.Rows.of(x, bySteps, steps), ws);
        if (unrolled().sizes().areApart()) {
            TangentStacks.toSteps(k, tapes.d().allRecurrent(), bySteps);
        }
        Matrix hidden = unrolled().hiddenRows(tapes.a(), scratch);
        gradients.affine(unrolled().recurrent(), Sink.Rows.of(hidden, bySteps, steps), ws);
    }
}
