package io.quadric.nn.recurrent;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Sink;

/// What one kind of recurrent unit does within a time step, besides the affine map a = Wx x + Wh h + b: elementwise
/// functions and their derivatives, for all cases at once.
///
/// A state has the hidden units h in its first columns. [Tape]s named a, r, d and rd hold activations, tangents,
/// cotangents and the tangents of cotangents.
interface Cell {
    /// Columns of what a time step computes.
    Sizes sizes();

    /// Whether h is the logistic function of the arguments.
    boolean hasLogisticUnits();

    /// The first state as a function of the parameters; it is linear, so that it serves for a direction too.
    void initial(Vector flat, Matrix state);

    /// From arguments t and state t to state t + 1. Arguments may be replaced by what their derivatives need.
    void forward(Tape a, int t, Workspace ws);

    /// From the tangents of arguments t and state t to those of state t + 1.
    void tangent(Vector v, Tape a, Tape r, int t, Workspace ws);

    /// From the cotangent of state t + 1 to those of arguments t and of state t, save for what reaches its hidden units
    /// through Wh. What a state's other columns gain within the step is added to cotangent t + 1.
    ///
    /// Adds the gradients of the cell's own parameters to `sums`, case by case, unless that is empty.
    void backward(Tape a, Tape d, int t, Matrix sums, Workspace ws);

    /// The derivative of [#backward] along v and the tangents r.
    void rBackward(Vector v, Tapes tapes, int t, Matrix sums, Workspace ws);

    /// Reports the gradients of the cell's own parameters.
    ///
    /// @param first the cotangent of the first state
    void report(Matrix first, Matrix sums, Sink sink, Workspace ws);

    /// How many columns there are.
    ///
    /// @param units of h
    /// @param state of a state: h and what else is carried along
    /// @param arguments of a
    /// @param values of what else of the activations is kept
    /// @param sums of the cell's own parameters that are summed over time
    record Sizes(int units, int state, int arguments, int values, int sums) {}

    /// What a second-order pass reads and writes.
    ///
    /// @param a activations
    /// @param r their tangents
    /// @param d cotangents, complete
    /// @param rd the tangents of the cotangents
    record Tapes(Tape a, Tape r, Tape d, Tape rd) {}
}
