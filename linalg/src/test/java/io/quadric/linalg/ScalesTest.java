package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.operator.Dense;
import io.quadric.linalg.operator.Identity;
import io.quadric.linalg.operator.Kronecker;
import io.quadric.linalg.operator.Scaled;
import io.quadric.linalg.solver.ConjugateGradient;
import io.quadric.linalg.solver.KroneckerEigen;
import io.quadric.linalg.solver.KroneckerInverse;
import io.quadric.linalg.solver.LinearSystem;
import io.quadric.linalg.solver.Outcome;
import io.quadric.linalg.solver.SolveReport;
import io.quadric.linalg.solver.SteihaugToint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every factorisation and solver with its operands times 2^e, from the smallest to the largest numbers of either
/// precision: what it computes is that of the plain operands times a power of two, or not representable.
class ScalesTest {
    private static final int[] ORDERS = {1, 2, 5, 70};

    /// What is computed from a general A, a symmetric positive definite S, and B, all times 2^e.
    interface Computation {
        /// The result, and by which power of 2^e it scales.
        Matrix run(Matrix a, Matrix s, Matrix b, Workspace ws);
    }

    record Scaling(String name, int power, Computation computation) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Scaling> scalings() {
        List<Scaling> all = new ArrayList<>();
        all.add(new Scaling("Lu", 0, (a, s, b, ws) -> {
            ((Lu.Outcome.Factored) Lu.factor(a, ws)).lu().solve(b, ws);
            return b;
        }));
        all.add(new Scaling("Lu, transposed", 0, (a, s, b, ws) -> {
            ((Lu.Outcome.Factored) Lu.factor(a, ws)).lu().solveTransposed(b, ws);
            return b;
        }));
        all.add(new Scaling("Cholesky", 0, (a, s, b, ws) -> {
            ((Cholesky.Outcome.Factored) Cholesky.factor(s, ws)).cholesky().solve(b, ws);
            return b;
        }));
        all.add(new Scaling("Qr", 0, (a, s, b, ws) -> {
            ((Qr.Outcome.Factored) Qr.factor(a, ws)).qr().solve(b.copy(), b, ws);
            return b;
        }));
        all.add(new Scaling("Svd", 0, (a, s, b, ws) -> {
            ((Svd.Outcome.Decomposed) Svd.decompose(a, ws)).svd().solve(b.copy(), b, ws);
            return b;
        }));
        all.addAll(ofSpectra());
        all.addAll(inverses());
        return all;
    }

    private static List<Scaling> ofSpectra() {
        List<Scaling> all = new ArrayList<>();
        all.add(new Scaling("singular values", 1,
                (a, s, b, ws) -> ((Svd.Outcome.Decomposed) Svd.decompose(a, ws)).svd().values().asRow()));
        all.add(new Scaling("SymmetricEigen", 1, (a, s, b, ws) -> decomposed(s, ws).values().asRow()));
        all.add(new Scaling("SymmetricEigen.function", 1, (a, s, b, ws) -> {
            Matrix out = s.copy();
            decomposed(s, ws).function(x -> x / 2, out, ws);
            return out;
        }));
        all.add(new Scaling("Eigenvalues", 1, (a, s, b, ws) -> Matrix.of(1, 1,
                ((Eigenvalues.Outcome.Computed) Eigenvalues.of(a, ws)).values().spectralRadius())));
        all.add(new Scaling("norm", 1, (a, s, b, ws) -> Matrix.of(1, 1, a.norm())));
        return all;
    }

    private static List<Scaling> inverses() {
        List<Scaling> all = new ArrayList<>();
        all.add(new Scaling("Cholesky.inverse", -1, (a, s, b, ws) -> {
            ((Cholesky.Outcome.Factored) Cholesky.factor(s, ws)).cholesky().inverse(b = s.copy(), ws);
            return b;
        }));
        all.add(new Scaling("Svd.pseudoInverse", -1, (a, s, b, ws) -> {
            ((Svd.Outcome.Decomposed) Svd.decompose(a, ws)).svd().pseudoInverse(b = a.copy(), ws);
            return b;
        }));
        for (int root = 1; root <= 2; root++) {
            InverseRoot inverse = InverseRoot.of(root);
            all.add(new Scaling("InverseRoot of " + root, -1, (a, s, b, ws) -> {
                Matrix out = s.copy();
                assertTrue(inverse.compute(s, 0, out, ws).succeeded());
                return inverse.root() == 1 ? out : square(out, ws);
            }));
        }
        return all;
    }

    private static Matrix square(Matrix m, Workspace ws) {
        Matrix square = Matrix.zeros(Precision.FLOAT64, m.rows(), m.rows());
        Matrix wide = m.copy(Precision.FLOAT64);
        Gemm.SET.multiply(wide, wide.copy(), square, ws);
        return square;
    }

