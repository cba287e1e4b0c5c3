package io.quadric.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.kronecker.Kfac;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HyperParametersTest {
    @Test
    void replacesValuesAtAnyDepth() {
        Optimizer changed = HyperParameters.with(
                Optimizers.kfac(), Map.of("learningRate", "0.25", "source", "exact", "inversePeriod", "3"));
        Kfac kfac = (Kfac) changed;
        assertEquals(0.25, kfac.step().learningRate());
        assertEquals(GradientSource.EXACT, kfac.source());
        assertEquals(3, kfac.statistics().inversePeriod());
        assertEquals(Optimizers.kfac().damping(), kfac.damping());
    }

    static Stream<Recipe> recipes() {
        return Optimizers.all().stream();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void printedValuesReadBack(Recipe recipe) {
        List<HyperParameter> all = HyperParameters.of(recipe.optimizer());
        assertTrue(all.size() >= 3);
        for (HyperParameter h : all) {
            assertEquals(recipe.optimizer(), HyperParameters.with(recipe.optimizer(), Map.of(h.name(), h.value())));
        }
    }

    /// At the ends of its type, or with each of its choices: accepted, or refused by its name, its value and what is
    /// expected, whichever of several hyper-parameters does not fit.
    @ParameterizedTest
    @MethodSource("recipes")
    void everyValueIsAcceptedOrRefusedByName(Recipe recipe) {
        for (HyperParameter h : HyperParameters.of(recipe.optimizer())) {
            for (String value : values(h.expected())) {
                try {
                    HyperParameters.with(recipe.optimizer(), Map.of(h.name(), value));
                } catch (IllegalArgumentException e) {
                    String message = e.getMessage();
                    assertTrue(message.contains("expected") || message.contains("must be"), message);
                    assertTrue(message.contains(h.name()) && mentions(message, value), h.name() + "=" + value + ": "
                            + message);
                }
            }
        }
    }

    private static List<String> values(String expected) {
        return switch (expected) {
            case "a number" -> List.of("-1", "0", "4.9E-324", "1", "1.7976931348623157E308", "Infinity", "NaN");
            case "a whole number" -> List.of("-2147483648", "-1", "0", "1", "2147483647", "2147483648", "1e3");
            default -> List.of(expected.split(" \\| "));
        };
    }

    /// As it was given, as Java prints the number, or as the name of a choice.
    private static boolean mentions(String message, String value) {
        try {
            return message.contains(value) || message.contains(Double.toString(Double.parseDouble(value)));
        } catch (NumberFormatException e) {
            return message.toLowerCase(Locale.ROOT).replace('_', '-').contains(value);
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("lambda", "-1", "lambda is -1.0, expected"),
                Arguments.of("lambda", "much", "lambda: 'much' given, expected a number"),
                Arguments.of("lamda", "1", "unknown hyper-parameter 'lamda', expected one of adaptLambda, "),
                Arguments.of("preconditioner", "fisher", "expected none | empirical-fisher"),
                Arguments.of("backtracking", "yes", "expected true | false"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusalsNameTheValueAndTheExpectation(String name, String value, String message) {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> HyperParameters.with(Optimizers.hessianFree(), Map.of(name, value)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
