package io.quadric.nn.recurrent;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.FunctionPoint;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Sink;

/// h⁺ = s(a), h₀ a parameter.
///
/// @param units of h
/// @param function s
/// @param first h₀
record RecurrentCell(int units, ElementaryFunction function, ParameterSlice first) implements Cell {
    @Override
    public Sizes sizes() {
        return new Sizes(units, units, units, 0, 0);
    }

    @Override
    public boolean hasLogisticUnits() {
        return function == ElementaryFunction.LOGISTIC;
    }

    @Override
    public void initial(Vector flat, Matrix state) {
        state.copyFrom(first.of(flat).repeated(state.rows()));
    }

    @Override
    public void forward(Tape a, int t, Workspace ws) {
        Elementwise.apply(function, a.arguments(t), a.state(t + 1), ws);
    }

    @Override
    public void tangent(Vector v, Tape a, Tape r, int t, Workspace ws) {
        Elementwise.chain(point(a, t), r.arguments(t), r.state(t + 1), ws);
    }

    @Override
    public void backward(Tape a, Tape d, int t, Matrix sums, Workspace ws) {
        Elementwise.chain(point(a, t), d.state(t + 1), d.arguments(t), ws);
    }

    @Override
    public void rBackward(Vector v, Tapes tapes, int t, Matrix sums, Workspace ws) {
        backward(tapes.a(), tapes.rd(), t, sums, ws);
        Elementwise.addSecond(
                point(tapes.a(), t), tapes.r().arguments(t), tapes.d().state(t + 1), tapes.rd().arguments(t), ws);
    }

    @Override
    public void report(Matrix firstCotangent, Matrix sums, Sink sink, Workspace ws) {
        sink.direct(first, firstCotangent, ws);
    }

    private FunctionPoint point(Tape a, int t) {
        return new FunctionPoint(function, a.arguments(t), a.state(t + 1));
    }
}