    private static SymmetricEigen decomposed(Matrix s, Workspace ws) {
        return ((SymmetricEigen.Outcome.Decomposed) SymmetricEigen.decompose(s, ws)).eigen();
    }

    private static int[] exponents(Precision precision) {
        return precision == Precision.FLOAT64
                ? new int[]{-1030, -1020, -1000, -700, -520, 0, 520, 700, 1000, 1010}
                : new int[]{-130, -124, -100, -70, 0, 70, 100, 120};
    }

    /// The smallest normal number, relative to which rounding below it counts.
    private static double least(Precision precision) {
        return precision == Precision.FLOAT64 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
    }

    private static double largest(Precision precision) {
        return precision == Precision.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
    }

    private static Matrix scaled(Matrix m, int e) {
        Matrix wide = m.copy();
        for (int i = 0; i < m.rows(); i++) {
            for (int j = 0; j < m.columns(); j++) {
                wide.set(i, j, Math.scalb(m.get(i, j), e));
            }
        }
        return wide;
    }

    @ParameterizedTest
    @MethodSource("scalings")
    void aPowerOfTwoChangesNothingElse(Scaling scaling) {
        for (Precision precision : Precision.values()) {
            for (int n : ORDERS) {
                Matrix a = Operands.gaussian(precision, n, n, 3).addToDiagonal(Math.sqrt(n) * 2);
                Matrix s = Operands.conditioned(precision, n, 10, 4);
                Matrix b = Operands.gaussian(precision, n, n, 5);
                Matrix plain = scaling.computation.run(a, s, b.copy(), Workspace.serial()).copy(precision);
                for (int e : exponents(precision)) {
                    Matrix actual = scaling.computation.run(scaled(a, e), scaled(s, e), scaled(b, e),
                            Workspace.serial());
                    assertScaled(plain, actual.copy(precision), scaling.power * e,
                            scaling + " of order " + n + " times 2^" + e + " in " + precision,
                            Math.scalb(least(precision), -e));
                }
            }
        }
    }

    /// @param fuzz the smallest normal number relative to the operands
    private static void assertScaled(Matrix plain, Matrix actual, int e, String what, double fuzz) {
        Precision precision = plain.precision();
        double size = Math.scalb(plain.maxAbs(), e);
        if (size > largest(precision) / 4) {
            return;
        }
        double roundings = what.startsWith("InverseRoot") ? 1e-5 / precision.epsilon() : 1000;
        double bound = precision.epsilon() * (roundings + plain.rows() * 100) * (size + Math.max(1, fuzz) * size
                + least(precision));
        for (int i = 0; i < plain.rows(); i++) {
            for (int j = 0; j < plain.columns(); j++) {
                assertEquals(Math.scalb(plain.get(i, j), e), actual.get(i, j), bound, what);
            }
        }
    }

    /// The operator, the right side and the preconditioner each have a scale of their own.
    @ParameterizedTest
    @EnumSource
    void conjugateGradients(Precision precision) {
        int n = 12;
        Matrix s = Operands.conditioned(precision, n, 4, 1);
        Vector b = Operands.gaussian(precision, 1, n, 2).row(0);
        Vector plain = Vector.zeros(precision, n);
        new ConjugateGradient(40, 0, 0).solve(new LinearSystem(new Dense(s), b), plain, Workspace.serial());
        for (int e : exponents(precision)) {
            for (int f : exponents(precision)) {
                for (int g : new int[]{-e, 0, f}) {
                    new ScaledSystem(precision, e, f, g).check(s, b, plain);
                }
            }
        }
    }

    /// 2^e B, 2^f b and 2^g P⁻¹.
    private record ScaledSystem(Precision precision, int e, int f, int g) {
        /// Whether numbers have room for the solution, and for what lies between.
        boolean fits() {
            int room = precision == Precision.FLOAT64 ? 900 : 100;
            return Math.abs(f - e) < room && Math.abs(g) <= room + 100 && e > exponents(precision)[1];
        }

        void check(Matrix s, Vector b, Vector plain) {
            if (!fits()) {
                return;
            }
            Vector x = Vector.zeros(precision, b.size());
            LinearSystem system = new LinearSystem(new Dense(scaled(s, e)), scaled(b.asRow(), f).row(0),
                    new Scaled(Math.scalb(1.0, g), new Identity(precision, b.size())));
            SolveReport report = new ConjugateGradient(40, 0, 0).solve(system, x, Workspace.serial());
            if (report.outcome() instanceof Outcome.NotFinite) {
                assertTrue(precision == Precision.FLOAT32 || Math.abs(e) + Math.abs(f) + Math.abs(g) > 1500,
                        () -> this + ": " + report.outcome());
                return;
            }
            assertTrue(report.outcome() instanceof Outcome.WorkingPrecision
                    || report.outcome() instanceof Outcome.Converged, () -> this + ": " + report.outcome().advice());
            assertScaled(plain.asRow(), x.asRow(), f - e, toString(), Math.scalb(least(precision), -f));
        }
    }

