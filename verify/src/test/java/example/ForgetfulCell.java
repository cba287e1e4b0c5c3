package example;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.recurrent.Cell;
import io.quadric.nn.recurrent.Tape;

/// A cell with a mistake: cotangents of hidden units go back through Wh only.
record ForgetfulCell(Cell inner) implements Cell {
    @Override
    public Sizes sizes() {
        return inner.sizes();
    }

    @Override
    public void forward(Tape a, int t, Workspace ws) {
        inner.forward(a, t, ws);
    }

    @Override
    public void tangent(Vector v, Tape a, Tape r, int t, Workspace ws) {
        inner.tangent(v, a, r, t, ws);
    }

    @Override
    public void backward(Tape a, Tape d, int t, Matrix sums, Workspace ws) {
        inner.backward(a, d, t, sums, ws);
        d.hidden(t).fill(0);
    }

    @Override
    public void rBackward(Vector v, Tapes tapes, int t, Matrix sums, Workspace ws) {
        inner.rBackward(v, tapes, t, sums, ws);
    }
}
