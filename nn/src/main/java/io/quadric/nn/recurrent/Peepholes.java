package io.quadric.nn.recurrent;

import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Sink;

/// The weights with which gates see the state of their own unit: i and f see c, o sees c⁺.
///
/// @param i the array of the input gate
/// @param f the array of the forget gate
/// @param o the array of the output gate
record Peepholes(ParameterSlice i, ParameterSlice f, ParameterSlice o) {
    private static final int COUNT = 3;

    int sums(int units) {
        return COUNT * units;
    }

    /// aᵢ ← aᵢ + pᵢ ∘ c and a_f ← a_f + p_f ∘ c for the p of a flat vector.
    void seeBefore(Vector flat, Matrix c, Tape tape, int t, Workspace ws) {
        Hadamard.ADD.multiply(c, rows(i, flat, c), tape.arguments(t, LstmCell.I), ws);
        Hadamard.ADD.multiply(c, rows(f, flat, c), tape.arguments(t, LstmCell.F), ws);
    }

    /// aₒ ← aₒ + pₒ ∘ c⁺
    void seeAfter(Vector flat, Matrix next, Tape tape, int t, Workspace ws) {
        Hadamard.ADD.multiply(next, rows(o, flat, next), tape.arguments(t, LstmCell.O), ws);
    }

    /// dc ← dc + pᵢ ∘ daᵢ + p_f ∘ da_f
    void returnBefore(Vector flat, Tape d, int t, Matrix dc, Workspace ws) {
        Hadamard.ADD.multiply(d.arguments(t, LstmCell.I), rows(i, flat, dc), dc, ws);
        Hadamard.ADD.multiply(d.arguments(t, LstmCell.F), rows(f, flat, dc), dc, ws);
    }

    /// dc⁺ ← dc⁺ + pₒ ∘ daₒ
    void returnAfter(Vector flat, Tape d, int t, Matrix dc, Workspace ws) {
        Hadamard.ADD.multiply(d.arguments(t, LstmCell.O), rows(o, flat, dc), dc, ws);
    }

    private static Matrix rows(ParameterSlice slice, Vector flat, Matrix like) {
        return slice.of(flat).repeated(like.rows());
    }

    /// Adds what a step gives to the gradients, case by case: daᵢ ∘ c, da_f ∘ c and daₒ ∘ c⁺.
    void accumulate(Tape states, Tape d, int t, Matrix sums, Workspace ws) {
        if (!sums.isEmpty()) {
            Hadamard.ADD.multiply(d.arguments(t, LstmCell.I), states.carried(t), part(sums, 0), ws);
            Hadamard.ADD.multiply(d.arguments(t, LstmCell.F), states.carried(t), part(sums, 1), ws);
            Hadamard.ADD.multiply(d.arguments(t, LstmCell.O), states.carried(t + 1), part(sums, 2), ws);
        }
    }

    void report(Matrix sums, Sink sink, Workspace ws) {
        sink.direct(i, part(sums, 0), ws);
        sink.direct(f, part(sums, 1), ws);
        sink.direct(o, part(sums, 2), ws);
    }

    private static Matrix part(Matrix sums, int index) {
        int units = sums.columns() / COUNT;
        return sums.columns(index * units, (index + 1) * units);
    }
}
