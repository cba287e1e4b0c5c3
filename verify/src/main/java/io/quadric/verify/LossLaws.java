package io.quadric.verify;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// Laws of the loss as a function of the outputs.
final class LossLaws {
    static final List<Law> ALL = List.of(
            new Law(
                    "loss-gradient",
                    "∂L/∂z · u is the slope of the summed losses along u",
                    Bound.FINITE_DIFFERENCES,
                    LossLaws::gradient),
            new Law("loss-values", "the loss is the sum of the losses of its rows", Bound.ROUNDING, LossLaws::values),
            new Law(
                    "loss-hessian",
                    "H u is the derivative of ∂L/∂z along u",
                    Bound.FINITE_DIFFERENCES,
                    LossLaws::hessian),
            new Law("loss-hessian-symmetric", "⟨Hu, w⟩ = ⟨u, Hw⟩", Bound.ROUNDING, LossLaws::symmetric),
            new Law(
                    "loss-hessian-root",
                    "Σ s (sᵀu) = B u for a convex loss, B its Hessian or what stands for it", Bound.ROUNDING,
                    LossLaws::root),
            new Law(
                    "loss-curvature-diagonal", "B u = u ∘ B 1 where B is said to be diagonal", Bound.ROUNDING,
                    LossLaws::diagonal));

    private LossLaws() {}

    private static OptionalDouble gradient(Probe probe) {
        Vector z = probe.flatOutputs();
        Vector g = Vector.of(probe.lossAt().gradient(z));
        double floor = Errors.differencesFloor(probe.precision()) * (Math.abs(probe.lossAt().value(z)) + z.norm());
        Vector u = wide(probe.cotangent().flat());
        double scale = g.norm() * u.norm() + floor;
        return probe.againstDifferences(d -> Errors.relative(g.dot(u), d.lossSlope(u), scale));
    }

    private static OptionalDouble values(Probe probe) {
        double[] values = probe.lossAt().values(probe.flatOutputs());
        double sum = Arrays.stream(values).sum();
        double scale = Arrays.stream(values).map(Math::abs).sum() + Errors.FLOOR * values.length;
        return OptionalDouble.of(Errors.relative(sum, probe.lossAt().value(probe.flatOutputs()), scale));
    }

    private static OptionalDouble hessian(Probe probe) {
        Vector z = probe.flatOutputs();
        Vector u = probe.cotangent().flat();
        double[] product = probe.lossAt().hessian(z, u);
        double floor = Errors.differencesFloor(probe.precision())
                * (Errors.largest(probe.lossAt().gradient(z)) + Errors.largest(u.toArray()));
        return probe.againstDifferences(
                d -> Errors.relative(product, d.lossHessian(wide(u)), floor));
    }

    private static OptionalDouble symmetric(Probe probe) {
        Vector z = probe.flatOutputs();
        Vector u = probe.cotangent().flat();
        Vector w = probe.cotangent().flat();
        Vector hu = Vector.of(probe.lossAt().hessian(z, u));
        Vector hw = Vector.of(probe.lossAt().hessian(z, w));
        double scale = hu.norm() * w.norm() + u.norm() * hw.norm() + Errors.FLOOR * u.norm() * w.norm();
        return OptionalDouble.of(Errors.relative(hu.dot(wide(w)), wide(u).dot(hw), scale));
    }

    private static OptionalDouble root(Probe probe) {
        if (!probe.isConvex()) {
            return OptionalDouble.empty();
        }
        Vector z = probe.flatOutputs();
        Vector u = probe.cotangent().flat();
        double[] byRoot = probe.lossAt().rootProduct(z, u);
        double floor = Errors.FLOOR * Errors.largest(u.toArray());
        return OptionalDouble.of(Errors.relative(byRoot, probe.lossAt().curvature(z, u), floor));
    }

    private static OptionalDouble diagonal(Probe probe) {
        Vector z = probe.flatOutputs();
        if (!probe.lossAt().isDiagonal(z)) {
            return OptionalDouble.empty();
        }
        Vector u = probe.cotangent().flat();
        double[] byElement = probe.lossAt().curvature(z, u.copy().fill(1));
        for (int i = 0; i < byElement.length; i++) {
            byElement[i] *= u.get(i);
        }
        double floor = Errors.FLOOR * Errors.largest(u.toArray());
        return OptionalDouble.of(Errors.relative(byElement, probe.lossAt().curvature(z, u), floor));
    }

    private static Vector wide(Vector v) {
        return v.copy(Precision.FLOAT64);
    }
}
