package io.quadric.nn.recurrent;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.SecondOrderPass;
import io.quadric.nn.layer.Sink;
import io.quadric.nn.recurrent.SequencePass.Tangents;

/// The R-backward pass of every recurrent layer, segment by segment.
///
/// @param pass the first-order passes
/// @param dy what arrived at the outputs
/// @param cotangents the backward pass from dy
/// @param v the direction
/// @param rx the tangents of the inputs; empty for zero
/// @param tangents the R-forward pass along them
record SequenceReturn(
        SequencePass pass, Matrix dy, TapeStore cotangents, Vector v, Matrix rx, TapeStore tangents)
        implements SecondOrderPass.RBackward {
    private Unrolled unrolled() {
        return pass.unrolled();
    }

    @Override
    public void rBackward(Matrix rdy, Matrix rdx, Sink sink, Workspace ws) {
        try (var scratch = ws.open()) {
            Matrix future = pass.extent().matrix(unrolled().sizes().state(), scratch).fill(0);
            Matrix sums = pass.sums(scratch);
            for (int s = pass.segments().count() - 1; s >= 0; s--) {
                rBackward(s, new Step(rdy, rdx, sums, future), sink, ws);
            }
        }
    }

    /// @param rdy what arrives at the outputs
    /// @param rdx overwritten; empty if not wanted
    /// @param sums of the cell's own parameters
    /// @param future what arrives at the state after the segment; then, at the state before it
    private record Step(Matrix rdy, Matrix rdx, Matrix sums, Matrix future) {}

    private void rBackward(int s, Step step, Sink sink, Workspace ws) {
        try (var scratch = ws.open()) {
            Cell.Tapes tapes = tapes(s, scratch);
            Tape rd = tapes.rd();
            rd.state(rd.steps()).copyFrom(step.future());
            unrolled().rBackward(v, tapes, pass.arriving(step.rdy(), rd.extent(), scratch), step.sums(), ws);
            step.future().copyFrom(rd.state(0));
            if (!step.rdx().isEmpty()) {
                Matrix inputs = pass.stepScratch(s, scratch);
                unrolled().inputCotangents(v, tapes, inputs, ws);
                pass.leaveBackwards(s, inputs, step.rdx());
            }
            unrolled().report(pass.steps(pass.inputs(), s, scratch), tapes.a(), rd, sink, ws);
            Matrix tangent = rx.isEmpty() ? rx : pass.steps(rx, s, scratch);
            unrolled().reportWeights(tangent, tapes.r(), tapes.d(), sink, ws);
            if (s == 0) {
                unrolled().cell().report(rd.state(0), step.sums(), sink, ws);
            }
        }
    }

    /// The tapes of segment s; those that are not remembered are computed again.
    private Cell.Tapes tapes(int s, Workspace.Frame scratch) {
        Tape a = pass.activations(s, scratch);
        Tape r = tangents.tape(s, scratch);
        Tape d = cotangents.tape(s, scratch);
        if (!tangents.keeps()) {
            pass.fillTangents(v, s, a, r, new Tangents(rx, tangents, scratch));
        }
        if (!cotangents.keeps()) {
            d.state(d.steps()).copyFrom(cotangents.boundary(s));
            pass.refillCotangents(a, d, dy, scratch);
        }
        return new Cell.Tapes(a, r, d, pass.derivativeTape(s, scratch));
    }
}
