package io.quadric.nn.recurrent;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.TangentStacks;

/// A quantity of a recurrent layer over successive time steps 0 … k − 1: the states before, between and behind them,
/// arguments and values of every step. One row per case, the steps side by side.
final class Tape {
    private final Cell.Sizes sizes;
    private final Matrix states;
    private final Matrix arguments;
    private final Matrix values;
    private final int steps;

    private Tape(Cell.Sizes sizes, Extent shape, int valueColumns, Workspace.Frame frame) {
        this.sizes = sizes;
        this.steps = shape.steps();
        states = shape.matrix((steps + 1) * sizes.state(), frame);
        arguments = shape.matrix(steps * sizes.arguments(), frame);
        values = shape.matrix(steps * valueColumns, frame);
    }

    /// A tape with values, for activations.
    static Tape ofActivations(Cell.Sizes sizes, Extent shape, Workspace.Frame frame) {
        return new Tape(sizes, shape, sizes.values(), frame);
    }

    /// A tape without values, for what is derived from activations.
    static Tape ofDerivatives(Cell.Sizes sizes, Extent shape, Workspace.Frame frame) {
        return new Tape(sizes, shape, 0, frame);
    }

    private Tape(Tape whole, int d, int k) {
        this.sizes = whole.sizes;
        this.steps = whole.steps;
        states = TangentStacks.ofCases(d, k, whole.states);
        arguments = TangentStacks.ofCases(d, k, whole.arguments);
        values = TangentStacks.ofCases(d, k, whole.values);
    }

    /// One of k directions, of a tape with a row for each case and direction.
    Tape direction(int d, int k) {
        return new Tape(this, d, k);
    }

    int steps() {
        return steps;
    }

    /// The state before step t; behind the last for t = k.
    Matrix state(int t) {
        return states.columns(t * sizes.state(), (t + 1) * sizes.state());
    }

    /// The hidden units of [#state].
    Matrix hidden(int t) {
        return states.columns(t * sizes.state(), t * sizes.state() + sizes.units());
    }

    /// What a state has besides hidden units.
    Matrix carried(int t) {
        return states.columns(t * sizes.state() + sizes.units(), (t + 1) * sizes.state());
    }

    Matrix arguments(int t) {
        return arguments.columns(t * sizes.arguments(), (t + 1) * sizes.arguments());
    }

    /// The units of one of several groups of arguments, such as the gates of one kind.
    Matrix arguments(int t, int group) {
        int from = t * sizes.arguments() + group * sizes.units();
        return arguments.columns(from, from + sizes.units());
    }

    Matrix values(int t) {
        return values.columns(t * sizes.values(), (t + 1) * sizes.values());
    }

    /// All arguments, one row per case and step.
    Matrix argumentRows() {
        return arguments.reshape(arguments.rows() * steps, sizes.arguments());
    }

    /// All arguments, one row per case.
    Matrix allArguments() {
        return arguments;
    }

    /// The hidden units of states from … from + k − 1, one row per case.
    void copyHidden(int from, Matrix target) {
        int units = sizes.units();
        for (int t = 0; t < steps; t++) {
            target.columns(t * units, (t + 1) * units).copyFrom(hidden(from + t));
        }
    }

    /// Elements of a tape.
    ///
    /// @param precision the element type
    /// @param cases rows
    /// @param steps k
    record Extent(Precision precision, int cases, int steps) {
        /// As many cases, but other steps.
        Extent of(int count) {
            return new Extent(precision, cases, count);
        }

        Matrix matrix(int columns, Workspace.Frame frame) {
            return frame.matrix(precision, cases, columns);
        }
    }
}
