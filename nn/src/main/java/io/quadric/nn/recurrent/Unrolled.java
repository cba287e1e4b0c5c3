package io.quadric.nn.recurrent;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.CaseRows;
import io.quadric.nn.layer.Sink;

/// A recurrent layer over the time steps of one segment: p = Wx x_τ + b, q = Wh h_{τ−1} and the [Cell] in between.
/// Products with inputs, and with known hidden units, are one matrix product for all steps.
///
/// @param cell the rest of a time step
/// @param sizes of the cell
/// @param input Wx and b
/// @param recurrent Wh
/// @param parameters θ
record Unrolled(Cell cell, Cell.Sizes sizes, AffineBlock input, AffineBlock recurrent, Vector parameters) {
    /// What enters a segment, one row per case and step.
    ///
    /// @param x inputs
    /// @param rx their tangents; empty for zero
    record Inputs(Matrix x, Matrix rx) {}

    Matrix inputWeight() {
        return input.weight().matrixOf(parameters);
    }

    Matrix recurrentWeight() {
        return recurrent.weight().matrixOf(parameters);
    }

    /// How q enters the recurrent part of arguments, where p already is unless they are apart.
    Gemm intoArguments() {
        return sizes.areApart() ? Gemm.SET : Gemm.ADD;
    }

    /// How cotangents that come back through Wh are combined with the cotangents of hidden units: added where there may
    /// be others already.
    Gemm intoHidden() {
        return sizes.areApart() ? Gemm.ADD : Gemm.SET;
    }

    /// From state 0 to everything else of `a`.
    void forward(Matrix x, Tape a, Workspace ws) {
        Gemm.SET.multiply(x, inputWeight().t(), a.argumentRows(), ws);
        addBias(parameters, a, ws);
        for (int t = 0; t < a.steps(); t++) {
            intoArguments().multiply(a.hidden(t), recurrentWeight().t(), a.recurrent(t), ws);
            cell.forward(a, t, ws);
            a.clearEnded(t);
        }
    }

    /// From the tangent of state 0 to everything else of `r`.
    void tangent(Vector v, Inputs inputs, Tape a, Tape r, Workspace ws) {
        Matrix arguments = r.argumentRows();
        Gemm.SET.multiply(inputs.x(), input.weight().matrixOf(v).t(), arguments, ws);
        if (!inputs.rx().isEmpty()) {
            Gemm.ADD.multiply(inputs.rx(), inputWeight().t(), arguments, ws);
        }
        addBias(v, r, ws);
        try (var scratch = ws.open()) {
            Matrix hidden = hiddenRows(a, scratch);
            intoArguments().multiply(hidden, recurrent.weight().matrixOf(v).t(), r.recurrentRows(), ws);
        }
        for (int t = 0; t < r.steps(); t++) {
            Gemm.ADD.multiply(r.hidden(t), recurrentWeight().t(), r.recurrent(t), ws);
            cell.tangent(v, a, r, t, ws);
            r.clearEnded(t);
        }
    }

    private void addBias(Vector flat, Tape tape, Workspace ws) {
        if (input.bias().isPresent()) {
            Elementwise.addRow(input.bias().get().of(flat), tape.argumentRows(), ws);
        }
    }

    /// From the cotangent of the state after the segment, and `dh`, what else arrives at the hidden units of every
    /// step, to everything else of `d`.
    void backward(Tape a, Tape d, Matrix dh, Matrix sums, Workspace ws) {
        for (int t = d.steps() - 1; t >= 0; t--) {
            addOutside(dh, d, t, ws);
            cell.backward(a, d, t, sums, ws);
            intoHidden().multiply(d.recurrent(t), recurrentWeight(), d.hidden(t), ws);
        }
    }

    /// The same for the tangents of the cotangents.
    void rBackward(Vector v, Cell.Tapes tapes, Matrix rdh, Matrix sums, Workspace ws) {
        Tape rd = tapes.rd();
        for (int t = rd.steps() - 1; t >= 0; t--) {
            addOutside(rdh, rd, t, ws);
            cell.rBackward(v, tapes, t, sums, ws);
            intoHidden().multiply(rd.recurrent(t), recurrentWeight(), rd.hidden(t), ws);
            Gemm.ADD.multiply(tapes.d().recurrent(t), recurrent.weight().matrixOf(v), rd.hidden(t), ws);
        }
    }

    /// Adds what arrives from outside at the hidden units after step t.
    void addOutside(Matrix dh, Tape d, int t, Workspace ws) {
        if (!dh.isEmpty()) {
            int units = sizes.units();
            Elementwise.axpby(1, dh.columns(t * units, (t + 1) * units), 1, d.hidden(t + 1), ws);
        }
    }

    /// dx ← da Wx, one row per case and step.
    void inputCotangents(Tape d, Matrix dx, Workspace ws) {
        Gemm.SET.multiply(d.argumentRows(), inputWeight(), dx, ws);
    }

    /// rdx ← R(da) Wx + da Vx, one row per case and step.
    void inputCotangents(Vector v, Cell.Tapes tapes, Matrix rdx, Workspace ws) {
        inputCotangents(tapes.rd(), rdx, ws);
        Gemm.ADD.multiply(tapes.d().argumentRows(), input.weight().matrixOf(v), rdx, ws);
    }

    /// Reports Wx, b and Wh for what enters and the gradients of what leaves the affine maps.
    void report(Matrix x, Tape states, Tape d, Sink sink, Workspace ws) {
        try (var scratch = ws.open()) {
            CaseRows rows = d.extent().caseRows();
            rows.report(input, x, d.argumentRows(), sink, ws);
            rows.report(recurrent, hiddenRows(states, scratch), d.recurrentRows(), sink, ws);
        }
    }

    /// As [#report], without the bias: the part of a product rule in which only the weights take part.
    void reportWeights(Matrix rx, Tape states, Tape d, Sink sink, Workspace ws) {
        try (var scratch = ws.open()) {
            CaseRows rows = d.extent().caseRows();
            if (!rx.isEmpty()) {
                rows.report(input.weightOnly(), rx, d.argumentRows(), sink, ws);
            }
            rows.report(recurrent, hiddenRows(states, scratch), d.recurrentRows(), sink, ws);
        }
    }

    /// h before every step, one row per case and step.
    Matrix hiddenRows(Tape tape, Workspace.Frame scratch) {
        int units = sizes.units();
        Matrix d = tape.allArguments();
        Matrix hidden = scratch.matrix(d.precision(), d.rows(), tape.steps() * units);
        tape.copyHidden(0, hidden);
        return hidden.reshape(d.rows() * tape.steps(), units);
    }
}
