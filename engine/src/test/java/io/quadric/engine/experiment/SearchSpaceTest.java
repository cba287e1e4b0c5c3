package io.quadric.engine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
    private static List<HyperParameter> searched(Recipe recipe) {
        return HyperParameters.of(recipe.optimizer()).stream()
                .filter(parameter -> !parameter.searched().isEmpty())
                .toList();
    }

    /// At the ends of its range every rate and damping is accepted, and the default is between them.
    @Test
    void everyRecipeTakesItsRange() {
        for (Recipe recipe : Optimizers.all()) {
            for (HyperParameter parameter : searched(recipe)) {
                double value = Double.parseDouble(parameter.value());
                assertEquals(2, parameter.searched().size(), parameter.toString());
                assertTrue(parameter.searched().getFirst() > 0, parameter.toString());
                assertTrue(parameter.searched().getFirst() < value, parameter.toString());
                assertTrue(value <= parameter.searched().getLast(), parameter.toString());
                parameter.searched()
                        .forEach(end -> new OptimizerSpec(recipe.name(), Map.of(parameter.name(), end.toString())));
            }
        }
    }

    /// They find length and damping of their steps by themselves.
    @Test
    void onlyMethodsThatFindTheirOwnHaveNothingToSearch() {
        Set<String> without = new TreeSet<>();
        Optimizers.all().stream()
                .filter(recipe -> searched(recipe).isEmpty())
                .forEach(recipe -> without.add(recipe.name()));
        without.remove("slow-sgd"); // a test's own
        assertEquals(Set.of("quadric", "lbfgs", "hessian-free-trust-region", "krylov-subspace-descent"), without);
    }

    /// The points of one axis divide its range into equal parts, but for the default and two digits.
    @Test
    void candidatesAreSpreadEvenlyInTheLogarithm() {
        SearchSpace space = SearchSpace.of(new OptimizerSpec("adam", Map.of()));
        assertEquals(List.of("learningRate"), space.parameters().stream().map(HyperParameter::name).toList());
        for (long seed = 1; seed < 20; seed++) {
            List<Map<String, String>> all = space.candidates(9, seed);
            assertEquals("0.001", all.getFirst().get("learningRate"));
            List<Double> points = all.stream()
                    .skip(1)
                    .map(values -> Math.log10(Double.parseDouble(values.get("learningRate")) / 1e-5) / 3)
                    .sorted()
                    .toList();
            for (int i = 1; i < points.size(); i++) {
                assertEquals(1.0 / 8, points.get(i) - points.get(i - 1), 0.015, all.toString());
            }
        }
    }

    @Test
    void theSeedDecides() {
        SearchSpace space = SearchSpace.of(new OptimizerSpec("kfac", Map.of()));
        assertEquals(space.candidates(8, 5), space.candidates(8, 5));
        assertEquals(space.candidates(4, 5), space.candidates(8, 5).subList(0, 4));
        assertTrue(!space.candidates(8, 5).equals(space.candidates(8, 6)));
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("learningRate", "0.1");
        expected.put("damping", "3.0");
        assertEquals(expected, space.candidates(2, 5).getFirst());
    }
}
