package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertAll;

import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every hyper-parameter of every recipe that is a number, at the ends of its type, as an option of a short run.
class HyperParameterRangesTest {
    private static final boolean LONG = Boolean.getBoolean("quadric.torture");

    /// What the short form leaves to [io.quadric.optim.recipe.FaultsTest], which has the same values in Java.
    private static final List<String> SHORT = List.of("-1", "2147483647", "-1.7976931348623157E308",
            "1.7976931348623157E308", "Infinity", "much");

    @TempDir
    private Path temp;

    private Path model;

    /// With all that some method wants: dense layers only, and hidden units.
    @BeforeEach
    void prepare() throws IOException {
        model = Files.writeString(temp.resolve("model.json"), """
                {"network": {"input": {"vector": 2}, "layers": [{"type": "dense", "units": 3},
                  {"type": "activation", "function": "tanh"}, {"type": "dense", "units": 2}]},
                 "loss": "softmax-cross-entropy", "targets": "labels"}""");
    }

    static List<Recipe> recipes() {
        return Optimizers.all();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everyNumberAtItsEnds(Recipe recipe) {
        assertAll(HyperParameters.of(recipe.optimizer()).stream().flatMap(parameter -> values(parameter).stream()
                .filter(value -> LONG || SHORT.contains(value))
                .map(value -> () -> Ends.check(parameter.name(), value, command(recipe, parameter, value)))));
    }

    private List<String> command(Recipe recipe, HyperParameter parameter, String value) {
        return List.of("train", "--data", "clouds,cases=20", "--model", model.toString(), "--optimizer", recipe.name(),
                "--steps", "2", "--threads",
                "1", "--set", parameter.name() + "=" + value);
    }

    private static List<String> values(HyperParameter parameter) {
        return switch (parameter.expected()) {
            case "a number" -> Ends.REAL;
            case "a whole number" -> Ends.WHOLE;
            default -> List.of("much");
        };
    }
}
