package io.quadric.optim.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.linalg.Precision;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a run remembers of inputs that are 0 from some step on, such as those of units that never fire again, goes to 0
/// and not to subnormal numbers, with which a processor is ten times as slow.
class SubnormalStateTest {
    private static final Set<String> DECAYS = Set.of(
            "momentum", "statisticsDecay", "decay", "factorDecay", "beta1", "beta2", "zeta");
    private static final String HALF = "0.5";
    /// A half to this power is no normal number of FLOAT32.
    private static final int STEPS = 145;

    static List<Recipe> recipes() {
        return Optimizers.all().stream().toList();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void nothingIsRememberedAsASubnormalNumber(Recipe recipe) {
        try (Problem problem = Problem.curved(Precision.FLOAT32, 1)) {
            Optimizer optimizer = recipe.optimizer();
            Map<String, String> faster = HyperParameters.of(optimizer).stream()
                    .map(HyperParameter::name)
                    .filter(DECAYS::contains)
                    .collect(Collectors.toMap(name -> name, name -> HALF));
            Run run = problem.start(HyperParameters.with(optimizer, faster));
            problem.step(run);
            problem.step(run);
            problem.batch.inputs().columns(0, 2).fill(0);
            for (int step = 0; step < STEPS; step++) {
                problem.step(run);
            }
            Map<String, ?> arrays = run.state().arrays();
            assertEquals(List.of(), arrays.keySet().stream().filter(name -> isSubnormal(run, name)).toList());
        }
    }

    private static boolean isSubnormal(Run run, String name) {
        float[] values = run.state().arrays().get(name).toFloatArray();
        return IntStream.range(0, values.length)
                .anyMatch(i -> values[i] != 0 && Math.abs(values[i]) < Float.MIN_NORMAL);
    }
}
