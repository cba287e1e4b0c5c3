package io.quadric.linalg.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.solver.KroneckerInverse;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operator against the dense matrix its documentation names.
class OperatorTest {
    private static final Workspace WS = Workspace.serial();

    private record Case(String name, LinearOperator operator, double[][] expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Matrix random(int rows, int columns, long seed) {
        Matrix m = Matrix.zeros(Precision.FLOAT64, rows, columns);
        Sampling.gaussian(0, 1, RandomGeneratorFactory.of("L64X128MixRandom").create(seed), m);
        return m;
    }

    private static Matrix symmetric(int n, long seed) {
        Matrix s = Matrix.identity(Precision.FLOAT64, n);
        Gemm.ADD.syrk(random(n, n, seed), s, WS);
        return s;
    }

    static List<Case> cases() {
        double[][] s = symmetric(3, 1).toArray();
        double[][] t = symmetric(3, 2).toArray();
        Dense ds = new Dense(Matrix.of(s));
        Dense dt = new Dense(Matrix.of(t));
        Vector d = Vector.of(2.0, -3.0, 0.5);
        return List.of(
                new Case("identity", new Identity(Precision.FLOAT64, 3), fill(3, (i, j) -> i == j ? 1 : 0)),
                new Case("diagonal", new Diagonal(d), fill(3, (i, j) -> i == j ? d.get(i) : 0)),
                new Case("inverse diagonal", new InverseDiagonal(d), fill(3, (i, j) -> i == j ? 1 / d.get(i) : 0)),
                new Case("dense", ds, s),
                new Case("scaled", new Scaled(-2, ds), fill(3, (i, j) -> -2 * s[i][j])),
                new Case("sum", new Sum(ds, dt), fill(3, (i, j) -> s[i][j] + t[i][j])),
                new Case("damped", ds.damped(0.7), fill(3, (i, j) -> s[i][j] + (i == j ? 0.7 : 0))),
                new Case("Kronecker", new Kronecker(Matrix.of(s), Matrix.of(t)),
                        fill(9, (i, j) -> s[i / 3][j / 3] * t[i % 3][j % 3])));
    }

    private interface Entry {
        double at(int i, int j);
    }

    private static double[][] fill(int n, Entry entry) {
        double[][] m = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                m[i][j] = entry.at(i, j);
            }
        }
        return m;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isTheMatrixOfItsDocumentation(Case c) {
        double[][] dense = c.operator().toDense(WS).toArray();
        for (int i = 0; i < dense.length; i++) {
            for (int j = 0; j < dense[i].length; j++) {
                assertEquals(c.expected()[i][j], dense[i][j], 1e-12);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void refusesVectorsOfTheWrongSize(Case c) {
        Vector wrong = Vector.zeros(Precision.FLOAT64, c.operator().columns() + 1);
        assertThrows(IllegalArgumentException.class, () -> c.operator().apply(wrong, wrong.copy(), WS));
    }

    /// With L + aI and R + bI in place of the damped factors, X = (L + aI) Y (R + bI) must lead back to Y.
    @Test
    void theKroneckerInverseInvertsTheDampedProduct() {
        Matrix left = symmetric(3, 5);
        Matrix right = symmetric(4, 6);
        double pi = KroneckerInverse.balance(left, right);
        assertEquals(Math.sqrt((right.trace() / 4) / (left.trace() / 3)), pi, 1e-12);
        KroneckerInverse inverse = new KroneckerInverse(Precision.FLOAT64, 3, 4);
        assertEquals(true, inverse.prepare(new Kronecker(left, right), pi, 0.09, WS));
        Matrix y = random(3, 4, 7);
        Matrix x = Matrix.zeros(Precision.FLOAT64, 3, 4);
        new Kronecker(left.copy().addToDiagonal(0.3 / pi), right.copy().addToDiagonal(0.3 * pi)).apply(y, x, WS);
        Matrix back = Matrix.zeros(Precision.FLOAT64, 3, 4);
        inverse.solve(x, back, WS);
        assertEquals(0, back.axpby(-1, y, 1).norm(), 1e-12);
    }
}
