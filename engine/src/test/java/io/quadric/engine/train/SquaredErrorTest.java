package io.quadric.engine.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.data.Digits;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Parameters;
import java.util.OptionalDouble;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// The squared error of autoencoders against a sum over all pixels, and its absence elsewhere.
class SquaredErrorTest {
    private static Problem problem(String preset) {
        ModelSpec spec = Presets.named(preset);
        return new Problem(spec.model(), new Digits().load(spec.task(), Precision.FLOAT64));
    }

    private static Parameters parameters(Problem problem) {
        return problem.model().network().initialize(Initializer.glorot(), Precision.FLOAT64,
                RandomGeneratorFactory.of("L64X128MixRandom").create(5));
    }

    @Test
    void itIsOfTheProbabilitiesThatALogisticOutputStandsFor() {
        Problem problem = problem("digits-autoencoder");
        Parameters parameters = parameters(problem);
        double sum = 0;
        long count = 0;
        try (Workspace ws = Workspace.serial()) {
            for (Batch batch : Batches.chunks(problem.model().network(), problem.data().test().orElseThrow())) {
                try (var at = Linearization.at(problem.model(), parameters, batch, ws)) {
                    sum += squares(at.outputs(), batch.targets());
                    count += (long) batch.cases() * batch.targets().columns();
                }
            }
            double actual = new Evaluator(problem, ws).evaluate(parameters).testSquaredError().orElseThrow();
            assertEquals(sum / count, actual, 1e-12);
            assertTrue(actual > 0.01 && actual < 1, () -> Double.toString(actual));
        }
    }

    private static double squares(Matrix logits, Matrix targets) {
        double sum = 0;
        for (int i = 0; i < targets.rows(); i++) {
            for (int j = 0; j < targets.columns(); j++) {
                double error = 1 / (1 + Math.exp(-logits.get(i, j))) - targets.get(i, j);
                sum += error * error;
            }
        }
        return sum;
    }

    @Test
    void classifiersHaveNone() {
        Problem problem = problem("digits-classifier");
        try (Workspace ws = Workspace.serial()) {
            Evaluation evaluation = new Evaluator(problem, ws).evaluate(parameters(problem));
            assertEquals(OptionalDouble.empty(), evaluation.testSquaredError());
        }
    }
}
