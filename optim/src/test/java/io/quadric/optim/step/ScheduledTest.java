package io.quadric.optim.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduledTest {
    private static final Map<String, String> SCHEDULE = Map.of("decayShape", "power", "decayPower", "0.5");

    static Stream<Recipe> recipes() {
        return Optimizers.all().stream();
    }

    /// Every method takes a schedule, whether it has a rate or not.
    @ParameterizedTest
    @MethodSource("recipes")
    void everyMethodTakesASchedule(Recipe recipe) {
        try (Problem plain = Problem.curved(Precision.FLOAT64, 1);
                Problem scheduled = Problem.curved(Precision.FLOAT64, 1)) {
            Run one = plain.start(recipe.with(Map.of()));
            Run two = scheduled.start(recipe.with(SCHEDULE));
            plain.step(one);
            scheduled.step(two);
            assertArrayEquals(plain.parameters.values().toArray(), scheduled.parameters.values().toArray());
            Vector before = plain.parameters.values().copy();
            boolean moved = plain.step(one).moved() && scheduled.step(two).moved();
            double long2 = plain.parameters.values().copy().axpy(-1, before).norm();
            double short2 = scheduled.parameters.values().copy().axpy(-1, before).norm();
            assertEquals(true, moved);
            assertEquals(Math.sqrt(0.5) * long2, short2, 1e-9 * long2);
        }
    }

    @Test
    void aFactorScalesTheStepAndItsFigure() {
        Recipe recipe = Optimizers.named("kfra");
        try (Problem plain = Problem.curved(Precision.FLOAT64, 1);
                Problem halved = Problem.curved(Precision.FLOAT64, 1)) {
            Vector before = plain.parameters.values().copy();
            double whole = plain.step(plain.start(recipe.with(Map.of()))).figures().get("stepSize");
            Run run = halved.start(recipe.with(Map.of("stepFactor", "0.5")));
            assertEquals(0.5 * whole, halved.step(run).figures().get("stepSize"), 1e-15);
            before.axpby(0.5, plain.parameters.values(), 0.5);
            assertArrayEquals(before.toArray(), halved.parameters.values().toArray(), 1e-15);
        }
    }

    @Test
    void whatHasAScheduleIsNotWrapped() {
        assertEquals(1, HyperParameters.of(Optimizers.named("adam").with(SCHEDULE)).stream()
                .filter(parameter -> parameter.name().equals("decayShape"))
                .count());
    }
}
