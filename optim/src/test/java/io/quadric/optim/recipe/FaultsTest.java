package io.quadric.optim.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.StepReport;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every recipe with every fault of the data and with each setting at the ends of its range: a step that moves leaves
/// finite parameters, one that does not leaves them alone and says why; a run resumed at any time goes on to the same
/// bits.
class FaultsTest {
    /// Whether to run the long form: all combinations, in both precisions.
    private static final boolean LONG = Boolean.getBoolean("quadric.torture");

    private static final int STEPS = 4;
    private static final int RESUMED_AFTER = 2;

    static List<Recipe> recipes() {
        return Optimizers.all();
    }

    private static List<Precision> precisions() {
        return LONG ? List.of(Precision.values()) : List.of(Precision.FLOAT32);
    }

    private static Map<String, Consumer<Batch>> faults() {
        Map<String, Consumer<Batch>> faults = new LinkedHashMap<>();
        faults.put("none", batch -> {});
        for (double value : new double[]{Double.NaN, Double.POSITIVE_INFINITY, 1e38, 1e10, 1e-40}) {
            faults.put("an input of " + value, batch -> batch.inputs().set(1, 1, value));
            faults.put("inputs of " + value, batch -> batch.inputs().fill(value));
        }
        faults.put("a target of NaN", batch -> batch.targets().set(1, 1, Double.NaN));
        faults.put("a target of 1e38", batch -> batch.targets().set(1, 1, 1e38));
        faults.put("inputs times 1e10", batch -> batch.inputs().scale(1e10));
        faults.put("inputs times 1e-30", batch -> batch.inputs().scale(1e-30));
        faults.put("features of zeros", batch -> batch.inputs().fill(0));
        faults.put("constant features", batch -> batch.inputs().columns(0, 2).fill(3));
        faults.put("equal features",
                batch -> batch.inputs().columns(0, 1).copyFrom(batch.inputs().columns(1, 2).copy()));
        faults.put("equal cases", batch -> {
            for (int i = 1; i < batch.cases(); i++) {
                batch.inputs().row(i).copyFrom(batch.inputs().row(0));
                batch.targets().row(i).copyFrom(batch.targets().row(0));
            }
        });
        faults.put("one class", batch -> batch.targets().fill(0).columns(0, 1).fill(1));
        faults.put("no class", batch -> batch.targets().fill(0));
        return faults;
    }

    private static Batch damaged(Batch batch, Consumer<Batch> fault) {
        Batch copy = new Batch(batch.inputs().copy(), batch.targets().copy());
        fault.accept(copy);
        return copy;
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void faultsOfTheData(Recipe recipe) {
        for (Precision precision : precisions()) {
            faults().forEach((name, fault) -> {
                try (Problem problem = Problem.curved(precision, 1)) {
                    Batch bad = damaged(problem.batch, fault);
                    check(name + " in " + precision, recipe.optimizer(), precision, k -> new StepData(bad));
                    check(name + " in step 3", recipe.optimizer(), precision,
                            k -> new StepData(k == 3 ? bad : problem.batch));
                    if (LONG) {
                        check(name + " in step 2", recipe.optimizer(), precision,
                                k -> new StepData(k == 2 ? bad : problem.batch));
                        check(name + " in the curvature batch", recipe.optimizer(), precision,
                                k -> new StepData(problem.batch, bad));
                    }
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void oneCase(Recipe recipe) {
        for (Precision precision : Precision.values()) {
            try (Problem problem = Problem.curved(precision, 1)) {
                check("one case", recipe.optimizer(), precision, k -> new StepData(problem.batch.rows(0, 1)));
            }
        }
    }

    /// What the record refuses, it refuses by name; with what it accepts, the run keeps its promises.
    @ParameterizedTest
    @MethodSource("recipes")
    void settingsAtTheEndsOfTheirRange(Recipe recipe) {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            for (HyperParameter parameter : HyperParameters.of(recipe.optimizer())) {
                ends(parameter).forEach(value -> setting(recipe, parameter.name(), value, problem.batch));
            }
        }
    }

    private static void setting(Recipe recipe, String name, String value, Batch batch) {
        Optimizer optimizer;
        try {
            optimizer = HyperParameters.with(recipe.optimizer(), Map.of(name, value));
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().contains(name.substring(0, 2)) && e.getMessage().length() < 300, e.getMessage());
            return;
        }
        for (Precision precision : precisions()) {
            Batch converted = converted(batch, precision);
            check(name + " = " + value, optimizer, precision, k -> new StepData(converted));
        }
    }

    private static Batch converted(Batch batch, Precision precision) {
        return new Batch(batch.inputs().copy(precision), batch.targets().copy(precision));
    }

    private static List<String> ends(HyperParameter parameter) {
        return switch (parameter.expected()) {
            case "a number" -> LONG
                    ? List.of("-1e308", "-1", "0", "4.9e-324", "1e-300", "1e-30", "1", "1e30", "1e308", "NaN",
                            "Infinity")
                    : List.of("-1", "0", "1e-300", "1e308", "NaN");
            case "a whole number" -> LONG ? List.of("-2147483648", "-1", "0", "1", "2", "7") : List.of("-1", "0", "1");
            default -> List.of(parameter.expected().split(" \\| "));
        };
    }

    private interface Data {
        StepData at(int step);
    }

    private static void check(String what, Optimizer optimizer, Precision precision, Data data) {
        try (Problem straight = Problem.curved(precision, 1); Problem resumed = Problem.curved(precision, 1)) {
            Run first = straight.start(optimizer);
            Run second = resumed.start(optimizer);
            for (int k = 1; k <= STEPS; k++) {
                Matrix before = straight.parameters.values().asRow().copy();
                StepReport report = first.step(data.at(k));
                assertKept(what + ", step " + k, report, before, straight);
                if (k == RESUMED_AFTER) {
                    second.restore(first.state());
                    resumed.parameters.update(theta -> theta.copyFrom(straight.parameters.values()));
                } else if (k > RESUMED_AFTER) {
                    assertEquals(report.toString(), second.step(data.at(k)).toString(), what + ", resumed");
                    assertArrayEquals(straight.parameters.values().toArray(), resumed.parameters.values().toArray(),
                            what + ", resumed");
                }
            }
        }
    }

    private static void assertKept(String what, StepReport report, Matrix before, Problem problem) {
        assertTrue(problem.parameters.values().isFinite(), what + ": " + report);
        if (report.outcome() instanceof StepOutcome.Rejected(String reason)) {
            assertTrue(Arrays.equals(before.toDoubleArray(), problem.parameters.values().toArray()), what);
            assertTrue(reason.length() > 20, what + ": " + reason);
        }
    }
}
