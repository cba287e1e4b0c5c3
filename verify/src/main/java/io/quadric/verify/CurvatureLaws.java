package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.GaussNewtonDiagonal;
import io.quadric.nn.Linearization;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/// Laws of the Hessian and the Gauss-Newton matrix G.
final class CurvatureLaws {
    /// Elements of a Jacobian that is written out.
    private static final long LARGEST_JACOBIAN = 1L << 20;

    /// Directions of one pass.
    private static final int DIRECTIONS = 3;

    /// Parameters up to which a Gauss-Newton product is put together by differences.
    private static final int LARGEST_BY_DIFFERENCES = 64;

    static final List<Law> ALL = List.of(
            new Law("hessian-symmetric", "⟨Hv, w⟩ = ⟨v, Hw⟩", Bound.ROUNDING, CurvatureLaws::hessianSymmetric),
            new Law("gauss-newton-symmetric", "⟨Gv, w⟩ = ⟨v, Gw⟩", Bound.ROUNDING, CurvatureLaws::gaussNewtonSymmetric),
            new Law(
                    "gauss-newton-semidefinite",
                    "vᵀGv ≥ 0 for a convex loss",
                    Bound.ROUNDING,
                    CurvatureLaws::semidefinite),
            new Law(
                    "hessian-differences",
                    "Hv = (∇f(θ + hv) − ∇f(θ − hv)) / 2h",
                    Bound.FINITE_DIFFERENCES,
                    CurvatureLaws::hessian),
            new Law(
                    "gauss-newton-differences",
                    "Gv with J and the loss Hessian by differences",
                    Bound.FINITE_DIFFERENCES,
                    CurvatureLaws::gaussNewton),
            new Law(
                    "gauss-newton-dense",
                    "Gv = (1/N) Jᵀ(H(Jv)) + ηv with J written out",
                    Bound.ROUNDING,
                    CurvatureLaws::dense),
            new Law(
                    "gauss-newton-rows",
                    "the products of several directions in one pass are those of every direction alone",
                    Bound.ROUNDING,
                    CurvatureLaws::rows),
            new Law(
                    "gauss-newton-diagonal",
                    "diag(G) by backward passes is the diagonal of (1/N) JᵀHJ + ηI with J written out",
                    Bound.ROUNDING,
                    CurvatureLaws::diagonal),
            new Law(
                    "hessian-is-gauss-newton",
                    "Hv = Gv where the outputs are linear in the parameters",
                    Bound.ROUNDING,
                    CurvatureLaws::linear));

    private CurvatureLaws() {}

    private static OptionalDouble hessianSymmetric(Probe probe) {
        return asymmetry(probe, probe::hessian);
    }

    private static OptionalDouble gaussNewtonSymmetric(Probe probe) {
        return asymmetry(probe, probe::gaussNewton);
    }

    /// |⟨Av, w⟩ − ⟨v, Aw⟩| in relation to the norms.
    private static OptionalDouble asymmetry(Probe probe, UnaryOperator<Vector> a) {
        Vector v = probe.direction();
        Vector w = probe.direction();
        Vector av = a.apply(v);
        Vector aw = a.apply(w);
        double floor = Errors.FLOOR * (probe.curvatureSize(v) * w.norm() + probe.curvatureSize(w) * v.norm());
        double scale = av.norm() * w.norm() + v.norm() * aw.norm() + floor;
        return OptionalDouble.of(Errors.relative(av.dot(w), v.dot(aw), scale));
    }

    private static OptionalDouble semidefinite(Probe probe) {
        if (!probe.isConvex()) {
            return OptionalDouble.empty();
        }
        Vector v = probe.direction();
        Vector gv = probe.gaussNewton(v);
        double curvature = v.dot(gv);
        return OptionalDouble.of(curvature >= 0 ? 0 : Errors.relative(curvature, 0, v.norm() * gv.norm()));
    }