    @ParameterizedTest
    @EnumSource
    void trustRegions(Precision precision) {
        int n = 6;
        Matrix s = Operands.conditioned(precision, n, 4, 1);
        Vector b = Operands.gaussian(precision, 1, n, 2).row(0);
        for (int f : exponents(precision)) {
            Vector solution = Vector.zeros(precision, n);
            LinearSystem system = new LinearSystem(new Dense(s), scaled(b.asRow(), f).row(0));
            for (int r : new int[]{-1000, -660, -200, -10, 0, 10, 200, 660, 1000}) {
                double radius = Math.scalb(1.0, r);
                if (precision == Precision.FLOAT32 && Math.abs(r) > 100) {
                    continue;
                }
                SolveReport report = new SteihaugToint(40, 0).solve(system, radius, solution, Workspace.serial());
                String what = precision + ": b times 2^" + f + " within 2^" + r + ": " + report;
                double norm = solution.norm();
                assertTrue(solution.isFinite(), what);
                if (Math.abs(r - f) > 1000) {
                    continue;
                }
                assertTrue(norm > 0, what);
                boolean small = r > f + 4;
                if (small) {
                    assertTrue(!(report.outcome() instanceof Outcome.Boundary) && norm < radius, what);
                } else if (r < f - 4) {
                    assertInstanceOf(Outcome.Boundary.class, report.outcome(), what);
                    assertEquals(radius, norm, 100 * precision.epsilon() * radius
                            + 10 * n * precision.epsilon() * least(precision), what);
                }
            }
        }
    }

    /// Without a direction of negative curvature there is nothing to follow to the boundary.
    @ParameterizedTest
    @EnumSource
    void anExactSolutionIsNotLeft(Precision precision) {
        Matrix s = Matrix.of(2, 2, 4, 1, 1, 3).copy(precision);
        Vector b = Vector.of(1, 2).copy(precision);
        Vector x = Vector.zeros(precision, 2);
        for (int limit : new int[]{2, 3, 10, 500}) {
            for (int e : exponents(precision)) {
                LinearSystem system = new LinearSystem(new Dense(s), scaled(b.asRow(), e).row(0));
                SolveReport boundary = new SteihaugToint(limit, 0).solve(system, Math.scalb(1.0, e) * 10, x,
                        Workspace.serial());
                assertTrue(boundary.outcome() instanceof Outcome.WorkingPrecision
                        || boundary.outcome() instanceof Outcome.Converged, boundary.toString());
                assertEquals(Math.scalb(1 / 11.0, e), x.get(0), 1e-5 * Math.scalb(1.0, e));
                SolveReport report = new ConjugateGradient(limit, 0, 0).solve(system, x.fill(0), Workspace.serial());
                assertTrue(report.outcome() instanceof Outcome.WorkingPrecision
                        || report.outcome() instanceof Outcome.Converged, report.toString());
                assertEquals(Math.scalb(7 / 11.0, e), x.get(1), 1e-5 * Math.scalb(1.0, e));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void kroneckerInverses(Precision precision) {
        Matrix l = Operands.conditioned(precision, 3, 4, 1);
        Matrix r = Operands.conditioned(precision, 4, 4, 2);
        Matrix x = Operands.gaussian(precision, 3, 4, 3);
        Matrix expected = x.copy();
        KroneckerEigen eigen = new KroneckerEigen(precision, 3, 4);
        assertTrue(eigen.prepare(new Kronecker(l, r), Workspace.serial()));
        eigen.solve(x, 0.5, expected, Workspace.serial());
        KroneckerInverse split = new KroneckerInverse(precision, 3, 4);
        assertTrue(split.prepare(new Kronecker(l, r), KroneckerInverse.balance(l, r), 0.5, Workspace.serial()));
        Matrix approximate = x.copy();
        split.solve(x, approximate, Workspace.serial());
        for (int e : exponents(precision)) {
            if (e < exponents(precision)[2] || e > -exponents(precision)[2]) {
                continue;
            }
            Kronecker factors = new Kronecker(scaled(l, e), scaled(r, -e));
            Matrix y = x.copy();
            assertTrue(eigen.prepare(factors, Workspace.serial()));
            eigen.solve(x, 0.5, y, Workspace.serial());
            assertScaled(expected, y, 0, "exact, 2^" + e, 1);
            double pi = KroneckerInverse.balance(factors.left(), factors.right());
            assertTrue(split.prepare(factors, pi, 0.5, Workspace.serial()), () -> "π is " + pi);
            split.solve(x, y, Workspace.serial());
            assertScaled(approximate, y, 0, "split, 2^" + e, 1);
        }
    }
}
