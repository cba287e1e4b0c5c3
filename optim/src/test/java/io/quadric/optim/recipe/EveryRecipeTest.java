package io.quadric.optim.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import io.quadric.optim.BatchRole;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every named recipe promises.
class EveryRecipeTest {
    static List<Recipe> recipes() {
        return Optimizers.all();
    }

    /// The recipe with settings for a problem this small, where the published ones are too bold and steps are
    /// undone.
    private static Optimizer tamed(Recipe recipe) {
        return switch (recipe.name()) {
            case "kfac", "kfac-averaged" ->
                HyperParameters.with(recipe.optimizer(), Map.of("learningRate", "0.1", "damping", "1"));
            case "quadric" -> HyperParameters.with(recipe.optimizer(), Map.of("damping", "10"));
            default -> recipe.optimizer();
        };
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void lowersTheObjective(Recipe recipe) {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            double before = problem.loss();
            Run run = problem.start(tamed(recipe));
            for (int k = 0; k < 10; k++) {
                assertTrue(problem.step(run).moved());
            }
            assertTrue(problem.loss() < before, before + " → " + problem.loss());
        }
    }

    /// KFRA exists for chains of dense layers alone, the SMW methods for cases that do not depend on each other.
    private static boolean refuses(Recipe recipe, Problem problem) {
        return recipe.name().equals("kfra")
                || (recipe.name().startsWith("smw") && problem.model.network().hasStatistics());
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void trainsConvolutionsNormalisationAndRecurrentLayers(Recipe recipe) {
        for (Problem other : List.of(
                Problem.convolutional(), Problem.normalisedConvolutional(), Problem.recurrent())) {
            try (Problem problem = other) {
                if (refuses(recipe, problem)) {
                    assertThrows(IllegalArgumentException.class, () -> problem.start(tamed(recipe)));
                    continue;
                }
                double before = problem.loss();
                Run run = problem.start(tamed(recipe));
                for (int k = 0; k < 10; k++) {
                    assertTrue(problem.step(run).moved());
                }
                assertTrue(problem.loss() < before, before + " → " + problem.loss());
            }
        }
    }

    /// Another curvature or evaluation batch changes the steps of the methods that say they look at it, and no others.
    @ParameterizedTest
    @MethodSource("recipes")
    void looksAtTheBatchesItNames(Recipe recipe) {
        for (BatchRole role : BatchRole.values()) {
            boolean same = Arrays.equals(moved(recipe, Set.of()), moved(recipe, Set.of(role)));
            assertEquals(same, !recipe.optimizer().batches().contains(role), role::name);
        }
    }

    /// The parameters after two steps, with the second half of the cases as the batch of some roles.
    private static double[] moved(Recipe recipe, Set<BatchRole> others) {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Batch first = problem.firstCases(20).batch;
            Batch second = problem.cases(20, Problem.CASES).batch;
            List<Batch> batches = Arrays.stream(BatchRole.values())
                    .map(role -> others.contains(role) ? second : first)
                    .toList();
            Run run = problem.start(tamed(recipe));
            for (int k = 0; k < 2; k++) {
                run.step(new StepData(batches.get(0), batches.get(1), batches.get(2)));
            }
            return problem.parameters.values().toArray();
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void resumesBitForBit(Recipe recipe) {
        try (Problem straight = Problem.curved(Precision.FLOAT32, 1);
                Problem resumed = Problem.curved(Precision.FLOAT32, 1)) {
            Run first = straight.start(tamed(recipe));
            for (int k = 0; k < 3; k++) {
                straight.step(first);
            }
            Run second = resumed.start(tamed(recipe));
            second.restore(first.state());
            resumed.parameters.update(theta -> theta.copyFrom(straight.parameters.values()));
            for (int k = 0; k < 3; k++) {
                assertEquals(straight.step(first), resumed.step(second));
            }
            assertArrayEquals(
                    straight.parameters.values().floats(), resumed.parameters.values().floats());
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void doesNotDependOnTheNumberOfThreads(Recipe recipe) {
        try (Problem one = Problem.curved(Precision.FLOAT32, 1);
                Problem three = Problem.curved(Precision.FLOAT32, 3)) {
            Run first = one.start(tamed(recipe));
            Run second = three.start(tamed(recipe));
            for (int k = 0; k < 3; k++) {
                assertEquals(one.step(first), three.step(second));
            }
            assertArrayEquals(one.parameters.values().floats(), three.parameters.values().floats());
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void leavesTheParametersAloneWhenTheObjectiveIsNotFinite(Recipe recipe) {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(tamed(recipe));
            problem.step(run);
            double[] before = problem.parameters.values().toArray();
            StepReport report = run.step(new StepData(problem.spoiled()));
            assertFalse(report.moved());
            assertArrayEquals(before, problem.parameters.values().toArray());
            assertTrue(problem.step(run).moved(), "the run must go on with good data");
        }
    }
}
