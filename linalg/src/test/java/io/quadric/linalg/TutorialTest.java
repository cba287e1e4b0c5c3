package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// The snippet of the package page: it compiles, and it solves.
class TutorialTest {
    @Test
    void snippetOfThePackagePage() {
        try (Workspace ws = Workspace.withThreads(2)) {
            Matrix x = Matrix.zeros(Precision.FLOAT64, 200, 5); // rows are cases
            Sampling.gaussian(0, 1, new Random(1), x);
            Matrix a = Matrix.zeros(Precision.FLOAT64, 5, 5);
            new Gemm(1.0 / x.rows(), 0).syrk(x.t(), a, ws); // a = xᵀx / n
            Vector b = Vector.of(1.0, 2.0, 3.0, 4.0, 5.0);
            switch (Cholesky.factor(a.addToDiagonal(0.1), ws)) { // (a + 0.1 I)⁻¹ b, in place
                case Cholesky.Outcome.Factored(Cholesky cholesky) -> cholesky.solve(b, ws);
                case Cholesky.Outcome.NotPositiveDefinite failed -> System.err.println(failed.advice());
            }
            Matrix root = Matrix.zeros(Precision.FLOAT64, 5, 5);
            InverseRoot.of(2).compute(a, 0, root, ws); // a^(−1/2)
            Vector y = Vector.zeros(Precision.FLOAT64, 5);
            Gemm.SET.multiply(root, b, y, ws); // y = a^(−1/2) b
            Vector ay = Vector.zeros(Precision.FLOAT64, 5);
            Gemm.SET.multiply(a, y, ay, ws);
            assertEquals(b.dot(b), y.dot(ay), 1e-5 * b.dot(b)); // yᵀ a y = bᵀ b
            for (int i = 0; i < 5; i++) {
                assertEquals(i + 1, a.row(i).dot(b), 1e-13);
            }
        }
    }
}
