package io.quadric.nn.recurrent;

import static io.quadric.linalg.ElementaryFunction.LOGISTIC;
import static io.quadric.linalg.ElementaryFunction.TANH;
import static io.quadric.nn.recurrent.LstmCell.F;
import static io.quadric.nn.recurrent.LstmCell.G;
import static io.quadric.nn.recurrent.LstmCell.I;
import static io.quadric.nn.recurrent.LstmCell.O;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.FunctionPoint;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// The derivative of [LstmCell#backward] along a direction, at one time step: every line of it by the product rule.
/// R{·} is written with an r: rdc is the tangent of the cotangent of c⁺.
final class LstmSecondOrder {
    private final LstmCell cell;
    private final Vector v;
    private final Tape a;
    private final Tape r;
    private final Tape d;
    private final Tape rd;
    private final int t;
    private final LstmCell.GateTangents gates;

    LstmSecondOrder(LstmCell cell, Vector v, Cell.Tapes tapes, int t) {
        this.cell = cell;
        this.v = v;
        this.a = tapes.a();
        this.r = tapes.r();
        this.d = tapes.d();
        this.rd = tapes.rd();
        this.t = t;
        this.gates = new LstmCell.GateTangents(a, r, t);
    }

    void run(Matrix sums, Workspace ws) {
        outputGate(ws);
        throughSquashing(ws);
        Matrix rdc = rd.carried(t + 1);
        cell.peepholes().ifPresent(p -> p.returnAfter(cell.parameters(), rd, t, rdc, ws));
        cell.peepholes().ifPresent(p -> p.returnAfter(v, d, t, rdc, ws));
        Matrix before = rd.carried(t);
        Hadamard.SET.multiply(rdc, a.arguments(t, F), before, ws);
        gate(I, G, ws);
        forgetGate(before, ws);
        gate(G, I, ws);
        cell.peepholes().ifPresent(p -> p.returnBefore(cell.parameters(), rd, t, before, ws));
        cell.peepholes().ifPresent(p -> p.returnBefore(v, d, t, before, ws));
        cell.peepholes().ifPresent(p -> p.accumulate(a, rd, t, sums, ws));
        cell.peepholes().ifPresent(p -> p.accumulate(r, d, t, sums, ws));
    }

    private Matrix scratch(Workspace.Frame frame) {
        return frame.matrix(v.precision(), d.state(0).rows(), cell.units());
    }

    /// Of daₒ = (dh ∘ s) ∘ σ'
    private void outputGate(Workspace ws) {
        try (var frame = ws.open()) {
            Matrix other = scratch(frame);
            Hadamard.SET.multiply(rd.hidden(t + 1), a.values(t), rd.arguments(t, O), ws);
            Elementwise.chain(new FunctionPoint(TANH, a.values(t)), r.carried(t + 1), other, ws);
            Hadamard.ADD.multiply(d.hidden(t + 1), other, rd.arguments(t, O), ws);
            Hadamard.SET.multiply(d.hidden(t + 1), a.values(t), other, ws);
            throughGate(O, other, ws);
        }
    }

    /// Of dc += (dh ∘ o) ∘ tanh'
    private void throughSquashing(Workspace ws) {
        try (var frame = ws.open()) {
            Matrix ds = scratch(frame);
            Matrix rds = scratch(frame);
            gates.of(O, ds, ws);
            Hadamard.SET.multiply(d.hidden(t + 1), ds, rds, ws);
            Hadamard.ADD.multiply(rd.hidden(t + 1), a.arguments(t, O), rds, ws);
            Elementwise.chain(new FunctionPoint(TANH, a.values(t)), rds, rds, ws);
            Hadamard.SET.multiply(d.hidden(t + 1), a.arguments(t, O), ds, ws);
            Elementwise.addSecond(new FunctionPoint(TANH, a.values(t)), ds, r.carried(t + 1), rds, ws);
            Elementwise.axpby(1, rds, 1, rd.carried(t + 1), ws);
        }
    }

    /// Of da = (dc ∘ y) ∘ φ', for the gate that is multiplied by gate y in c⁺.
    private void gate(int gate, int partner, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix other = scratch(frame);
            gates.of(partner, other, ws);
            Hadamard.SET.multiply(d.carried(t + 1), other, rd.arguments(t, gate), ws);
            Hadamard.ADD.multiply(rd.carried(t + 1), a.arguments(t, partner), rd.arguments(t, gate), ws);
            Hadamard.SET.multiply(d.carried(t + 1), a.arguments(t, partner), other, ws);
            throughGate(gate, other, ws);
        }
    }

    /// Of da_f = (dc ∘ c) ∘ σ', and the part of the earlier c's cotangent that R{f} has.
    private void forgetGate(Matrix before, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix other = scratch(frame);
            gates.of(F, other, ws);
            Hadamard.ADD.multiply(d.carried(t + 1), other, before, ws);
            Hadamard.SET.multiply(d.carried(t + 1), r.carried(t), rd.arguments(t, F), ws);
            Hadamard.ADD.multiply(rd.carried(t + 1), a.carried(t), rd.arguments(t, F), ws);
            Hadamard.SET.multiply(d.carried(t + 1), a.carried(t), other, ws);
            throughGate(F, other, ws);
        }
    }

    /// R{da} ← R{dy} ∘ φ' + dy ∘ φ'' ∘ R{a}, with R{dy} in the place of R{da}.
    private void throughGate(int gate, Matrix dy, Workspace ws) {
        var function = gate == G ? TANH : LOGISTIC;
        Matrix rda = rd.arguments(t, gate);
        FunctionPoint point = new FunctionPoint(function, a.arguments(t, gate));
        Elementwise.chain(point, rda, rda, ws);
        Elementwise.addSecond(point, dy, r.arguments(t, gate), rda, ws);
    }
}
