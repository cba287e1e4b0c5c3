package io.quadric.optim.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Weights;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every method puts the weights and the lengths of the cases where its means over cases and time steps are.
class CasesOfABatchTest {
    private static final int STEPS = 3;
    private static final int[] WEIGHTS = IntStream.range(0, Problem.CASES).map(i -> 1 + i % 3).toArray();

    /// A kind of problem.
    private enum Kind {
        DENSE(() -> Problem.curved(Precision.FLOAT64, 1)),
        CONVOLUTIONAL(Problem::convolutional),
        RECURRENT(Problem::recurrent);

        private final Supplier<Problem> problem;

        Kind(Supplier<Problem> problem) {
            this.problem = problem;
        }
    }

    static Stream<Arguments> recipes() {
        return Optimizers.all().stream()
                .flatMap(recipe -> Arrays.stream(Kind.values()).map(kind -> Arguments.of(recipe.name(), kind)));
    }

    /// Without targets or signs drawn at random, which would be others for another number of rows, and with so few
    /// iterations of conjugate gradients that rounding does not grow.
    private static Optimizer deterministic(String recipe) {
        Optimizer optimizer = Optimizers.named(recipe).optimizer();
        for (HyperParameter h : HyperParameters.of(optimizer)) {
            if (Set.of("source", "targets").contains(h.name()) && h.value().equals("sampled")) {
                optimizer = HyperParameters.with(optimizer, Map.of(h.name(), "empirical"));
            } else if (h.value().equals("rademacher")) {
                optimizer = HyperParameters.with(optimizer, Map.of(h.name(), "exact"));
            } else if (h.name().equals("maxIterations")) {
                optimizer = HyperParameters.with(optimizer, Map.of(h.name(), "6"));
            }
        }
        return optimizer;
    }

    /// Krylov subspace descent minimises the objective to the end in every step, and one such step is enough for
    /// rounding to show in the next.
    private static int steps(String recipe) {
        return recipe.startsWith("krylov") ? 1 : STEPS;
    }

    private static double[] trained(Problem problem, String recipe, Batch batch) {
        Vector theta = problem.parameters.values();
        double[] before = theta.toArray();
        Run run = deterministic(recipe).start(
                new Start(problem.model, problem.parameters, List.of(batch), 7, problem.ws));
        for (int k = 0; k < steps(recipe); k++) {
            assertTrue(run.step(new StepData(batch)).moved());
        }
        double[] after = theta.toArray();
        problem.parameters.update(values -> values.copyFrom(Vector.of(before)));
        for (int i = 0; i < after.length; i++) {
            after[i] -= before[i];
        }
        return after;
    }

    private static void assertSame(Problem problem, String recipe, Batch expected, Batch got) {
        double[] moves = trained(problem, recipe, expected);
        double largest = Arrays.stream(moves).map(Math::abs).max().orElseThrow();
        assertArrayEquals(moves, trained(problem, recipe, got), 1e-6 * largest);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void aCaseOfWeightKIsKCases(String recipe, Kind kind) {
        assumeFalse(recipe.equals("kfra") && kind != Kind.DENSE);
        try (Problem problem = kind.problem.get()) {
            Batch batch = problem.batch;
            Weights weights = Weights.of(Arrays.stream(WEIGHTS).asDoubleStream().toArray());
            int[] repeated = IntStream.range(0, Problem.CASES)
                    .flatMap(i -> IntStream.range(0, WEIGHTS[i]).map(k -> i))
                    .toArray();
            Batch weighted = new Batch(batch.inputs(), batch.targets(), batch.lengths(), weights);
            assertSame(problem, recipe, batch.chosen(repeated), weighted);
        }
    }

    static Stream<String> recurrentRecipes() {
        return Optimizers.all().stream().map(Recipe::name).filter(name -> !name.equals("kfra"));
    }

    /// Padding of NaN changes no bit.
    @ParameterizedTest
    @MethodSource("recurrentRecipes")
    void paddingDoesNotMatter(String recipe) {
        try (Problem problem = Problem.recurrent()) {
            Shape.Sequence input = (Shape.Sequence) problem.model.network().input();
            int[] steps = IntStream.range(0, Problem.CASES).map(i -> 1 + i % input.length()).toArray();
            Matrix x = problem.batch.inputs();
            Batch zeros = new Batch(x.copy(), problem.batch.targets(), Lengths.of(steps), Weights.EQUAL);
            Batch strange = zeros.with(x.copy(), problem.batch.targets());
            for (int i = 0; i < steps.length; i++) {
                int from = steps[i] * input.features();
                zeros.inputs().row(i).slice(from, input.size()).fill(0);
                strange.inputs().row(i).slice(from, input.size()).fill(Double.NaN);
            }
            assertArrayEquals(trained(problem, recipe, zeros), trained(problem, recipe, strange));
        }
    }
}
