package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.BlockSpec;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.SecondOrderPass;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import io.quadric.nn.layer.StackedGradients;
import java.util.List;

/// A layer with one mistake planted into it.
record FaultyLayer(Layer inner, Fault fault) implements Layer {
    private static final double WRONG = 1.01;

    /// Each in one method of [Layer], [LayerPass] or [SecondOrderPass].
    enum Fault {
        FORWARD_SCALED("open"),
        STATISTICS_SCALED("statistics"),
        ROWS_JVP_SCALED("jvp"),
        ROWS_JVP_OF_ONE("jvp"),
        ROWS_BACKWARD_SCALED("backward"),
        ROWS_REPORT_TWICE("backward"),
        JVP_SCALED("jvp"),
        JVP_WITHOUT_PARAMETERS("jvp"),
        JVP_WITHOUT_INPUT("jvp"),
        JVP_OF_INPUTS_SCALED("jvpOfInputs"),
        BACKWARD_SCALED("backward"),
        REPORT_SCALED("backward"),
        REPORT_DROPPED("backward"),
        R_FORWARD_SCALED("rForward"),
        R_BACKWARD_SCALED("rBackward"),
        R_BACKWARD_WITHOUT_SECOND_DERIVATIVE("rBackward"),
        R_REPORT_DROPPED("rBackward"),
        R_REPORT_TWICE("rBackward"),
        SECOND_BACKWARD_SCALED("second");

        final String method;

        Fault(String method) {
            this.method = method;
        }
    }

    @Override
    public Shape output(Shape input) {
        return inner.output(input);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        return inner.parameters(input);
    }

    @Override
    public List<BlockSpec> blocks(Shape input) {
        return inner.blocks(input);
    }

    @Override
    public int statisticsSize(Shape input) {
        return inner.statisticsSize(input);
    }

    @Override
    public LayerPass open(LayerSite site, Matrix x, Matrix y) {
        if (!has(Fault.FORWARD_SCALED)) {
            return new Pass(inner.open(site, x, y));
        }
        Matrix right = y.copy();
        LayerPass pass = inner.open(site, x, right);
        y.copyFrom(right).scale(WRONG);
        return new Pass(pass);
    }

    private boolean has(Fault other) {
        return fault == other;
    }

    private void scaleIf(Fault other, Matrix x) {
        if (has(other) && !x.isEmpty()) {
            x.scale(WRONG);
        }
    }

    private Sink sink(Sink sink, Fault scaled, Fault dropped) {
        return has(dropped) ? Sink.NONE : has(scaled) ? new Scaled(sink) : sink;
    }

    /// Reports every gradient a little too large.
    private record Scaled(Sink sink) implements Sink {
        @Override
        public void affine(AffineBlock block, Rows rows, Workspace ws) {
            Matrix larger = rows.gradients().copy().scale(WRONG);
            sink.affine(block, new Rows(rows.inputs(), larger, rows.cases()), ws);
        }

        @Override
        public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
            sink.direct(slice, gradients.copy().scale(WRONG), ws);
        }
    }

    private final class Pass implements LayerPass {
        private final LayerPass pass;

        Pass(LayerPass pass) {
            this.pass = pass;
        }

        @Override
        public void statistics(Vector out) {
            pass.statistics(out);
            out.scale(has(Fault.STATISTICS_SCALED) ? WRONG : 1);
        }

        @Override
        public void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
            Matrix directions = has(Fault.ROWS_JVP_OF_ONE) ? v.row(0).repeated(v.rows()).copy() : v;
            pass.jvp(directions, rx, ry, ws);
            scaleIf(Fault.ROWS_JVP_SCALED, ry);
        }

        @Override
        public void backward(Matrix dy, Matrix dx, StackedGradients gradients, Workspace ws) {
            pass.backward(dy, dx, gradients, ws);
            if (has(Fault.ROWS_REPORT_TWICE)) {
                pass.backward(dy, Matrix.empty(dy.precision()), gradients, ws);
            }
            scaleIf(Fault.ROWS_BACKWARD_SCALED, dx);
        }

        @Override
        public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
            Vector direction = has(Fault.JVP_WITHOUT_PARAMETERS) ? v.copy().fill(0) : v;
            Matrix tangent = has(Fault.JVP_WITHOUT_INPUT) ? Matrix.empty(ry.precision()) : rx;
            pass.jvp(direction, tangent, ry, ws);
            scaleIf(Fault.JVP_SCALED, ry);
        }

        @Override
        public void jvpOfInputs(Vector v, Matrix rx, Matrix ry, Workspace ws) {
            pass.jvpOfInputs(v, rx, ry, ws);
            scaleIf(Fault.JVP_OF_INPUTS_SCALED, ry);
        }

        @Override
        public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
            pass.backward(dy, dx, sink(sink, Fault.REPORT_SCALED, Fault.REPORT_DROPPED), ws);
            scaleIf(Fault.BACKWARD_SCALED, dx);
        }

        @Override
        public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
            SecondOrderPass second = pass.second(dy, dx, frame);
            scaleIf(Fault.SECOND_BACKWARD_SCALED, dx);
            return (v, rx, ry, scratch) -> {
                SecondOrderPass.RBackward back = second.rForward(v, rx, ry, scratch);
                scaleIf(Fault.R_FORWARD_SCALED, ry);
                return new Back(pass, back);
            };
        }
    }

    private final class Back implements SecondOrderPass.RBackward {
        private final LayerPass pass;
        private final SecondOrderPass.RBackward back;

        Back(LayerPass pass, SecondOrderPass.RBackward back) {
            this.pass = pass;
            this.back = back;
        }

        @Override
        public void rBackward(Matrix rdy, Matrix rdx, Sink sink, Workspace ws) {
            if (has(Fault.R_BACKWARD_WITHOUT_SECOND_DERIVATIVE)) {
                pass.backward(rdy, rdx, sink, ws);
                return;
            }
            back.rBackward(rdy, rdx, has(Fault.R_REPORT_DROPPED) ? Sink.NONE : sink, ws);
            if (has(Fault.R_REPORT_TWICE)) {
                back.rBackward(rdy, Matrix.empty(rdy.precision()), sink, ws);
            }
            scaleIf(Fault.R_BACKWARD_SCALED, rdx);
        }
    }
}
