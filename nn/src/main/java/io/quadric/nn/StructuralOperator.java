package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.layer.GradientSink;
import io.quadric.nn.layer.HiddenUnits;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.Sink;
import io.quadric.nn.layer.StructuralDamping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The Gauss-Newton matrix with [StructuralDamping].
final class StructuralOperator implements SelfAdjointOperator {
    private final Linearization at;
    private final double strength;
    private final List<LayerPass> passes;
    private final List<Optional<HiddenUnits>> hidden = new ArrayList<>();

    /// @param at the linearization
    /// @param damping the term
    /// @param passes of the layers that depend on parameters
    /// @param first the number of the first of them
    StructuralOperator(Linearization at, StructuralDamping damping, List<LayerPass> passes, int first) {
        this.at = at;
        this.strength = damping.strength();
        this.passes = passes;
        for (int i = 0; i < passes.size(); i++) {
            boolean damped = damping.layers().contains(first + i);
            Optional<HiddenUnits> units = passes.get(i).hiddenUnits(damping.distance());
            if (damped && units.isEmpty()) {
                throw new IllegalArgumentException("layer " + (first + i) + " has no hidden units to damp: "
                        + at.model().network().layers().get(first + i));
            }
            hidden.add(damped ? units : Optional.empty());
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
    public void apply(Vector v, Vector gv, Workspace ws) {
        check(v, gv);
        at.requireCurrent();
        gv.fill(0);
        try (var scratch = ws.open()) {
            List<Matrix> curved = new ArrayList<>();
            Matrix rz = forward(v, curved, scratch);
            Matrix dz = at.outputsLike(scratch);
            at.lossPoint().curvatureProduct(at.lossRows(rz), at.lossRows(dz), ws);
            backward(dz, curved, new GradientSink(gv, 1.0 / at.cases()), scratch);
        }
        at.addPenalty(v, gv);
    }

    /// Rz; the list receives μ d'' R{h} of every layer, empty where nothing is damped.
    private Matrix forward(Vector v, List<Matrix> curved, Workspace.Frame scratch) {
        Workspace ws = scratch.workspace();
        Matrix rx = Matrix.empty(precision());
        for (int i = 0; i < passes.size(); i++) {
            Matrix ry = at.matrixBehindParametric(i, scratch);
            if (hidden.get(i).isPresent()) {
                HiddenUnits units = hidden.get(i).get();
                Matrix dh = scratch.matrix(precision(), at.cases(), units.columns());
                units.jvp(v, rx, ry, dh, ws);
                curved.add(dh.scale(strength));
            } else {
                passes.get(i).jvp(v, rx, ry, ws);
                curved.add(Matrix.empty(precision()));
            }
            rx = ry;
        }
        return rx;
    }

    private void backward(Matrix dz, List<Matrix> curved, Sink sink, Workspace.Frame scratch) {
        Workspace ws = scratch.workspace();
        Matrix dy = dz;
        for (int i = passes.size() - 1; i >= 0; i--) {
            Matrix dx = at.cotangentBeforeParametric(i, scratch);
            if (hidden.get(i).isPresent()) {
                hidden.get(i).get().backward(new HiddenUnits.Arrival(dy, curved.get(i)), dx, sink, ws);
            } else {
                passes.get(i).backward(dy, dx, sink, ws);
            }
            dy = dx;
        }
    }
}
