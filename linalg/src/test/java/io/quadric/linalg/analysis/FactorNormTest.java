package io.quadric.linalg.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Operands;
import io.quadric.linalg.Precision;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Kronecker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Norms against their definitions.
class FactorNormTest {
    private static final Workspace WS = Workspace.serial();
    private static final Precision P = Precision.FLOAT64;

    @ParameterizedTest
    @EnumSource
    void dampingIsSplitByTheNormsOfThePartners(FactorNorm norm) {
        Kronecker factors = new Kronecker(Operands.positiveDefinite(P, 30, 0.2, 1),
                Operands.positiveDefinite(P, 20, 0.1, 2));
        double expected = switch (norm) {
            case TRACE -> (factors.right().trace() / 20) / (factors.left().trace() / 30);
            case FROBENIUS -> factors.right().norm() / factors.left().norm() * Math.sqrt(30.0 / 20);
            case LARGEST_EIGENVALUE -> largest(factors.right()) / largest(factors.left());
        };
        double tolerance = norm == FactorNorm.LARGEST_EIGENVALUE ? 0.02 : 1e-13;
        assertEquals(Math.sqrt(expected), norm.balance(factors, WS), tolerance * Math.sqrt(expected));
        Kronecker dead = new Kronecker(Matrix.zeros(P, 2, 2), factors.right());
        assertEquals(1, norm.balance(dead, WS));
    }

    private static double largest(Matrix a) {
        var eigen = (SymmetricEigen.Outcome.Decomposed) SymmetricEigen.decompose(a, WS);
        return eigen.eigen().values().get(a.rows() - 1);
    }
}
