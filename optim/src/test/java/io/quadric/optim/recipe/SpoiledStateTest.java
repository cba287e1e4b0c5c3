package io.quadric.optim.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.State;
import io.quadric.optim.StepReport;
import io.quadric.optim.hessianfree.KrylovSubspaceDescent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every recipe does when something it remembers is spoiled.
class SpoiledStateTest {
    private static final List<String> TROUBLE = List.of("Raised", "leftOut", "skipped", "Old");

    /// All but the method that leaves an old direction out of its basis whenever it is of no use.
    static List<Recipe> recipes() {
        return Optimizers.all().stream()
                .filter(recipe -> !(recipe.optimizer() instanceof KrylovSubspaceDescent))
                .toList();
    }

    private static boolean tellsTrouble(StepReport report) {
        return report.figures().entrySet().stream()
                .anyMatch(figure -> figure.getValue() > 0 && TROUBLE.stream().anyMatch(figure.getKey()::contains));
    }

    /// With a NaN in any one of its arrays a run steps to finite parameters or not at all. It says so, unless the array
    /// made no difference.
    @ParameterizedTest
    @MethodSource("recipes")
    void parametersAreNeverSpoiled(Recipe recipe) {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run first = problem.start(recipe.optimizer());
            problem.step(first);
            problem.step(first);
            double[] before = problem.parameters.values().toArray();
            problem.step(problem.restored(recipe.optimizer(), first.state()));
            double[] clean = problem.parameters.values().toArray();
            for (String name : first.state().arrays().keySet()) {
                problem.parameters.update(values -> values.copyFrom(Vector.of(before)));
                State spoiled = first.state();
                spoiled.arrays().get(name).set(0, Double.NaN);
                StepReport report = problem.step(problem.restored(recipe.optimizer(), spoiled));
                double[] after = problem.parameters.values().toArray();
                assertTrue(problem.parameters.values().isFinite(), name);
                if (!report.moved()) {
                    assertArrayEquals(before, after, name);
                } else if (!Arrays.equals(clean, after)) {
                    assertTrue(tellsTrouble(report), name + " is spoiled without a word: " + report);
                }
            }
        }
    }

    /// A factor that only more damping makes definite is damped more, block by block, and the report counts it.
    @ParameterizedTest
    @ValueSource(strings = {"kfac", "kfac-averaged"})
    void indefiniteFactorsRaiseTheDampingOfTheirBlock(String name) {
        Optimizer optimizer = HyperParameters.with(Optimizers.named(name).optimizer(), Map.of("inversePeriod", "1"));
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(optimizer);
            problem.step(run);
            State state = run.state();
            state.arrays().get("output.1").fill(0).asMatrix(5, 5).addToDiagonal(-1e3);
            StepReport report = problem.step(problem.restored(optimizer, state));
            assertTrue(report.moved());
            assertEquals(1, report.figures().get("blocksWithRaisedDamping"));
            assertTrue(problem.parameters.values().isFinite());
        }
    }
}
