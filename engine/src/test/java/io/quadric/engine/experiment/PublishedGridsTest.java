package io.quadric.engine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.optim.recipe.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedGridsTest {
    private static final Optional<Long> UPDATES = Optional.of(1000L);

    /// The runs of Table 3.5 and 4.3, and the method and the study that found their values.
    private static final Map<String, List<String>> FOUND = Map.of(
            "K-BFGS", List.of("kbfgs", "ren-3-autoencoders"),
            "K-BFGS\\(L\\)", List.of("kbfgs-l", "ren-3-autoencoders"),
            "KFAC", List.of("kfac", "ren-3-autoencoders"),
            "Adam", List.of("adam", "ren-3-autoencoders"),
            "SGD-m", List.of("sgd", "ren-3-autoencoders"),
            "TNT", List.of("tnt", "ren-4-autoencoders"),
            "Shampoo", List.of("shampoo", "ren-4-autoencoders"));

    static List<String> studies() {
        return PublishedGrids.studies();
    }

    @ParameterizedTest
    @MethodSource("studies")
    void everyCellIsOneOfItsMethod(String study) {
        for (String method : PublishedGrids.methods(study)) {
            PublishedGrids.grid(study, method, UPDATES).cells()
                    .forEach(cell -> Optimizers.named(method).with(cell));
        }
    }

    /// What the papers report as the best values are in the grids that they say they searched.
    @Test
    void theBestValuesAreInTheGrids() throws IOException {
        int found = 0;
        for (String line : Files.readAllLines(Path.of("src/test/resources/published-settings.txt"))) {
            String[] parts = line.split(";");
            boolean asked = parts.length == 4 && parts[0].matches("(mnist|faces|curves)-autoencoder");
            if (!asked || !FOUND.containsKey(parts[1].strip())) {
                continue;
            }
            List<String> by = FOUND.get(parts[1].strip());
            Map<String, Double> settings = new HashMap<>();
            for (String setting : parts[3].strip().split(" ")) {
                String[] sides = setting.split("=");
                if (sides[1].matches("[0-9.e-]+")) {
                    settings.put(sides[0], Double.valueOf(sides[1]));
                }
            }
            PublishedGrids.grid(by.getLast(), by.getFirst(), UPDATES).values().forEach((name, values) -> assertTrue(
                    values.stream().map(Double::valueOf).anyMatch(settings.get(name)::equals),
                    () -> line + " " + name));
            found++;
        }
        assertEquals(3 * FOUND.size(), found);
    }

    @Test
    void sharesAreOfTheUpdates() {
        Grid grid = PublishedGrids.grid("botev", "adam", Optional.of(40_000L));
        assertEquals(List.of("40000", "20000", "10000", "5000", "2500"), grid.values().get("decayPeriod"));
        assertEquals(8 * 5, grid.cells().size());
        assertEquals(
                List.of("2", "1"), PublishedGrids.grid("botev", "adam", Optional.of(2L)).values().get("decayPeriod"));
    }

    @Test
    void whatIsNotThereIsNamed() {
        for (List<String> bad : List.of(
                List.of("ren-5", "kfac", "unknown study 'ren-5', expected one of ren-2, "),
                List.of("ren-2", "tnt", "ren-2 has no grid for tnt, expected one of kbfgs-averaged, "),
                List.of("botev", "sgd", "botev has decayPeriod as shares of the updates, expected --steps"))) {
            String message = assertThrows(InputException.class,
                    () -> PublishedGrids.grid(bad.getFirst(), bad.get(1), Optional.empty())).getMessage();
            assertTrue(message.startsWith(bad.getLast()), message);
        }
    }
}
