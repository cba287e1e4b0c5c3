package io.quadric.verify;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Linearization;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/// Laws of Taylor's formula: what remains after k terms falls with the power k + 1 of the step, whatever the scale of
/// the derivatives. A wrong term of order k leaves an error that falls with the power k alone once the step is small.
///
/// For smooth networks in FLOAT64: a kink stops the fall, and the rounding of FLOAT32 hides it.
final class TaylorLaws {
    private static final double LARGEST_STEP = 0.1;
    private static final int HALVINGS = 20;

    /// What is left must be this much larger than rounding for its power to show.
    private static final double ABOVE_ROUNDING = 1e4;

    /// How many of the smallest steps are asked; one of them may stand where the leading terms cancel.
    private static final int PAIRS = 4;

    static final List<Law> ALL = List.of(
            new Law(
                    "taylor-outputs",
                    "F(θ + hv) − F(θ) − h Jv falls with h²",
                    Bound.SLOPE,
                    TaylorLaws::outputs),
            new Law(
                    "taylor-gradient",
                    "f(θ + hv) − f(θ) − h ∇fᵀv falls with h²",
                    Bound.SLOPE,
                    TaylorLaws::gradient),
            new Law(
                    "taylor-hessian",
                    "f(θ + hv) − f(θ) − h ∇fᵀv − ½h² vᵀHv falls with h³",
                    Bound.SLOPE,
                    TaylorLaws::hessian));

    private TaylorLaws() {}

    private static boolean isBlind(Probe probe) {
        return probe.precision() != Precision.FLOAT64
                || probe.subject().model().network().layers().stream().anyMatch(Layer::hasKinks);
    }

    private static OptionalDouble outputs(Probe probe) {
        if (isBlind(probe)) {
            return OptionalDouble.empty();
        }
        Vector v = direction(probe);
        Vector here = probe.flatOutputs();
        Vector jv = probe.jvp(v).flat();
        double rounding = Precision.FLOAT64.epsilon() * Errors.largest(here.toArray());
        return shortfall(2, rounding, h -> {
            Vector there = Vector.of(moved(probe, h, v, at -> at.outputs().copy().flat().toArray()));
            return Errors.largest(there.axpy(-1, here).axpy(-h, jv).toArray());
        });
    }

    private static OptionalDouble gradient(Probe probe) {
        return isBlind(probe) ? OptionalDouble.empty() : ofLoss(probe, direction(probe), 2, 0);
    }

    private static OptionalDouble hessian(Probe probe) {
        if (isBlind(probe)) {
            return OptionalDouble.empty();
        }
        Vector v = direction(probe);
        return ofLoss(probe, v, 3, v.dot(probe.hessian(v)));
    }

    private static OptionalDouble ofLoss(Probe probe, Vector v, int order, double curvature) {
        double here = probe.at().loss();
        double slope = probe.gradient().dot(v);
        double terms = Math.abs(here) + Errors.largest(probe.flatOutputs().toArray());
        return shortfall(order, Precision.FLOAT64.epsilon() * terms, h -> {
            double there = moved(probe, h, v, at -> new double[]{at.loss()})[0];
            return Math.abs(there - here - h * slope - 0.5 * h * h * curvature);
        });
    }

    private static Vector direction(Probe probe) {
        Vector v = probe.direction();
        return v.scale(1 / Errors.largest(v.toArray()));
    }

    private static double[] moved(Probe probe, double h, Vector v, Function<Linearization, double[]> quantity) {
        Subject subject = probe.subject();
        Parameters moved = subject.parameters().copy(Precision.FLOAT64);
        moved.update(theta -> theta.axpy(h, v));
        try (var at = Linearization.at(subject.model(), moved, subject.batch(), probe.workspace())) {
            return quantity.apply(at);
        }
    }

    /// {@return how much the observed power of h is below the expected one, at the best of the smallest steps that
    /// rounding leaves readable}; 0 where there are too few of them, as for what is exactly a polynomial.
    private static OptionalDouble shortfall(int order, double rounding, DoubleFunction<Double> remainder) {
        List<Double> readable = new ArrayList<>();
        double h = LARGEST_STEP;
        for (int i = 0; i <= HALVINGS; i++, h /= 2) {
            double left = remainder.apply(h);
            if (left <= ABOVE_ROUNDING * rounding) {
                break;
            }
            readable.add(left);
        }
        if (readable.size() <= PAIRS) {
            return OptionalDouble.of(0);
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int i = readable.size() - PAIRS; i < readable.size(); i++) {
            best = Errors.max(best, Math.log(readable.get(i - 1) / readable.get(i)) / Math.log(2));
        }
        return OptionalDouble.of(Errors.max(0, order - best));
    }
}
