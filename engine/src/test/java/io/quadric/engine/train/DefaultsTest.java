package io.quadric.engine.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.data.Digits;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a new user sees: every recipe with its defaults and batches of 100 halves the loss on the digits within the
/// 20 epochs that the command line takes by default.
class DefaultsTest {
    private static final int FEWEST_EPOCHS = 5;
    private static final int MOST_EPOCHS = 20;

    static List<Recipe> recipes() {
        return Optimizers.all();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everyRecipeHalvesTheLoss(Recipe recipe) {
        ModelSpec spec = Presets.named("digits-classifier");
        Problem problem = new Problem(spec.model(), new Digits().load(spec.task(), Precision.FLOAT32));
        try (Workspace ws = Workspace.serial()) {
            Trainer trainer = new Trainer(new TrainingSetup(problem, recipe.optimizer(), 100, 1), ws);
            TrainingResult result = trainer.train(Schedule.epochs(FEWEST_EPOCHS), List.of());
            for (int epoch = FEWEST_EPOCHS + 1; epoch <= MOST_EPOCHS && !isHalved(result); epoch++) {
                result = trainer.train(Schedule.epochs(epoch), List.of());
            }
            assertTrue(isHalved(result), result::toString);
        }
    }

    private static boolean isHalved(TrainingResult result) {
        return result.last().trainLoss() < result.initial().trainLoss() / 2;
    }
}
