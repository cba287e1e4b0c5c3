package io.quadric.nn.recurrent;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Sink;

/// A recurrent unit bound to parameters: what it does within a time step, for all cases at once. A [CellLayer] makes
/// it.
///
/// Two affine maps belong to every cell and are not its business: p = Wx x + b of the inputs and q = Wh h of the hidden
/// units before the step. The cell is the rest, elementwise functions from p, q and the state before the step to the
/// state after it, and their derivatives. A state has the hidden units h in its first columns.
///
/// [Tape]s hold quantities of successive time steps: `a` activations, `r` their tangents, `d` cotangents, `rd` the
/// tangents of the cotangents. State t lies before step t, state t + 1 after it.
public interface Cell {
    /// How p and q meet.
    enum Recurrence {
        /// The cell needs their sum only: the arguments of a tape are p + q. The hidden units before a step enter it in
        /// no other way.
        ADDED,
        /// The cell needs them apart: the arguments of a tape are p, its [recurrent][Tape#recurrent] part is q. The
        /// hidden units before a step may enter it directly, too.
        APART
    }

    /// {@return how many columns there are of what}
    Sizes sizes();

    /// {@return whether h is the logistic function of the arguments}
    default boolean hasLogisticUnits() {
        return false;
    }

    /// Fills the first state, zero unless overridden. It must be linear in the parameters, so that it serves for a
    /// direction too.
    ///
    /// @param flat parameters or a direction, a flat vector of the whole network
    /// @param state overwritten
    default void initial(Vector flat, Matrix state) {
        state.fill(0);
    }

    /// From arguments t and state t to state t + 1. Arguments may be replaced by what their derivatives need.
    ///
    /// @param a activations; state t + 1, and the values of step t, are overwritten
    /// @param t the time step
    /// @param ws threads and scratch
    void forward(Tape a, int t, Workspace ws);

    /// From the tangents of arguments t and state t to those of state t + 1.
    ///
    /// @param v the direction, a flat vector of the whole network
    /// @param a activations
    /// @param r tangents; state t + 1 is overwritten, arguments t may be replaced by what [#rBackward] needs
    /// @param t the time step
    /// @param ws threads and scratch
    void tangent(Vector v, Tape a, Tape r, int t, Workspace ws);

    /// From the cotangent of state t + 1 to those of arguments t and of state t. The hidden units of state t receive
    /// what reaches them through Wh afterwards: with [Recurrence#ADDED] leave them alone, with [Recurrence#APART]
    /// overwrite them with what reaches them otherwise. What the other columns of state t + 1 gain within the step is
    /// added to them.
    ///
    /// @param a activations
    /// @param d cotangents; arguments t, with their recurrent part, and state t are overwritten
    /// @param t the time step
    /// @param sums the gradients of the cell's own parameters, accumulated case by case; empty if not wanted
    /// @param ws threads and scratch
    void backward(Tape a, Tape d, int t, Matrix sums, Workspace ws);

    /// The derivative of [#backward] along v and the tangents r.
    ///
    /// @param v the direction, a flat vector of the whole network
    /// @param tapes what there is, and `rd`, in which is overwritten what [#backward] overwrites in d
    /// @param t the time step
    /// @param sums the derivatives of the gradients of the cell's own parameters, accumulated case by case
    /// @param ws threads and scratch
    void rBackward(Vector v, Tapes tapes, int t, Matrix sums, Workspace ws);

    /// Reports the gradients of the cell's own parameters, if it has any.
    ///
    /// @param first the cotangent of the first state
    /// @param sums over all time steps
    /// @param sink receives the reports
    /// @param ws threads and scratch
    default void report(Matrix first, Matrix sums, Sink sink, Workspace ws) {
        // most cells have none
    }

    /// How many columns there are of what.
    ///
    /// @param units of h
    /// @param state of a state: h and what else is carried along
    /// @param arguments of p, and of q: the rows of Wx and Wh
    /// @param values of what else of the activations is kept
    /// @param sums of the cell's own parameters that are summed over time
    /// @param recurrence how p and q meet
    record Sizes(int units, int state, int arguments, int values, int sums, Recurrence recurrence) {
        boolean areApart() {
            return recurrence == Recurrence.APART;
        }
    }

    /// What a second-order pass reads and writes.
    ///
    /// @param a activations
    /// @param r their tangents
    /// @param d cotangents, complete
    /// @param rd the tangents of the cotangents
    record Tapes(Tape a, Tape r, Tape d, Tape rd) {}
}
