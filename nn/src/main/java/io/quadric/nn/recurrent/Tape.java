package io.quadric.nn.recurrent;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.CaseRows;
import io.quadric.nn.layer.Cases;
import io.quadric.nn.layer.TangentStacks;

/// A quantity of a recurrent layer over successive time steps 0 … k − 1: the states before, between and after them,
/// arguments and values of every step. One row per case, the steps side by side. All matrices are views; writes go
/// through.
public final class Tape {
    private final Cell.Sizes sizes;
    private final Matrix states;
    private final Matrix arguments;
    private final Matrix recurrent;
    private final Matrix values;
    private final Extent extent;

    private Tape(Cell.Sizes sizes, Extent extent, int valueColumns, Workspace.Frame frame) {
        this.sizes = sizes;
        this.extent = extent;
        int steps = extent.steps();
        states = extent.matrix((steps + 1) * sizes.state(), frame);
        arguments = extent.matrix(steps * sizes.arguments(), frame);
        recurrent = sizes.areApart() ? extent.matrix(steps * sizes.arguments(), frame) : arguments;
        values = extent.matrix(steps * valueColumns, frame);
    }

    /// A tape with values, for activations.
    static Tape ofActivations(Cell.Sizes sizes, Extent extent, Workspace.Frame frame) {
        return new Tape(sizes, extent, sizes.values(), frame);
    }

    /// A tape without values, for what is derived from activations.
    static Tape ofDerivatives(Cell.Sizes sizes, Extent extent, Workspace.Frame frame) {
        return new Tape(sizes, extent, 0, frame);
    }

    private Tape(Tape whole, int d, int k) {
        this.sizes = whole.sizes;
        this.extent = whole.extent;
        states = TangentStacks.ofCases(d, k, whole.states);
        arguments = TangentStacks.ofCases(d, k, whole.arguments);
        recurrent = sizes.areApart() ? TangentStacks.ofCases(d, k, whole.recurrent) : arguments;
        values = TangentStacks.ofCases(d, k, whole.values);
    }

    /// One of k directions, of a tape with a row for each case and direction.
    Tape direction(int d, int k) {
        return new Tape(this, d, k);
    }

    int steps() {
        return extent.steps();
    }

    Extent extent() {
        return extent;
    }

    private static Matrix part(Matrix rows, int index, int width) {
        return rows.columns(index * width, (index + 1) * width);
    }

    private Matrix group(Matrix rows, int t, int group) {
        int from = t * sizes.arguments() + group * sizes.units();
        return rows.columns(from, from + sizes.units());
    }

    /// {@return the state before a step; after the last one for t = k}
    ///
    /// @param t the time step
    public Matrix state(int t) {
        return part(states, t, sizes.state());
    }

    /// {@return the hidden units of a state}
    ///
    /// @param t the time step after the state
    public Matrix hidden(int t) {
        return states.columns(t * sizes.state(), t * sizes.state() + sizes.units());
    }

    /// {@return the columns of a state after its hidden units}
    ///
    /// @param t the time step after the state
    public Matrix carried(int t) {
        return states.columns(t * sizes.state() + sizes.units(), (t + 1) * sizes.state());
    }

    /// {@return the arguments of a step}: p, or p + q with [Cell.Recurrence#ADDED].
    ///
    /// @param t the time step
    public Matrix arguments(int t) {
        return part(arguments, t, sizes.arguments());
    }

    /// {@return one of several groups of arguments, such as the gates of one kind}
    ///
    /// @param t the time step
    /// @param group each has as many columns as there are units
    public Matrix arguments(int t, int group) {
        return group(arguments, t, group);
    }

    /// {@return the recurrent part of the arguments of a step}: q; with [Cell.Recurrence#ADDED] the arguments
    /// themselves.
    ///
    /// @param t the time step
    public Matrix recurrent(int t) {
        return part(recurrent, t, sizes.arguments());
    }

    /// {@return one of several groups of the recurrent part}
    ///
    /// @param t the time step
    /// @param group each has as many columns as there are units
    public Matrix recurrent(int t, int group) {
        return group(recurrent, t, group);
    }

    /// {@return what else is kept of a step}; only of activations.
    ///
    /// @param t the time step
    public Matrix values(int t) {
        return part(values, t, sizes.values());
    }

    /// All arguments, one row per case and step.
    Matrix argumentRows() {
        return arguments.reshape(arguments.rows() * steps(), sizes.arguments());
    }

    /// The recurrent part of all arguments, one row per case and step.
    Matrix recurrentRows() {
        return recurrent.reshape(recurrent.rows() * steps(), sizes.arguments());
    }

    /// All arguments, one row per case.
    Matrix allArguments() {
        return arguments;
    }

    /// The recurrent part of all arguments, one row per case.
    Matrix allRecurrent() {
        return recurrent;
    }

    /// The hidden units of states from … from + k − 1, one row per case.
    void copyHidden(int from, Matrix target) {
        for (int t = 0; t < steps(); t++) {
            part(target, t, sizes.units()).copyFrom(hidden(from + t));
        }
    }

    /// Sets the state after step t to zero where a case has ended, so that what follows stays finite.
    void clearEnded(int t) {
        extent.cases().lengths().clearEnded(state(t + 1), extent.from() + t);
    }

    /// target ← the hidden units after the last step of every case that has it on this tape.
    void copyLast(Matrix target) {
        if (extent.cases().lengths().areFull()) {
            if (extent.isLast()) {
                target.copyFrom(hidden(steps()));
            }
            return;
        }
        for (int r = 0; r < target.rows(); r++) {
            int last = extent.last(r);
            if (last > 0) {
                target.row(r).copyFrom(hidden(last).row(r));
            }
        }
    }

    /// The steps of a tape and its rows.
    ///
    /// @param precision the element type
    /// @param cases the cases
    /// @param directions rows for each case
    /// @param length T
    /// @param from the first of its time steps
    /// @param steps k
    record Extent(Precision precision, Cases cases, int directions, int length, int from, int steps) {
        /// The same with other steps.
        Extent of(int first, int count) {
            return new Extent(precision, cases, directions, length, first, count);
        }

        /// The same with k rows for each case.
        Extent along(int k) {
            return new Extent(precision, cases, k, length, from, steps);
        }

        int rows() {
            return cases.count() * directions;
        }

        boolean isLast() {
            return from + steps == length;
        }

        /// After which of the steps the case of a row ends, from 1; 0 or less if it has ended before, 0 if it ends
        /// later.
        int last(int row) {
            int last = cases.lengths().at(row / directions, length) - from;
            return last > steps ? 0 : last;
        }

        Matrix matrix(int columns, Workspace.Frame frame) {
            return frame.matrix(precision, rows(), columns);
        }

        /// The columns of these steps, of rows with `width` columns for each step.
        Matrix columns(Matrix rows, int width) {
            return rows.columns(from * width, (from + steps) * width);
        }

        CaseRows caseRows() {
            return cases.steps(from, from + steps);
        }
    }
}
