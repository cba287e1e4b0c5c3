package io.quadric.nn.recurrent;

import static io.quadric.linalg.ElementaryFunction.LOGISTIC;
import static io.quadric.linalg.ElementaryFunction.TANH;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.FunctionPoint;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.Sink;
import io.quadric.nn.registry.Argument;
import java.util.List;
import java.util.Objects;

/// Gated recurrent units over a sequence (Cho et al. 2014), in the form in which the reset gate acts on the recurrent
/// product, which has a bias of its own; h₀ = 0:
///
/// ```
/// r = σ(W_r x_τ + U_r h_{τ−1} + b_r)      z = σ(W_z x_τ + U_z h_{τ−1} + b_z)
/// n = tanh(W_n x_τ + b_n + r ∘ q)         q = U_n h_{τ−1} + b_u
/// h_τ = (1 − z) ∘ n + z ∘ h_{τ−1}
/// ```
///
/// Parameters: `wx`, 3·units × inputs, `wh`, 3·units × units, and `bias`, 3·units, in three groups of rows r, z, n;
/// `recurrentBias` b_u, units.
///
/// @param units the number of hidden units
/// @param output what leaves the layer
/// @param memory what is remembered of a forward pass
public record GruLayer(
        int units, SequenceOutput output, @Argument(otherwise = "all-steps") StateMemory memory)
        implements CellLayer {
    private static final int R = 0;
    private static final int Z = 1;
    private static final int N = 2;
    private static final int GROUPS = 3;

    /// Checks the size.
    ///
    /// @throws IllegalArgumentException if `units` is below 1
    public GruLayer {
        CellLayer.requireUnits(units);
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(memory, "memory");
    }

    @Override
    public int arguments() {
        return GROUPS * units;
    }

    @Override
    public List<ParameterSpec> ownParameters() {
        return List.of(ParameterSpec.bias("recurrentBias", units, units));
    }

    @Override
    public Cell cell(Vector parameters, List<ParameterSlice> own) {
        return new Unit(units, own.getFirst(), parameters);
    }

    /// On a tape of activations gates take the place of their arguments, since the derivatives of σ and tanh are
    /// functions of the values; the recurrent part of group n is q.
    private record Unit(int units, ParameterSlice bias, Vector parameters) implements Cell {
        @Override
        public Sizes sizes() {
            return new Sizes(units, units, GROUPS * units, 0, units, Recurrence.APART);
        }

        private Matrix scratch(Tape tape, int t, Workspace.Frame frame) {
            Matrix h = tape.hidden(t);
            return frame.matrix(h.precision(), h.rows(), units);
        }

        private static FunctionPoint point(Tape a, int t, int gate) {
            return new FunctionPoint(gate == N ? TANH : LOGISTIC, a.arguments(t, gate));
        }

        /// d ← h − n
        private void difference(Matrix h, Matrix n, Matrix d, Workspace ws) {
            Elementwise.axpby(1, h, 0, d, ws);
            Elementwise.axpby(-1, n, 1, d, ws);
        }

        @Override
        public void forward(Tape a, int t, Workspace ws) {
            Matrix gates = a.arguments(t).columns(0, 2 * units);
            Elementwise.axpby(1, a.recurrent(t).columns(0, 2 * units), 1, gates, ws);
            Elementwise.apply(LOGISTIC, gates, gates, ws);
            Elementwise.addRow(bias.of(parameters), a.recurrent(t, N), ws);
            Matrix n = a.arguments(t, N);
            Hadamard.ADD.multiply(a.arguments(t, R), a.recurrent(t, N), n, ws);
            Elementwise.apply(TANH, n, n, ws);
            try (var frame = ws.open()) {
                Matrix d = scratch(a, t, frame);
                difference(a.hidden(t), n, d, ws);
                a.hidden(t + 1).copyFrom(n);
                Hadamard.ADD.multiply(a.arguments(t, Z), d, a.hidden(t + 1), ws);
            }
        }

        /// Leaves the tangents of the gates' arguments in r.arguments, that of q in r.recurrent.
        @Override
        public void tangent(Vector v, Tape a, Tape r, int t, Workspace ws) {
            Matrix gates = r.arguments(t).columns(0, 2 * units);
            Elementwise.axpby(1, r.recurrent(t).columns(0, 2 * units), 1, gates, ws);
            Elementwise.addRow(bias.of(v), r.recurrent(t, N), ws);
            try (var frame = ws.open()) {
                Matrix gate = scratch(a, t, frame);
                Matrix d = scratch(a, t, frame);
                Elementwise.chain(point(a, t, R), r.arguments(t, R), gate, ws);
                Hadamard.ADD.multiply(gate, a.recurrent(t, N), r.arguments(t, N), ws);
                Hadamard.ADD.multiply(a.arguments(t, R), r.recurrent(t, N), r.arguments(t, N), ws);
                Matrix next = r.hidden(t + 1);
                Elementwise.chain(point(a, t, N), r.arguments(t, N), next, ws);
                difference(r.hidden(t), next, d, ws);
                Hadamard.ADD.multiply(a.arguments(t, Z), d, next, ws);
                Elementwise.chain(point(a, t, Z), r.arguments(t, Z), gate, ws);
                difference(a.hidden(t), a.arguments(t, N), d, ws);
                Hadamard.ADD.multiply(gate, d, next, ws);
            }
        }

        @Override
        public void backward(Tape a, Tape d, int t, Matrix sums, Workspace ws) {
            Matrix dh = d.hidden(t + 1);
            Matrix z = a.arguments(t, Z);
            Matrix dz = d.arguments(t, Z);
            Matrix dn = d.arguments(t, N);
            Matrix dr = d.arguments(t, R);
            difference(a.hidden(t), a.arguments(t, N), dz, ws);
            Hadamard.SET.multiply(dh, dz, dz, ws);
            Elementwise.chain(point(a, t, Z), dz, dz, ws);
            Hadamard.SET.multiply(dh, z, d.hidden(t), ws);
            difference(dh, d.hidden(t), dn, ws);
            Elementwise.chain(point(a, t, N), dn, dn, ws);
            Hadamard.SET.multiply(dn, a.recurrent(t, N), dr, ws);
            Elementwise.chain(point(a, t, R), dr, dr, ws);
            Hadamard.SET.multiply(dn, a.arguments(t, R), d.recurrent(t, N), ws);
            finish(d, t, sums, ws);
        }

        /// The arguments of r and z are sums of both parts, and b_u is added to q.
        private void finish(Tape d, int t, Matrix sums, Workspace ws) {
            d.recurrent(t).columns(0, 2 * units).copyFrom(d.arguments(t).columns(0, 2 * units));
            if (!sums.isEmpty()) {
                Elementwise.axpby(1, d.recurrent(t, N), 1, sums, ws);
            }
        }

        @Override
        public void rBackward(Vector v, Tapes tapes, int t, Matrix sums, Workspace ws) {
            try (var frame = ws.open()) {
                Matrix scratch = scratch(tapes.a(), t, frame);
                Matrix gate = scratch(tapes.a(), t, frame);
                new Derivative(tapes, t, scratch, gate).run(ws);
            }
            finish(tapes.rd(), t, sums, ws);
        }

        @Override
        public void report(Matrix first, Matrix sums, Sink sink, Workspace ws) {
            sink.direct(bias, sums, ws);
        }

        /// Every line of [#backward] by the product rule, in the same order.
        private final class Derivative {
            private final Tape a;
            private final Tape r;
            private final Tape d;
            private final Tape rd;
            private final int t;
            private final Matrix scratch;
            private final Matrix gate;

            Derivative(Tapes tapes, int t, Matrix scratch, Matrix gate) {
                a = tapes.a();
                r = tapes.r();
                d = tapes.d();
                rd = tapes.rd();
                this.t = t;
                this.scratch = scratch;
                this.gate = gate;
            }

            void run(Workspace ws) {
                Matrix dh = d.hidden(t + 1);
                Matrix rdh = rd.hidden(t + 1);
                Elementwise.chain(point(a, t, N), r.arguments(t, N), gate, ws);
                difference(r.hidden(t), gate, scratch, ws);
                Hadamard.SET.multiply(dh, scratch, rd.arguments(t, Z), ws);
                difference(a.hidden(t), a.arguments(t, N), scratch, ws);
                Hadamard.ADD.multiply(rdh, scratch, rd.arguments(t, Z), ws);
                Hadamard.SET.multiply(dh, scratch, scratch, ws);
                throughGate(Z, ws);

                Matrix direct = rd.hidden(t);
                Elementwise.chain(point(a, t, Z), r.arguments(t, Z), gate, ws);
                Hadamard.SET.multiply(rdh, a.arguments(t, Z), direct, ws);
                Hadamard.ADD.multiply(dh, gate, direct, ws);
                difference(rdh, direct, rd.arguments(t, N), ws);
                Elementwise.axpby(1, dh, 0, scratch, ws);
                new Hadamard(-1, 1).multiply(dh, a.arguments(t, Z), scratch, ws);
                throughGate(N, ws);

                Matrix dn = d.arguments(t, N);
                Matrix rdn = rd.arguments(t, N);
                Hadamard.SET.multiply(rdn, a.recurrent(t, N), rd.arguments(t, R), ws);
                Hadamard.ADD.multiply(dn, r.recurrent(t, N), rd.arguments(t, R), ws);
                Hadamard.SET.multiply(dn, a.recurrent(t, N), scratch, ws);
                throughGate(R, ws);

                Elementwise.chain(point(a, t, R), r.arguments(t, R), gate, ws);
                Hadamard.SET.multiply(rdn, a.arguments(t, R), rd.recurrent(t, N), ws);
                Hadamard.ADD.multiply(dn, gate, rd.recurrent(t, N), ws);
            }

            /// R{da} ← R{dy} ∘ φ' + dy ∘ φ'' ∘ R{a}, with R{dy} in the place of R{da} and dy in scratch.
            private void throughGate(int group, Workspace ws) {
                Matrix rda = rd.arguments(t, group);
                Elementwise.chain(point(a, t, group), rda, rda, ws);
                Elementwise.addSecond(point(a, t, group), scratch, r.arguments(t, group), rda, ws);
            }
        }
    }
}
