package io.quadric.verify;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.StructuralTerm;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.HiddenUnits;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.StructuralDamping;
import io.quadric.nn.layer.StructuralDamping.Distance;
import io.quadric.nn.loss.SquaredError;
import io.quadric.nn.recurrent.RecurrentLayer;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Laws of structural damping S, the curvature of a distance of the hidden units.
final class StructuralLaws {
    /// Parameters up to which the diagonal is put together from products.
    private static final int LARGEST_DIAGONAL = 64;

    static final List<Law> ALL = List.of(
            new Law(
                    "structural-damping-strength",
                    "structural damping is semidefinite and adds three times as much to Gv at three times the strength",
                    Bound.ROUNDING,
                    StructuralLaws::strength),
            new Law(
                    "structural-damping-differences",
                    "⟨w, Sv⟩ = (1/N) Σ d'' (Kv)(Kw) with the Jacobian K of the hidden units by differences",
                    Bound.FINITE_DIFFERENCES,
                    StructuralLaws::differences),
            new Law(
                    "structural-damping-diagonal",
                    "the diagonal of S by backward passes is the diagonal of its products",
                    Bound.ROUNDING,
                    StructuralLaws::diagonal));

    private StructuralLaws() {}

    private static List<Integer> hidden(Probe probe) {
        List<Layer> layers = probe.subject().model().network().layers();
        return IntStream.range(0, layers.size())
                .filter(i -> layers.get(i).hidden() != HiddenUnits.Kind.NONE).boxed().toList();
    }

    private static OptionalDouble strength(Probe probe) {
        List<Integer> hidden = hidden(probe);
        if (hidden.isEmpty()) {
            return OptionalDouble.empty();
        }
        Vector v = probe.direction();
        Vector plain = probe.gaussNewton(v);
        StructuralDamping damping = new StructuralDamping(1, Distance.SQUARED_ERROR, hidden);
        Vector one = withGaussNewton(probe, damping, v);
        Vector three = withGaussNewton(probe, damping.withStrength(3), v);
        double size = one.norm() + three.norm() + plain.norm() + Errors.FLOOR * (probe.curvatureSize(v) + v.norm());
        one.axpy(-1, plain);
        three.axpy(-1, plain);
        double negative = Math.max(0, -v.dot(one)) / (v.norm() * size);
        return OptionalDouble.of(Errors.max(negative, three.axpy(-3, one).norm() / size));
    }

    private static Vector withGaussNewton(Probe probe, StructuralDamping damping, Vector v) {
        Vector product = Vector.zeros(v.precision(), v.size());
        probe.at().gaussNewton(damping).apply(v, product, probe.workspace());
        return product;
    }

    private static Vector product(Probe probe, StructuralTerm term, Vector v) {
        Vector product = Vector.zeros(v.precision(), v.size());
        term.apply(v, product, probe.workspace());
        return product;
    }

    private static OptionalDouble differences(Probe probe) {
        double error = -1;
        for (int layer : hidden(probe)) {
            if (outputsAreHiddenUnits(probe, layer) && below(probe.subject(), layer).parameters().values().size() > 0) {
                for (Distance distance : Distance.values()) {
                    error = Errors.max(error, differences(probe, layer, distance));
                }
            }
        }
        return error < 0 ? OptionalDouble.empty() : OptionalDouble.of(error);
    }

    /// Of recurrent layers, those that put out their states at every time step.
    private static boolean outputsAreHiddenUnits(Probe probe, int layer) {
        Network network = probe.subject().model().network();
        return network.layers().get(layer).hidden() == HiddenUnits.Kind.ACTIVATIONS
                || network.layers().get(layer).output(network.shape(layer)) instanceof Shape.Sequence;
    }

    private static double differences(Probe probe, int layer, Distance distance) {
        Subject below = below(probe.subject(), layer);
        int size = below.parameters().values().size();
        Vector v = probe.direction();
        Vector w = probe.direction();
        StructuralTerm term = probe.at().structural(new StructuralDamping(2, distance, List.of(layer)));
        double actual = w.dot(product(probe, term, v));
        Vector curvature = curvature(below, distance, probe);
        return probe.againstDifferences(d -> {
            FiniteDifferences ofHidden = new FiniteDifferences(below, d.step(), probe.workspace());
            double[] kv = ofHidden.jvp(v.slice(0, size).copy(Precision.FLOAT64));
            double[] kw = ofHidden.jvp(w.slice(0, size).copy(Precision.FLOAT64));
            double expected = 0;
            double scale = 0;
            for (int i = 0; i < kv.length; i++) {
                expected += 2 * curvature.get(i) * kv[i] * kw[i] / probe.at().cases();
                scale += 2 * curvature.get(i) * Math.abs(kv[i] * kw[i]) / probe.at().cases();
            }
            return Errors.relative(actual, expected, scale + Errors.FLOOR);
        }).orElseThrow();
    }

    /// The layers up to this one as a network of their own.
    private static Subject below(Subject whole, int layer) {
        Network network = new Network(
                whole.model().network().input(), whole.model().network().layers().subList(0, layer + 1));
        Vector theta = whole.parameters().values().slice(0, network.layout().size()).copy();
        Batch b = whole.batch();
        Matrix none = Matrix.zeros(theta.precision(), b.cases(), network.output().size());
        return new Subject(whole.name(), new Model(network, new SquaredError()),
                new Parameters(network.layout(), theta),
                new Batch(b.inputs(), none, b.lengths(), b.weights()));
    }

    /// ρᵢ d'' of every case and hidden unit, 0 in padding.
    private static Vector curvature(Subject below, Distance distance, Probe probe) {
        Subject wide = below.in(Precision.FLOAT64);
        Network network = wide.model().network();
        Distance own = isLogistic(network.layers().getLast()) ? distance : Distance.SQUARED_ERROR;
        try (var at = Linearization.at(wide.model(), wide.parameters(), wide.batch(), probe.workspace())) {
            Matrix curvature = at.outputs().copy();
            for (int i = 0; i < curvature.rows(); i++) {
                double weight = wide.batch().weights().relative(i);
                for (int j = 0; j < curvature.columns(); j++) {
                    double root = own.rootCurvature(curvature.get(i, j));
                    curvature.set(i, j, weight * root * root);
                }
            }
            wide.batch().lengths().clear(curvature, network.output());
            return curvature.flat();
        }
    }

    private static boolean isLogistic(Layer layer) {
        return layer instanceof Activation a && a.function() == ElementaryFunction.LOGISTIC
                || layer instanceof RecurrentLayer r && r.function() == ElementaryFunction.LOGISTIC;
    }

    private static OptionalDouble diagonal(Probe probe) {
        List<Integer> hidden = hidden(probe);
        if (hidden.isEmpty() || probe.size() > LARGEST_DIAGONAL) {
            return OptionalDouble.empty();
        }
        double error = 0;
        for (Distance distance : Distance.values()) {
            StructuralTerm term = probe.at().structural(new StructuralDamping(2, distance, hidden));
            Vector diagonal = Vector.zeros(probe.precision(), probe.size());
            term.addDiagonal(diagonal);
            double[] expected = new double[probe.size()];
            Vector unit = Vector.zeros(probe.precision(), probe.size());
            for (int j = 0; j < expected.length; j++) {
                unit.fill(0).set(j, 1);
                expected[j] = product(probe, term, unit).get(j);
            }
            error = Errors.max(error, Errors.relative(diagonal.toArray(), expected, Errors.FLOOR));
        }
        return OptionalDouble.of(error);
    }
}
