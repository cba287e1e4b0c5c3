package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.layer.GradientSink;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.SecondOrderPass;
import io.quadric.nn.layer.Sink;
import java.util.ArrayList;
import java.util.List;

/// The Hessian of the objective at a linearization. Its construction runs one backward pass and keeps the cotangents;
/// every product is then one R-forward and one R-backward pass.
final class HessianOperator implements SelfAdjointOperator {
    private final Linearization at;
    private final List<SecondOrderPass> passes = new ArrayList<>();

    HessianOperator(Linearization at, List<LayerPass> layers, Workspace.Frame frame) {
        this.at = at;
        Matrix dy = at.outputsLike(frame);
        at.lossGradient(dy);
        for (int i = layers.size() - 1; i >= 0; i--) {
            Matrix dx = at.cotangentBeforeParametric(i, frame);
            passes.addFirst(layers.get(i).second(dy, dx, frame));
            dy = dx;
        }
    }

    @Override
    public int size() {
        return at.parameters().values().size();
    }

    @Override
    public Precision precision() {
        return at.parameters().values().precision();
    }

    @Override
    public void apply(Vector v, Vector hv, Workspace ws) {
        check(v, hv);
        at.requireCurrent();
        hv.fill(0);
        try (var frame = ws.open()) {
            Matrix rz = rForward(v, frame);
            Matrix rdz = at.outputsLike(frame);
            at.lossPoint().hessianProduct(at.lossRows(rz), at.lossRows(rdz), ws);
            rBackward(rdz, new GradientSink(hv, 1.0 / at.cases()), frame);
        }
        at.addPenalty(v, hv);
    }

    private Matrix rForward(Vector v, Workspace.Frame frame) {
        Matrix rx = Matrix.empty(precision());
        for (int i = 0; i < passes.size(); i++) {
            Matrix ry = at.matrixBehindParametric(i, frame);
            passes.get(i).rForward(v, rx, ry, frame.workspace());
            rx = ry;
        }
        return rx;
    }

    private void rBackward(Matrix rdz, Sink sink, Workspace.Frame frame) {
        Matrix rdy = rdz;
        for (int i = passes.size() - 1; i >= 0; i--) {
            Matrix rdx = at.cotangentBeforeParametric(i, frame);
            passes.get(i).rBackward(rdy, rdx, sink, frame.workspace());
            rdy = rdx;
        }
    }
}
