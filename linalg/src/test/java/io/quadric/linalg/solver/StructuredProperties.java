package io.quadric.linalg.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Operands;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Kronecker;
import io.quadric.linalg.operator.SelfAdjointOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/// Structured inverses for random orders and conditions: applied after the operator they give back what went in.
@Tag("kernels")
class StructuredProperties {
    /// ‖A⁻¹Ax − x‖ ≤ c n ε κ ‖x‖
    private static void assertInverts(SelfAdjointOperator a, SelfAdjointOperator inverse, double condition, int inner) {
        Vector x = Operands.gaussian(a.precision(), 1, a.size(), 5).row(0);
        Vector y = Vector.zeros(a.precision(), a.size());
        Vector back = y.copy().fill(Double.NaN);
        try (Workspace ws = Workspace.withThreads(2)) {
            a.apply(x, y, ws);
            inverse.apply(y, back, ws);
        }
        double bound = 8 * (inner + 5) * a.precision().epsilon() * condition * x.norm();
        assertEquals(0, back.axpy(-1, x).norm(), bound);
    }

    private static double condition(Precision precision, long seed) {
        return Math.pow(precision == Precision.FLOAT32 ? 3 : 30, (seed & 3));
    }

    @Property(tries = 40)
    void kroneckerByEigenbases(@ForAll @IntRange(max = 40) int m, @ForAll @IntRange(max = 40) int n,
            @ForAll Precision precision, @ForAll long seed) {
        double condition = condition(precision, seed);
        Kronecker product = new Kronecker(Operands.conditioned(precision, m, condition, seed),
                Operands.conditioned(precision, n, condition, seed + 1));
        KroneckerEigen eigen = new KroneckerEigen(precision, m, n);
        assertTrue(eigen.prepare(product, Workspace.serial()));
        double damping = 1 / condition;
        assertInverts(product.damped(damping), eigen.inverse(damping), 2 / damping, m + n);
    }

    @Property(tries = 40)
    void kroneckerBySplitDamping(@ForAll @IntRange(min = 1, max = 40) int m, @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll Precision precision, @ForAll long seed) {
        double condition = condition(precision, seed);
        Matrix left = Operands.conditioned(precision, m, condition, seed);
        Matrix right = Operands.conditioned(precision, n, condition, seed + 1);
        KroneckerInverse inverse = new KroneckerInverse(precision, m, n);
        double pi = KroneckerInverse.balance(left, right);
        assertTrue(inverse.prepare(new Kronecker(left, right), pi, 0.01, Workspace.serial()));
        Kronecker damped = new Kronecker(left.copy().addToDiagonal(0.1 / pi), right.copy().addToDiagonal(0.1 * pi));
        double norms = damped.left().norm() * damped.right().norm();
        double inverseNorms = inverse.leftInverse().norm() * inverse.rightInverse().norm();
        assertInverts(damped, inverse.operator(), norms * inverseNorms, m + n);
    }
}
