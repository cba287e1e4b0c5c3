package io.quadric.nn.recurrent;

import static io.quadric.linalg.ElementaryFunction.LOGISTIC;
import static io.quadric.linalg.ElementaryFunction.TANH;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.FunctionPoint;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Sink;
import java.util.Optional;

/// A state is h and c; the arguments of the gates come in the order i, f, g, o:
///
/// ```
/// i = σ(aᵢ + pᵢ ∘ c)    f = σ(a_f + p_f ∘ c)    g = tanh(a_g)
/// c⁺ = f ∘ c + i ∘ g    o = σ(aₒ + pₒ ∘ c⁺)     h⁺ = o ∘ tanh(c⁺)
/// ```
///
/// On a tape of activations gates take the place of their arguments, since the derivatives of σ and tanh are functions
/// of the values; the other values of a step are s = tanh(c⁺).
///
/// @param units of h, and of c
/// @param peepholes p, if there are any
/// @param parameters θ
record LstmCell(int units, Optional<Peepholes> peepholes, Vector parameters) implements Cell {
    static final int I = 0;
    static final int F = 1;
    static final int G = 2;
    static final int O = 3;
    static final int GATES = 4;

    @Override
    public Sizes sizes() {
        int sums = peepholes.map(p -> p.sums(units)).orElse(0);
        return new Sizes(units, 2 * units, GATES * units, units, sums, Recurrence.ADDED);
    }

    @Override
    public void forward(Tape a, int t, Workspace ws) {
        Matrix c = a.carried(t);
        Matrix next = a.carried(t + 1);
        peepholes.ifPresent(p -> p.seeBefore(parameters, c, a, t, ws));
        Elementwise.apply(LOGISTIC, inputAndForget(a, t), inputAndForget(a, t), ws);
        Elementwise.apply(TANH, a.arguments(t, G), a.arguments(t, G), ws);
        Hadamard.SET.multiply(a.arguments(t, F), c, next, ws);
        Hadamard.ADD.multiply(a.arguments(t, I), a.arguments(t, G), next, ws);
        peepholes.ifPresent(p -> p.seeAfter(parameters, next, a, t, ws));
        Elementwise.apply(LOGISTIC, a.arguments(t, O), a.arguments(t, O), ws);
        Elementwise.apply(TANH, next, a.values(t), ws);
        Hadamard.SET.multiply(a.arguments(t, O), a.values(t), a.hidden(t + 1), ws);
    }

    @Override
    public void tangent(Vector v, Tape a, Tape r, int t, Workspace ws) {
        Matrix rc = r.carried(t);
        Matrix rnext = r.carried(t + 1);
        peepholes.ifPresent(p -> p.seeBefore(parameters, rc, r, t, ws));
        peepholes.ifPresent(p -> p.seeBefore(v, a.carried(t), r, t, ws));
        GateTangents gates = new GateTangents(a, r, t);
        try (var scratch = ws.open()) {
            Matrix gate = scratch.matrix(rc.precision(), rc.rows(), units);
            Hadamard.SET.multiply(a.arguments(t, F), rc, rnext, ws);
            gates.of(F, gate, ws);
            Hadamard.ADD.multiply(gate, a.carried(t), rnext, ws);
            gates.of(I, gate, ws);
            Hadamard.ADD.multiply(gate, a.arguments(t, G), rnext, ws);
            gates.of(G, gate, ws);
            Hadamard.ADD.multiply(gate, a.arguments(t, I), rnext, ws);
            peepholes.ifPresent(p -> p.seeAfter(parameters, rnext, r, t, ws));
            peepholes.ifPresent(p -> p.seeAfter(v, a.carried(t + 1), r, t, ws));
            gates.of(O, gate, ws);
            Hadamard.SET.multiply(gate, a.values(t), r.hidden(t + 1), ws);
            Elementwise.chain(new FunctionPoint(TANH, a.values(t)), rnext, gate, ws);
            Hadamard.ADD.multiply(gate, a.arguments(t, O), r.hidden(t + 1), ws);
        }
    }

    /// Tangents of gates.
    ///
    /// @param a activations
    /// @param r their tangents
    /// @param t the time step
    record GateTangents(Tape a, Tape r, int t) {
        /// From the tangent of the gate's argument.
        void of(int gate, Matrix tangent, Workspace ws) {
            var function = gate == G ? TANH : LOGISTIC;
            Elementwise.chain(new FunctionPoint(function, a.arguments(t, gate)), r.arguments(t, gate), tangent, ws);
        }
    }

    @Override
    public void backward(Tape a, Tape d, int t, Matrix sums, Workspace ws) {
        Matrix dh = d.hidden(t + 1);
        Matrix dc = d.carried(t + 1);
        Hadamard.SET.multiply(dh, a.values(t), d.arguments(t, O), ws);
        chainInPlace(O, a, d, t, ws);
        try (var scratch = ws.open()) {
            Matrix ds = scratch.matrix(dc.precision(), dc.rows(), units);
            Hadamard.SET.multiply(dh, a.arguments(t, O), ds, ws);
            Elementwise.chain(new FunctionPoint(TANH, a.values(t)), ds, ds, ws);
            Elementwise.axpby(1, ds, 1, dc, ws);
        }
        peepholes.ifPresent(p -> p.returnAfter(parameters, d, t, dc, ws));
        Hadamard.SET.multiply(dc, a.arguments(t, G), d.arguments(t, I), ws);
        Hadamard.SET.multiply(dc, a.carried(t), d.arguments(t, F), ws);
        Hadamard.SET.multiply(dc, a.arguments(t, I), d.arguments(t, G), ws);
        chainInPlace(I, a, d, t, ws);
        chainInPlace(F, a, d, t, ws);
        chainInPlace(G, a, d, t, ws);
        Hadamard.SET.multiply(dc, a.arguments(t, F), d.carried(t), ws);
        peepholes.ifPresent(p -> p.returnBefore(parameters, d, t, d.carried(t), ws));
        peepholes.ifPresent(p -> p.accumulate(a, d, t, sums, ws));
    }

    private static void chainInPlace(int gate, Tape a, Tape d, int t, Workspace ws) {
        Matrix cotangent = d.arguments(t, gate);
        Elementwise.chain(new FunctionPoint(gate == G ? TANH : LOGISTIC, a.arguments(t, gate)), cotangent, cotangent,
                ws);
    }

    @Override
    public void rBackward(Vector v, Tapes tapes, int t, Matrix sums, Workspace ws) {
        new LstmSecondOrder(this, v, tapes, t).run(sums, ws);
    }

    @Override
    public void report(Matrix first, Matrix sums, Sink sink, Workspace ws) {
        peepholes.ifPresent(p -> p.report(sums, sink, ws));
    }

    /// Both gates, which lie side by side.
    private Matrix inputAndForget(Tape a, int t) {
        return a.arguments(t).columns(0, 2 * units);
    }
}
