package io.quadric.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.json.Presets;
import io.quadric.linalg.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;

/// KFAC's factors, kept alive from step to step, save iterations of conjugate gradients on the digits.
class PreconditionerSuiteTest {
    private static final String LAMBDA = "0.01";

    @Test
    void fewIterationsWithKroneckerFactorsReachMoreThanTwiceAsManyWithADiagonal() {
        try (Workspace ws = Workspace.serial()) {
            PreconditionerSuite suite = new PreconditionerSuite(Presets.named("digits-classifier"), ws);
            List<Double> least = suite.least(LAMBDA);
            double kronecker = suite.part(PreconditionerSuite.method("kronecker", LAMBDA, 5), LAMBDA, least);
            double diagonal = suite.part(PreconditionerSuite.method("exact", LAMBDA, 10), LAMBDA, least);
            double all = suite.part(PreconditionerSuite.method("kronecker", LAMBDA, 500), LAMBDA, least);
            assertTrue(kronecker > diagonal, kronecker + ", " + diagonal);
            assertEquals(1, all, 1e-6);
        }
    }
}
