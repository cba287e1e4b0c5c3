package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.layer.GradientSink;
import io.quadric.nn.layer.HiddenUnits;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerChain;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import io.quadric.nn.layer.StructuralDamping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The Gauss-Newton matrix with [StructuralDamping].
final class StructuralOperator implements SelfAdjointOperator {
    private final Linearization at;
    private final double strength;
    private final LayerChain layers;
    private final Map<Integer, HiddenUnits> hidden = new HashMap<>();

    /// @param at the linearization
    /// @param damping the term
    /// @param parametric the layers from the first one with parameters on
    StructuralOperator(Linearization at, StructuralDamping damping, LayerChain parametric) {
        this.at = at;
        this.strength = damping.strength();
        this.layers = parametric;
        damping.layers().forEach(i -> hidden.put(i, hiddenUnits(i, damping.distance())));
    }

    private HiddenUnits hiddenUnits(int layer, StructuralDamping.Distance distance) {
        List<Layer> all = at.model().network().layers();
        if (layer < 0 || layer >= all.size()) {
            throw new IllegalArgumentException("structural damping of layer " + layer + " of " + all.size());
        }
        return layers.pass(layer)
                .hiddenUnits(distance)
                .orElseThrow(() -> new IllegalArgumentException(
                        "layer " + layer + " has no hidden units to damp: " + all.get(layer)));
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
        try (var frame = ws.open()) {
            Matrix rz = at.outputsLike(frame);
            Matrix dz = at.outputsLike(frame);
            Map<Integer, Matrix> curved = new HashMap<>();
            hidden.forEach((i, units) -> curved.put(i, frame.matrix(precision(), at.cases(), units.columns())));
            forward(v, rz, curved, ws);
            at.batchLoss().curvatureProduct(rz, dz, ws);
            backward(dz, curved, new GradientSink(gv, 1.0 / at.cases()), ws);
        }
        at.addPenalty(v, gv);
    }

    /// rz ← J v, and for every damped layer curved ← μ d'' R{h}.
    private void forward(Vector v, Matrix rz, Map<Integer, Matrix> curved, Workspace ws) {
        try (var frame = ws.open()) {
            layers.upwards(at.noMatrix(), rz, layers.rows(1, frame), (i, in, out) -> {
                if (hidden.containsKey(i)) {
                    hidden.get(i).jvp(v, in, out, curved.get(i), ws);
                    finish(i, curved.get(i), ws);
                } else {
                    layers.pass(i).jvp(v, in, out, ws);
                }
            });
        }
    }

    /// Every case counts as much as in the loss, and padding not at all.
    private void finish(int layer, Matrix curved, Workspace ws) {
        curved.scale(strength);
        at.batchCases().weigh(curved, 1, ws);
        if (at.model().network().shape(layer) instanceof Shape.Sequence s) {
            at.batchCases().lengths().clear(curved, new Shape.Sequence(s.length(), curved.columns() / s.length()));
        }
    }

    private void backward(Matrix dz, Map<Integer, Matrix> curved, Sink sink, Workspace ws) {
        try (var frame = ws.open()) {
            layers.downwards(dz, at.noMatrix(), layers.rows(1, frame), (i, in, out) -> {
                if (hidden.containsKey(i)) {
                    hidden.get(i).backward(new HiddenUnits.Arrival(in, curved.get(i)), out, sink, ws);
                } else {
                    layers.pass(i).backward(in, out, sink, ws);
                }
            });
        }
    }
}
