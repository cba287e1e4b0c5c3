package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.nn.layer.GradientSink;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Laws of the outputs and the objective to first order.
final class JacobianLaws {
    /// Coordinates at which a derivative is checked one by one.
    private static final int COORDINATES = 32;

    static final List<Law> ALL = List.of(
            new Law("jvp-linear", "J(αv + βw) = α Jv + β Jw", Bound.ROUNDING, JacobianLaws::jvpLinear),
            new Law("vjp-linear", "Jᵀ(αu + βw) = α Jᵀu + β Jᵀw", Bound.ROUNDING, JacobianLaws::vjpLinear),
            new Law("jvp-vjp-adjoint", "⟨Jv, u⟩ = ⟨v, Jᵀu⟩", Bound.ROUNDING, JacobianLaws::adjoint),
            new Law(
                    "jvp-differences",
                    "Jv = (F(θ + hv) − F(θ − hv)) / 2h",
                    Bound.FINITE_DIFFERENCES,
                    JacobianLaws::jvp),
            new Law(
                    "vjp-differences",
                    "(Jᵀu)ᵢ = ⟨u, Jeᵢ⟩ with Jeᵢ by differences",
                    Bound.FINITE_DIFFERENCES,
                    JacobianLaws::vjp),
            new Law(
                    "gradient-differences",
                    "∇f · v = (f(θ + hv) − f(θ − hv)) / 2h, along random v and single coordinates",
                    Bound.FINITE_DIFFERENCES,
                    JacobianLaws::gradient),
            new Law(
                    "gradient-observers",
                    "two observers of the backward pass of ∇f are told what makes ∇f, each",
                    Bound.ROUNDING,
                    JacobianLaws::observers),
            new Law("gradient-repeats", "∇f computed twice has the same bits", Bound.EXACT, JacobianLaws::repeats),
            new Law(
                    "threads-same-bits",
                    "F, f, ∇f, Gv and Hv have the same bits on one thread and on two",
                    Bound.EXACT,
                    JacobianLaws::threads),
            new Law(
                    "gradient-precisions",
                    "∇f in FLOAT32 is ∇f in FLOAT64",
                    Bound.SINGLE,
                    JacobianLaws::precisions));

    private static final double ALPHA = 0.7;
    private static final double BETA = -1.3;

    private JacobianLaws() {}

    /// Without weights of the cases, which the observers are not told.
    private static OptionalDouble observers(Probe probe) {
        if (!probe.subject().batch().weights().areEqual()) {
            return OptionalDouble.empty();
        }
        Vector first = Vector.zeros(probe.precision(), probe.size());
        Vector second = Vector.zeros(probe.precision(), probe.size());
        Vector g = first.copy();
        double share = 1.0 / probe.at().cases();
        probe.at().gradient(g, new GradientSink(first, share).and(new GradientSink(second, share)));
        double floor = Errors.FLOOR * probe.gradientSize();
        return OptionalDouble.of(Errors.max(
                Errors.relative(penalized(probe, first).toArray(), g.toArray(), floor),
                Errors.relative(penalized(probe, second).toArray(), g.toArray(), floor)));
    }

    /// With the penalty's part, which observers are not told; taken from ∇f, it would leave nothing but rounding where
    /// the loss does not depend on the parameters.
    private static Vector penalized(Probe probe, Vector gradient) {
        return gradient.axpy(probe.at().model().l2(), probe.subject().parameters().values());
    }

    private static OptionalDouble jvpLinear(Probe probe) {
        Vector v = probe.direction();
        Vector w = probe.direction();
        Matrix jv = probe.jvp(v);
        Matrix jw = probe.jvp(w);
        Matrix joint = probe.jvp(combine(v, w));
        return OptionalDouble.of(nonlinearity(joint.flat(), jv.flat(), jw.flat()));
    }

    private static OptionalDouble vjpLinear(Probe probe) {
        Matrix u = probe.cotangent();
        Matrix w = probe.cotangent();
        Vector ju = probe.vjp(u);
        Vector jw = probe.vjp(w);
        Vector joint = probe.vjp(combine(u.flat(), w.flat()).asMatrix(u.rows(), u.columns()));
        return OptionalDouble.of(nonlinearity(joint, ju, jw));
    }

    private static Vector combine(Vector v, Vector w) {
        return v.copy().scale(ALPHA).axpy(BETA, w);
    }

    private static double nonlinearity(Vector joint, Vector first, Vector second) {
        return Errors.relative(
                joint.toArray(), combine(first, second).toArray(), Errors.largest(first.toArray()));
    }

