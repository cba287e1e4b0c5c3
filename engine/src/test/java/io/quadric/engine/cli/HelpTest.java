package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    static List<Recipe> recipes() {
        return Optimizers.all();
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "compare", "experiment", "sweep", "verify", "optimizers"})
    void everyCommandExplainsItself(String command) {
        String help = Quadric.run(command, "--help").succeeds().out();
        assertTrue(help.startsWith("Usage: quadric " + command), help);
        assertTrue(Quadric.run("--help").succeeds().out().contains("  " + command + " "));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everyRecipeIsListedWithItsHyperParameters(Recipe recipe) {
        String listed = Quadric.run("optimizers", recipe.name()).succeeds().out();
        assertTrue(listed.startsWith(recipe.name() + ": "), listed);
        assertTrue(listed.contains("source: " + recipe.source()), listed);
        for (HyperParameter parameter : HyperParameters.of(recipe.optimizer())) {
            assertTrue(listed.contains(parameter.name() + " ") && listed.contains(parameter.value()), listed);
        }
        String entry = listed.substring(0, listed.indexOf("Every optimizer: "));
        assertTrue(Quadric.run("optimizers").succeeds().out().contains(entry));
    }

    @Test
    void theHelpOfTrainShowsTheMethodAskedFor() {
        assertTrue(Quadric.line("train --optimizer adam --help").succeeds().out().contains("beta1"));
    }

    @Test
    void theVersionIsALine() {
        assertTrue(Quadric.run("--version").succeeds().out().matches("quadric .*, Java .*\\R"));
    }
}
