package io.quadric.engine.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.data.Digits;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.optim.recipe.Optimizers;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Gauss-Newton recipes train a deep autoencoder with the dampings that they have (Botev et al. 2017, §5: "default
/// damping parameter settings, with no tweaking").
class DeepAutoencoderTest {
    @ParameterizedTest
    @ValueSource(strings = {"kflr", "kfra", "kfac-botev"})
    void itLearnsUntouched(String recipe) {
        ModelSpec spec = Presets.named("digits-autoencoder");
        Problem problem = new Problem(spec.model(), new Digits().load(spec.task(), Precision.FLOAT32));
        try (Workspace ws = Workspace.serial()) {
            Trainer trainer = new Trainer(
                    new TrainingSetup(problem, Optimizers.named(recipe).optimizer(), 500, 1), ws);
            double first = trainer.evaluation().trainLoss();
            TrainingResult result = trainer.train(Schedule.steps(40), List.of());
            double last = trainer.evaluation().trainLoss();
            assertTrue(last < 0.6 * first, first + " → " + last + " " + result.outcome());
        }
    }
}
