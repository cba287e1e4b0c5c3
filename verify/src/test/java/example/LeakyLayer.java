package example;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.FunctionPoint;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.recurrent.Cell;
import io.quadric.nn.recurrent.CellLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import io.quadric.nn.recurrent.Tape;
import java.util.List;

/// A recurrent unit of one's own: the leaky integrator h⁺ = (1 − α) h + α tanh(Wx x + b + Wh h).
///
/// @param units the number of hidden units
/// @param leak α
/// @param output what leaves the layer
/// @param memory what is remembered of a forward pass
public record LeakyLayer(int units, double leak, SequenceOutput output, StateMemory memory) implements CellLayer {
    @Override
    public int arguments() {
        return units;
    }

    @Override
    public Cell cell(Vector parameters, List<ParameterSlice> own) {
        return new Unit(units, leak);
    }

    /// The hidden units enter a step directly, too, so that the recurrent product is held apart.
    private record Unit(int units, double leak) implements Cell {
        private static FunctionPoint point(Tape a, int t) {
            return new FunctionPoint(ElementaryFunction.TANH, a.arguments(t));
        }

        @Override
        public Sizes sizes() {
            return new Sizes(units, units, units, 0, 0, Recurrence.APART);
        }

        @Override
        public void forward(Tape a, int t, Workspace ws) {
            Elementwise.axpby(1, a.recurrent(t), 1, a.arguments(t), ws);
            Elementwise.apply(ElementaryFunction.TANH, a.arguments(t), a.arguments(t), ws);
            Elementwise.axpby(leak, a.arguments(t), 0, a.hidden(t + 1), ws);
            Elementwise.axpby(1 - leak, a.hidden(t), 1, a.hidden(t + 1), ws);
        }

        @Override
        public void tangent(Vector v, Tape a, Tape r, int t, Workspace ws) {
            Elementwise.axpby(1, r.recurrent(t), 1, r.arguments(t), ws);
            Elementwise.chain(point(a, t), r.arguments(t), r.hidden(t + 1), ws);
            Elementwise.axpby(1 - leak, r.hidden(t), leak, r.hidden(t + 1), ws);
        }

        @Override
        public void backward(Tape a, Tape d, int t, Matrix sums, Workspace ws) {
            Elementwise.chain(point(a, t), d.hidden(t + 1), d.arguments(t), ws);
            finish(d, t, ws);
        }

        /// Multiplies by α; what does not go through the function goes straight back.
        private void finish(Tape d, int t, Workspace ws) {
            Elementwise.axpby(leak, d.arguments(t), 0, d.recurrent(t), ws);
            d.arguments(t).copyFrom(d.recurrent(t));
            Elementwise.axpby(1 - leak, d.hidden(t + 1), 0, d.hidden(t), ws);
        }

        @Override
        public void rBackward(Vector v, Tapes tapes, int t, Matrix sums, Workspace ws) {
            Tape rd = tapes.rd();
            FunctionPoint point = point(tapes.a(), t);
            Elementwise.chain(point, rd.hidden(t + 1), rd.arguments(t), ws);
            Elementwise.addSecond(point, tapes.r().arguments(t), tapes.d().hidden(t + 1), rd.arguments(t), ws);
            finish(rd, t, ws);
        }
    }
}
