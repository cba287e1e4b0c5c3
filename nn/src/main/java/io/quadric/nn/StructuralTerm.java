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
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// The term μ/N Σ Kᵢᵀ dᵢ'' Kᵢ of [StructuralDamping] at a linearization: products with it, and its diagonal. K is the
/// Jacobian of the hidden units and d'' the diagonal curvature of the distance.
public final class StructuralTerm implements SelfAdjointOperator {
    private final Linearization at;
    private final double strength;
    private final LayerChain layers;
    private final List<Integer> damped;
    private final List<HiddenUnits> hidden;

    /// @param parametric the layers from the first one with parameters on
    StructuralTerm(Linearization at, StructuralDamping damping, LayerChain parametric) {
        this.at = at;
        this.strength = damping.strength();
        this.layers = parametric;
        this.damped = damping.layers();
        this.hidden = damped.stream().map(i -> hiddenUnits(i, damping.distance())).toList();
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
            Matrix[] curved = room(frame);
            forward(last(), v, rz, curved, ws);
            backward(last(), rz.fill(0), curved, new GradientSink(product, 1.0 / at.cases()), ws);
        }
    }

    /// d ← d + diag of the term, for one backward pass for each hidden unit and time step.
    ///
    /// @param d accumulated, a flat vector
    public void addDiagonal(Vector d) {
        try (var frame = at.workspace().open()) {
            Matrix[] roots = roots(frame);
            Matrix[] columns = room(frame);
            for (Matrix column : columns) {
                column.fill(0);
            }
            for (int i = 0; i < roots.length; i++) {
                for (int c = 0; c < roots[i].columns(); c++) {
                    Matrix column = columns[i].columns(c, c + 1);
                    column.copyFrom(roots[i].columns(c, c + 1));
                    addSquares(columns, d);
                    column.fill(0);
                }
            }
        }
    }

    /// d ← d + an unbiased estimate of the diagonal of the term, for one backward pass: (1/N) Σᵢ (Kᵢᵀ √(μ dᵢ'') ω)²
    /// with independent random signs ω for each case, hidden unit and time step (Martens & Sutskever 2012, §11.4).
    ///
    /// @param random draws ω
    /// @param d accumulated, a flat vector
    public void addDiagonalEstimate(RandomGenerator random, Vector d) {
        try (var frame = at.workspace().open()) {
            Matrix[] roots = roots(frame);
            Matrix[] signed = room(frame);
            for (int i = 0; i < roots.length; i++) {
                Sampling.rademacher(random, signed[i]);
                Hadamard.SET.multiply(roots[i], signed[i], roots[i], at.workspace());
            }
            addSquares(roots, d);
        }
    }

    /// √(μ d'') of the damped layers, 0 in the padding of sequences.
    private Matrix[] roots(Workspace.Frame frame) {
        at.requireCurrent();
        Matrix[] roots = room(frame);
        for (int i = 0; i < roots.length; i++) {
            hidden.get(i).rootCurvature(roots[i], at.workspace());
            roots[i].scale(Math.sqrt(strength));
            withoutPadding(damped.get(i), roots[i]);
        }
        return roots;
    }

    /// d ← d + (1/N) Σᵢ (Kᵢᵀ dhᵢ)², one case at a time where layers couple the cases.
    private void addSquares(Matrix[] dh, Vector d) {
        Workspace ws = at.workspace();
        try (var frame = ws.open()) {
            Matrix dz = at.outputsLike(frame).fill(0);
            if (!at.couplesCases()) {
                backward(last(), dz, dh, new SquaredGradientSink(d, at.batchCases()), ws);
                return;
            }
            Vector g = frame.vector(d.precision(), d.size());
            Matrix[] one = room(frame);
            for (int row = 0; row < at.cases(); row++) {
                for (int i = 0; i < one.length; i++) {
                    one[i].fill(0).row(row).copyFrom(dh[i].row(row));
                    at.weigh(one[i], 0.5);
                }
                backward(last(), dz, one, new GradientSink(g.fill(0), 1), ws);
                new Hadamard(1.0 / at.cases(), 1).multiply(g.asRow(), g.asRow(), d.asRow(), ws);
            }
        }
    }

    /// One row per case for the hidden units of every damped layer.
    Matrix[] room(Workspace.Frame frame) {
        Matrix[] room = new Matrix[damped.size()];
        for (int i = 0; i < room.length; i++) {
            room[i] = frame.matrix(precision(), at.cases(), hidden.get(i).columns());
        }
        return room;
    }

    private int last() {
        return Collections.max(damped);
    }

    /// For every damped layer curved ← μ d'' R{h}, and rz ← J v if the walk goes on to the last layer.
    ///
    /// @param to the last layer of the walk
    void forward(int to, Vector v, Matrix rz, Matrix[] curved, Workspace ws) {
        try (var frame = ws.open()) {
            layers.upwards(at.noMatrix(), rz, layers.rows(1, frame), (layer, in, out) -> {
                int i = damped.indexOf(layer);
                if (i >= 0) {
                    hidden.get(i).jvp(v, in, out, curved[i], ws);
                    finish(layer, curved[i], ws);
                } else if (layer < to) {
                    layers.pass(layer).jvp(v, in, out, ws);
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
    void backward(int from, Matrix dz, Matrix[] curved, Sink sink, Workspace ws) {
        try (var frame = ws.open()) {
            layers.downwards(dz, at.noMatrix(), layers.rows(1, frame), (layer, in, out) -> {
                int i = damped.indexOf(layer);
                if (layer > from) {
                    out.fill(0);
                } else if (i >= 0) {
                    hidden.get(i).backward(new HiddenUnits.Arrival(in, curved[i]), out, sink, ws);
                } else {
                    layers.pass(layer).backward(in, out, sink, ws);
                }
            });
        }
    }

    /// The Gauss-Newton matrix with structural damping: the walk of the one is the walk of the other.
    ///
    /// @param term the damping
    record WithGaussNewton(StructuralTerm term) implements SelfAdjointOperator {
        @Override
        public int size() {
            return term.size();
        }

        @Override
        public Precision precision() {
            return term.precision();
        }

        @Override
        public void apply(Vector v, Vector gv, Workspace ws) {
            check(v, gv);
            Linearization at = term.at();
            at.requireCurrent();
            gv.fill(0);
            try (var frame = ws.open()) {
                Matrix rz = at.outputsLike(frame);
                Matrix dz = at.outputsLike(frame);
                Matrix[] curved = term.room(frame);
                int all = at.model().network().layers().size();
                term.forward(all, v, rz, curved, ws);
                at.batchLoss().curvatureProduct(rz, dz, ws);
                term.backward(all, dz, curved, new GradientSink(gv, 1.0 / at.cases()), ws);
            }
            at.model().addPenalty(v, gv, ws);
        }
    }
}
