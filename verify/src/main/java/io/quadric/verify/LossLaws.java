package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.SymmetricEigen.Outcome;
import io.quadric.linalg.Vector;
import io.quadric.nn.loss.ConvexifiedLoss;
import io.quadric.nn.loss.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// Laws of the loss as a function of the outputs.
final class LossLaws {
    static final List<Law> ALL = List.of(
            new Law(
                    "loss-gradient",
                    "∂L/∂z · u is the slope of the summed losses along u",
                    Bound.FINITE_DIFFERENCES,
                    LossLaws::gradient),
            new Law(
                    "loss-gradient-far-out",
                    "∂L/∂z · u at outputs times 20, where probabilities are near 0 and 1",
                    Bound.FINITE_DIFFERENCES,
                    LossLaws::gradientFarOut),
            new Law("loss-values", "the loss is the sum of the losses of its rows", Bound.ROUNDING, LossLaws::values),
            new Law(
                    "loss-gradient-of-shares",
                    "∂L/∂z · u at targets times 0.7, which are no distribution",
                    Bound.FINITE_DIFFERENCES,
                    LossLaws::gradientOfShares),
            new Law(
                    "loss-curvature",
                    "uᵀBu ≥ uᵀHu, where B is the Hessian H or what takes its place",
                    Bound.ROUNDING,
                    LossLaws::curvature),
            new Law(
                    "loss-convexified",
                    "the eigenvalues of B of a convexified loss are those of H, projected or shifted",
                    Bound.ROUNDING,
                    LossLaws::convexified),
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
                    "Σ s (sᵀu) = B u for a convex loss, B its Hessian or what takes its place, at targets"
                            + " and at 0.7 times them",
                    Bound.ROUNDING,
                    LossLaws::root));

    /// Of differences, in units of the outputs.
    private static final double STEP = 1e-3;

    private static final double FAR = 20;
    private static final double SHARE = 0.7;

    private LossLaws() {}

    private static OptionalDouble gradient(Probe probe) {
        Vector z = probe.flatOutputs();
        Vector g = Vector.of(probe.lossAt().gradient(z));
        double floor = Errors.differencesFloor(probe.precision()) * (Math.abs(probe.lossAt().value(z)) + z.norm());
        Vector u = wide(probe.cotangent().flat());
        double scale = g.norm() * u.norm() + floor;
        return probe.againstDifferences(d -> Errors.relative(g.dot(u), d.lossSlope(u), scale));
    }

    private static OptionalDouble gradientOfShares(Probe probe) {
        return byDifferences(probe, shares(probe), probe.flatOutputs());
    }

    private static OptionalDouble gradientFarOut(Probe probe) {
        return byDifferences(probe, probe.lossAt(), probe.flatOutputs().scale(FAR));
    }

    /// By central differences of two steps, extrapolated.
    private static OptionalDouble byDifferences(Probe probe, LossAt at, Vector z) {
        if (probe.precision() != Precision.FLOAT64) {
            return OptionalDouble.empty();
        }
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

    private static OptionalDouble convexified(Probe probe) {
        if (!(probe.subject().model().loss() instanceof ConvexifiedLoss(Loss inner, ConvexifiedLoss.Remedy remedy))) {
            return OptionalDouble.empty();
        }
        Matrix hessians = rowMatrices(probe, probe.lossAt()::hessian);
        Matrix curvatures = rowMatrices(probe, probe.lossAt()::curvature);
        int outputs = hessians.columns();
        double error = 0;
        for (int i = 0; i < hessians.rows(); i += outputs) {
            double[] h = eigenvalues(hessians.rows(i, i + outputs), probe);
            double[] b = eigenvalues(curvatures.rows(i, i + outputs), probe);
            double[] expected = Arrays.stream(h).map(value -> switch (remedy) {
                case PROJECTION -> Math.max(0, value);
                case SHIFT -> value - Math.min(0, h[0]);
            }).toArray();
            error = Errors.max(error, Errors.relative(b, expected, Errors.FLOOR * Errors.largest(h)));
        }
        return OptionalDouble.of(error);
    }

    /// The k × k matrices of all rows, one below the other, from products with unit vectors.
    private static Matrix rowMatrices(Probe probe, BiFunction<Vector, Vector, double[]> product) {
        Matrix unit = probe.outputsLike();
        Matrix rows = RandomData.lossRows(unit, probe.subject().model().network().output());
        Matrix all = Matrix.zeros(probe.precision(), unit.flat().size(), rows.columns());
        for (int j = 0; j < rows.columns(); j++) {
            rows.fill(0).columns(j, j + 1).fill(1);
            double[] column = product.apply(probe.flatOutputs(), unit.flat());
            all.columns(j, j + 1).copyFrom(Matrix.of(all.rows(), 1, column).copy(probe.precision()));
        }
        return all;
    }

    private static double[] eigenvalues(Matrix a, Probe probe) {
        return switch (SymmetricEigen.decompose(a.copy(), probe.workspace())) {
            case Outcome.Decomposed(SymmetricEigen eigen) -> eigen.values().toArray();
            case Outcome.Failed failed -> new double[]{Double.NaN};
        };
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
        double floor = Errors.FLOOR * Errors.largest(u.toArray());
        double error = 0;
        for (LossAt at : List.of(probe.lossAt(), shares(probe))) {
            error = Errors.max(error, Errors.relative(at.rootProduct(z, u), at.curvature(z, u), floor));
        }
        return OptionalDouble.of(error);
    }

    /// The loss at targets that are no distribution.
    private static LossAt shares(Probe probe) {
        return new LossAt(probe.subject(), SHARE, probe.workspace());
    }

    private static Vector wide(Vector v) {
        return v.copy(Precision.FLOAT64);
    }
}
