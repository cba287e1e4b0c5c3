package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import org.junit.jupiter.api.Test;

class DenseReferenceTest {
    @Test
    void solvesIndefiniteSystems() {
        double[][] a = {{0, 2, 1}, {2, -3, 0}, {1, 0, 0.5}};
        double[] x = {1, -2, 3};
        double[] b = {-4 + 3, 2 + 6, 1 + 1.5};
        assertArrayEquals(x, DenseReference.solve(a, b), 1e-14);
        assertThrows(ArithmeticException.class, () -> DenseReference.solve(new double[2][2], new double[2]));
    }

    /// J by R-forward passes, by backward passes and by differences.
    @Test
    void threeWaysToTheJacobian() {
        Subject subject = RandomNetworks.of(42);
        try (Workspace ws = Workspace.serial();
                var at = Linearization.at(subject.model(), subject.parameters(), subject.batch(), ws)) {
            double[][] forward = DenseReference.jacobian(at);
            FiniteDifferences differences = new FiniteDifferences(subject, FiniteDifferences.STEP, ws);
            Probe probe = new Probe(subject, at, RandomData.generator(1));
            for (int i = 0; i < forward.length; i++) {
                var unit = probe.outputsLike();
                unit.flat().set(i, 1);
                assertArrayEquals(forward[i], probe.vjp(unit).toArray(), 1e-12);
                assertArrayEquals(forward[i], differences.vjp(unit), 1e-7);
            }
        }
    }
}
