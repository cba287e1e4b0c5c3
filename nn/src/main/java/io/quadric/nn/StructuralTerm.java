package io.quadric.nn;

import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// The term μ/N Σ Kᵢᵀ dᵢ'' Kᵢ of [StructuralDamping] at a linearization: products with it, and its diagonal. K is the
/// Jacobian of the hidden units and d'' the diagonal curvature of the distance.
public final class StructuralTerm implements SelfAdjointOperator {
    private final Linearization at;
    private final double strength;
    private final LayerChain layers;
    private final TreeMap<Integer, HiddenUnits> hidden = new TreeMap<>();

    /// @param parametric the layers from the first one with parameters on
    StructuralTerm(Linearization at, StructuralDamping damping, LayerChain parametric) {
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

    Linearization at() {
        return at;
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
    public void apply(Vector v, Vector product, Workspace ws) {
        check(v, product);
        at.requireCurrent();
        product.fill(0);
        try (var frame = ws.open()) {
            Matrix rz = at.outputsLike(frame);
            Map<Integer, Matrix> curved = room(frame);
            forward(last(), v, rz, curved, ws);
            backward(last(), rz.fill(0), curved, new GradientSink(product, 1.0 / at.cases()), ws);
        }
    }

    /// d ← d + diag of the term, for one backward pass for each hidden unit and time step.
    ///
    /// @param d accumulated, a flat vector
    public void addDiagonal(Vector d) {
        try (var frame = at.workspace().open()) {
            Map<Integer, Matrix> roots = roots(frame);
            for (int layer : hidden.keySet()) {
                for (int c = 0; c < roots.get(layer).columns(); c++) {
                    addColumn(layer, c, roots.get(layer), d);
                }
            }
        }
    }

    private void addColumn(int layer, int column, Matrix root, Vector d) {
        try (var frame = at.workspace().open()) {
            Map<Integer, Matrix> arriving = new TreeMap<>();
            hidden.keySet().forEach(i -> arriving.put(i, at.noMatrix()));
            Matrix one = frame.matrix(root.precision(), root.rows(), root.columns()).fill(0);
            one.columns(column, column + 1).copyFrom(root.columns(column, column + 1));
            arriving.put(layer, one);
            addSquares(arriving, d);
        }
    }

    /// d ← d + an unbiased estimate of the term's diagonal, for one backward pass: (1/N) Σᵢ (Kᵢᵀ √(μ dᵢ'') ω)² with
    /// independent random signs ω for each case, hidden unit and time step (Martens & Sutskever 2012, §11.4).
    ///
    /// @param random draws ω
    /// @param d accumulated, a flat vector
    public void addDiagonalEstimate(RandomGenerator random, Vector d) {
        try (var frame = at.workspace().open()) {
            Map<Integer, Matrix> roots = roots(frame);
            for (Matrix root : roots.values()) {
                Matrix signs = frame.matrix(root.precision(), root.rows(), root.columns());
                Sampling.rademacher(random, signs);
                Hadamard.SET.multiply(root, signs, root, at.workspace());
            }
            addSquares(roots, d);
        }
    }

    /// √(μ d'') of the damped layers, 0 in the padding of sequences.
    private Map<Integer, Matrix> roots(Workspace.Frame frame) {
        at.requireCurrent();
        Map<Integer, Matrix> roots = room(frame);
        roots.forEach((i, root) -> {
            hidden.get(i).rootCurvature(root, at.workspace());
            root.scale(Math.sqrt(strength));
            withoutPadding(i, root);
        });
        return roots;
    }

    /// d ← d + (1/N) Σᵢ (Kᵢᵀ dhᵢ)², one case at a time where layers couple the cases; dh may be overwritten.
    private void addSquares(Map<Integer, Matrix> dh, Vector d) {
        Workspace ws = at.workspace();
        try (var frame = ws.open()) {
            Matrix dz = at.outputsLike(frame).fill(0);
            if (!at.couplesCases()) {
                backward(last(), dz, dh, new SquaredGradientSink(d, at.batchCases()), ws);
                return;
            }
            Vector g = frame.vector(d.precision(), d.size());
            Map<Integer, Matrix> one = room(frame);
            dh.values().stream().filter(rows -> !rows.isEmpty()).forEach(rows -> at.weigh(rows, 0.5));
            for (int i = 0; i < at.cases(); i++) {
                int row = i;
                one.forEach((layer, rows) -> {
                    rows.fill(0);
                    if (!dh.get(layer).isEmpty()) {
                        rows.row(row).copyFrom(dh.get(layer).row(row));
                    }
                });
                backward(last(), dz, one, new GradientSink(g.fill(0), 1), ws);
                new Hadamard(1.0 / at.cases(), 1).multiply(g.asRow(), g.asRow(), d.asRow(), ws);
            }
        }
    }

    /// One row per case for the hidden units of every damped layer.
    Map<Integer, Matrix> room(Workspace.Frame frame) {
        Map<Integer, Matrix> room = new TreeMap<>();
        hidden.forEach((i, units) -> room.put(i, frame.matrix(precision(), at.cases(), units.columns())));
        return room;
    }

    private int last() {
        return hidden.lastKey();
    }

    /// For every damped layer curved ← μ d'' R{h}, and rz ← J v if the walk goes on to the last layer.
    ///
    /// @param to the last layer of the walk
    void forward(int to, Vector v, Matrix rz, Map<Integer, Matrix> curved, Workspace ws) {
        try (var frame = ws.open()) {
            layers.upwards(at.noMatrix(), rz, layers.rows(1, frame), (i, in, out) -> {
                if (i > to) {
                    return;
                }
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
        withoutPadding(layer, curved);
    }

    private void withoutPadding(int layer, Matrix rows) {
        if (at.model().network().shape(layer) instanceof Shape.Sequence s) {
            at.batchCases().lengths().clear(rows, new Shape.Sequence(s.length(), rows.columns() / s.length()));
        }
    }

    /// From cotangents of the outputs and of hidden units.
    ///
    /// @param from the first layer of the walk, above which dz is 0
    /// @param dz of the outputs
    /// @param curved of the hidden units
    void backward(int from, Matrix dz, Map<Integer, Matrix> curved, Sink sink, Workspace ws) {
        try (var frame = ws.open()) {
            layers.downwards(dz, at.noMatrix(), layers.rows(1, frame), (i, in, out) -> {
                if (i > from) {
                    out.fill(0);
                } else if (hidden.containsKey(i)) {
                    hidden.get(i).backward(new HiddenUnits.Arrival(in, curved.get(i)), out, sink, ws);
                } else {
                    layers.pass(i).backward(in, out, sink, ws);
                }
            });
        }
    }
}
