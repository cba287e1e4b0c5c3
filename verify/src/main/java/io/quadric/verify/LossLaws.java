package io.quadric.verify;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

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
                    "loss-gradient-of-shares",
                    "∂L/∂z · u at targets times 0.7, which are no distribution",
                    Bound.FINITE_DIFFERENCES,
                    LossLaws::gradientOfShares),
            new Law(
                    "loss-curvature",
                    "uᵀBu ≥ uᵀHu, where B is the Hessian H or what stands for it",
                    Bound.ROUNDING,
                    LossLaws::curvature),
            new Law(
                    "loss-diagonal",
                    "Bu = (B1) ∘ u where a loss says that B is diagonal",
                    Bound.ROUNDING,
                    LossLaws::diagonal),
            new Law(
                    "loss-hessian",
                    "H u is the derivative of ∂L/∂z along u",
                    Bound.FINITE_DIFFERENCES,
                    LossLaws::hessian),
            new Law("loss-hessian-symmetric", "⟨Hu, w⟩ = ⟨u, Hw⟩", Bound.ROUNDING, LossLaws::symmetric),
            new Law(
                    "loss-hessian-root",
                    "Σ s (sᵀu) = B u for a convex loss, B its Hessian or what stands for it", Bound.ROUNDING,
                    LossLaws::root));

    /// Of differences, in units of the outputs.
    private static final double STEP = 1e-3;

    private LossLaws() {}

    private static OptionalDouble gradient(Probe probe) {
        Vector z = probe.flatOutputs();
        Vector g = Vector.of(probe.lossAt().gradient(z));
        double floor = Errors.differencesFloor(probe.precision()) * (Math.abs(probe.lossAt().value(z)) + z.norm());
        Vector u = wide(probe.cotangent().flat());
        double scale = g.norm() * u.norm() + floor;
        return probe.againstDifferences(d -> Errors.relative(g.dot(u), d.lossSlope(u), scale));
    }

    /// By central differences of two steps, extrapolated.
    private static OptionalDouble gradientOfShares(Probe probe) {
        if (probe.precision() != Precision.FLOAT64) {
            return OptionalDouble.empty();
        }
        LossAt at = new LossAt(probe.subject(), 0.7, probe.workspace());
        Vector z = probe.flatOutputs();
        Vector g = Vector.of(at.gradient(z));
        Vector u = probe.cotangent().flat();
        double h = STEP / (1 + Errors.largest(u.toArray()));
        double slope = (4 * slope(at, z, u, h) - slope(at, z, u, 2 * h)) / 3;
        double floor = Errors.differencesFloor(probe.precision()) * (Math.abs(at.value(z)) + z.norm());
        return OptionalDouble.of(Errors.relative(g.dot(u), slope, g.norm() * u.norm() + floor));
    }

    private static double slope(LossAt at, Vector z, Vector u, double h) {
        return (at.value(z.copy().axpy(h, u)) - at.value(z.copy().axpy(-h, u))) / (2 * h);
    }

    private static OptionalDouble curvature(Probe probe) {
        Vector z = probe.flatOutputs();
        Vector u = probe.cotangent().flat();
        Vector hu = Vector.of(probe.lossAt().hessian(z, u));
        Vector bu = Vector.of(probe.lossAt().curvature(z, u));
        double missing = Math.max(0, wide(u).dot(hu) - wide(u).dot(bu));
        return OptionalDouble.of(missing / ((hu.norm() + bu.norm() + Errors.FLOOR * u.norm()) * u.norm()));
    }

    private static OptionalDouble diagonal(Probe probe) {
        Vector z = probe.flatOutputs();
        if (!probe.lossAt().claimsDiagonal(z)) {
            return OptionalDouble.empty();
        }
        Vector u = probe.cotangent().flat();
        double[] product = probe.lossAt().curvature(z, u);
        double[] diagonal = probe.lossAt().curvature(z, u.copy().fill(1));
        double[] expected = IntStream.range(0, product.length).mapToDouble(i -> diagonal[i] * u.get(i)).toArray();
        return OptionalDouble.of(Errors.relative(product, expected, Errors.FLOOR * Errors.largest(u.toArray())));
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

    private static Vector wide(Vector v) {
        return v.copy(Precision.FLOAT64);
    }
}