    private static OptionalDouble hessian(Probe probe) {
        Vector v = probe.direction();
        double[] product = probe.hessian(v).toArray();
        double floor = Errors.differencesFloor(probe.precision()) * (probe.gradientSize() + probe.curvatureSize(v));
        return probe.againstDifferences(d -> Errors.relative(product, d.hvp(v), floor));
    }

    private static OptionalDouble gaussNewton(Probe probe) {
        if (probe.size() > LARGEST_BY_DIFFERENCES || probe.hasOwnCurvature()) {
            return OptionalDouble.empty();
        }
        Vector v = probe.direction();
        double[] product = probe.gaussNewton(v).toArray();
        double floor = Errors.differencesFloor(probe.precision()) * (probe.gradientSize() + probe.curvatureSize(v));
        return probe.againstDifferences(d -> Errors.relative(product, d.gvp(v), floor));
    }

    private static boolean isTooLarge(Probe probe) {
        var outputs = probe.at().outputs();
        return (long) probe.size() * outputs.rows() * outputs.columns() > LARGEST_JACOBIAN;
    }

    private static Linearization wide(Probe probe) {
        Subject subject = probe.subject().in(Precision.FLOAT64);
        return Linearization.at(subject.model(), subject.parameters(), subject.batch(), probe.workspace());
    }

    private static OptionalDouble dense(Probe probe) {
        if (isTooLarge(probe)) {
            return OptionalDouble.empty();
        }
        Vector v = probe.direction();
        try (var at = wide(probe)) {
            double[] reference = DenseReference.gaussNewtonProduct(at, v.toArray());
            double floor = Errors.FLOOR * probe.curvatureSize(v);
            return OptionalDouble.of(Errors.relative(probe.gaussNewton(v).toArray(), reference, floor));
        }
    }

    private static OptionalDouble rows(Probe probe) {
        Matrix directions = Matrix.zeros(probe.precision(), DIRECTIONS, probe.size());
        for (int i = 0; i < DIRECTIONS; i++) {
            directions.row(i).copyFrom(probe.direction());
        }
        Matrix products = directions.copy().fill(Double.NaN);
        probe.at().gaussNewton().applyRows(directions, products, probe.workspace());
        double error = 0;
        for (int i = 0; i < DIRECTIONS; i++) {
            Vector v = directions.row(i);
            double floor = Errors.FLOOR * probe.curvatureSize(v);
            double[] alone = probe.gaussNewton(v).toArray();
            error = Errors.max(error, Errors.relative(products.row(i).toArray(), alone, floor));
        }
        return OptionalDouble.of(error);
    }

    private static OptionalDouble diagonal(Probe probe) {
        boolean known = probe.at().couplesCases() || probe.casesAreIndependent();
        if (isTooLarge(probe) || !known) {
            return OptionalDouble.empty();
        }
        Vector exact = Vector.zeros(probe.precision(), probe.size());
        Vector ofPairs = Vector.zeros(probe.precision(), probe.size());
        GaussNewtonDiagonal.exact(probe.at(), exact);
        GaussNewtonDiagonal.ofPairs(probe.at(), ofPairs);
        try (var at = wide(probe)) {
            double[] reference = DenseReference.gaussNewtonDiagonal(at);
            double floor = Errors.FLOOR * probe.curvatureSize(probe.direction());
            return OptionalDouble.of(Errors.max(
                    Errors.relative(exact.toArray(), reference, floor),
                    Errors.relative(ofPairs.toArray(), reference, floor)));
        }
    }

    private static OptionalDouble linear(Probe probe) {
        if (!probe.isLinearInParameters() || probe.hasOwnCurvature()) {
            return OptionalDouble.empty();
        }
        Vector v = probe.direction();
        double floor = Errors.FLOOR * probe.curvatureSize(v);
        return OptionalDouble.of(
                Errors.relative(probe.hessian(v).toArray(), probe.gaussNewton(v).toArray(), floor));
    }
}
