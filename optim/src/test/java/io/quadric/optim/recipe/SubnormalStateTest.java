package io.quadric.optim.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
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
    /// A half to the power of some step between these is no normal number of FLOAT32, nor is its square.
    private static final int FIRST = 50;
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
            for (int step = 1; step <= STEPS; step++) {
                problem.step(run);
                if (step >= FIRST) {
                    assertEquals(List.of(), subnormal(run, step == STEPS), "step " + step);
                }
            }
        }
    }

    /// An inverse may have subnormal numbers for the few steps in which an entry of its factor is hardly more.
    private static List<String> subnormal(Run run, boolean inverses) {
        Map<String, Vector> arrays = run.state().arrays();
        return arrays.keySet().stream()
                .filter(name -> inverses || !name.contains("Inverse"))
                .filter(name -> isSubnormal(arrays.get(name)))
                .toList();
    }

    private static boolean isSubnormal(Vector array) {
        float[] values = array.toFloatArray();
        return IntStream.range(0, values.length)
                .anyMatch(i -> values[i] != 0 && Math.abs(values[i]) < Float.MIN_NORMAL);
    }
}
