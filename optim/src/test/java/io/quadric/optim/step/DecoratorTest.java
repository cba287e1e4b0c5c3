package io.quadric.optim.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.nn.Network;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.optim.Optimizer;
import io.quadric.optim.recipe.Decoration;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is around a method says of itself what the method says, and what it adds.
class DecoratorTest {
    private static final Network NETWORK = new Network(
            new Shape.Features(5), List.of(new DenseLayer(4, true), new DenseLayer(3, true)));

    static List<Recipe> recipes() {
        return Optimizers.all();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everyDecorationPassesOnWhatTheMethodNeeds(Recipe recipe) {
        Optimizer method = recipe.optimizer();
        int parameters = NETWORK.layout().size();
        for (Decoration decoration : Optimizers.decorations()) {
            Optimizer around = decoration.around().apply(method);
            assertEquals(method.batches(), around.batches(), decoration.name());
            assertEquals(method.scratch(NETWORK, 10), around.scratch(NETWORK, 10), decoration.name());
            assertEquals(
                    method.memory(NETWORK.layout()).isPresent(), around.memory(NETWORK.layout()).isPresent(),
                    decoration.name());
            long added = around.memory(NETWORK.layout()).orElse(0) - method.memory(NETWORK.layout()).orElse(0);
            assertTrue(added == 0 || added == parameters, decoration.name() + " adds " + added);
        }
    }
}