    private static OptionalDouble adjoint(Probe probe) {
        Vector v = probe.direction();
        Matrix u = probe.cotangent();
        Matrix jv = probe.jvp(v);
        Vector ju = probe.vjp(u);
        double scale = jv.norm() * u.norm() + v.norm() * ju.norm();
        return OptionalDouble.of(Errors.relative(jv.dot(u), v.dot(ju), scale));
    }

    private static OptionalDouble jvp(Probe probe) {
        Vector v = probe.direction();
        double[] product = probe.jvp(v).flat().toArray();
        double floor = Errors.differencesFloor(probe.precision()) * Errors.largest(probe.flatOutputs().toArray());
        return probe.againstDifferences(d -> Errors.relative(product, d.jvp(v), floor));
    }

    private static OptionalDouble vjp(Probe probe) {
        Matrix u = probe.cotangent();
        Vector wide = u.flat().copy(Precision.FLOAT64);
        double[] product = probe.vjp(u).toArray();
        int[] coordinates = coordinates(probe);
        double scale = Errors.largest(product)
                + Errors.differencesFloor(probe.precision()) * probe.flatOutputs().norm() * u.norm();
        return probe.againstDifferences(d -> {
            double error = 0;
            for (int i : coordinates) {
                double difference = Vector.of(d.jvp(unit(probe, i))).dot(wide);
                error = Errors.max(error, Errors.relative(product[i], difference, scale));
            }
            return error;
        });
    }

    private static OptionalDouble gradient(Probe probe) {
        Vector g = probe.gradient().copy(Precision.FLOAT64);
        Vector v = RandomData.direction(Precision.FLOAT64, probe.size(), probe.random());
        int[] coordinates = coordinates(probe);
        double floor = Errors.differencesFloor(probe.precision())
                * (Math.abs(probe.at().loss()) + probe.gradientSize());
        double largest = Errors.largest(g.toArray()) + floor;
        return probe.againstDifferences(d -> {
            double error = Errors.relative(g.dot(v), d.slope(v), g.norm() * v.norm() + floor);
            for (int i : coordinates) {
                error = Errors.max(error, Errors.relative(g.get(i), d.slope(unit(probe, i)), largest));
            }
            return error;
        });
    }

    private static OptionalDouble repeats(Probe probe) {
        return OptionalDouble.of(Errors.relative(
                probe.gradient().toArray(), probe.gradient().toArray()));
    }

    private static OptionalDouble threads(Probe probe) {
        try (Workspace two = Workspace.withThreads(2)) {
            return OptionalDouble.of(Errors.relative(everything(probe, two), everything(probe, probe.workspace())));
        }
    }

    /// From the same direction for every workspace.
    private static double[] everything(Probe probe, Workspace ws) {
        Subject subject = probe.subject();
        RandomGenerator random = RandomData.generator(probe.size());
        try (var at = Linearization.at(subject.model(), subject.parameters(), subject.batch(), ws)) {
            Probe there = new Probe(subject, at, random);
            Vector v = there.direction();
            return Stream.of(
                    there.flatOutputs(),
                    Vector.of(at.loss()),
                    there.gradient(),
                    there.gaussNewton(v),
                    there.hessian(v))
                    .flatMapToDouble(x -> Arrays.stream(x.toArray()))
                    .toArray();
        }
    }

    private static OptionalDouble precisions(Probe probe) {
        double[] wide = gradient(Precision.FLOAT64, probe);
        double floor = Errors.FLOOR * probe.gradientSize();
        return OptionalDouble.of(Errors.relative(gradient(Precision.FLOAT32, probe), wide, floor));
    }

    private static double[] gradient(Precision precision, Probe probe) {
        Subject subject = probe.subject().in(Precision.FLOAT32).in(precision);
        Vector g = Vector.zeros(precision, probe.size());
        try (var at = Linearization.at(subject.model(), subject.parameters(), subject.batch(), probe.workspace())) {
            at.gradient(g);
        }
        return g.toArray();
    }

    private static Vector unit(Probe probe, int i) {
        Vector unit = Vector.zeros(Precision.FLOAT64, probe.size());
        unit.set(i, 1);
        return unit;
    }

    /// All of a small model, random ones of a larger.
    private static int[] coordinates(Probe probe) {
        if (probe.size() <= COORDINATES) {
            return IntStream.range(0, probe.size()).toArray();
        }
        return probe.random().ints(COORDINATES, 0, probe.size()).toArray();
    }
}
