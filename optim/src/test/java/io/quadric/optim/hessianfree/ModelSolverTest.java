package io.quadric.optim.hessianfree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.optim.BatchRole;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import io.quadric.optim.internal.TrialObjective;
import io.quadric.optim.recipe.Optimizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Where CG starts, when the objective ends it, and which of its iterates is taken.
class ModelSolverTest {
    /// So little damping that the model falls long after the objective has begun to rise.
    private static final Map<String, String> BOLD = Map.of("lambda", "1e-5", "maxIterations", "40", "epsilon", "0",
            "lineSearch", "false",
            "adaptLambda", "false", "preconditioner", "none");

    private static Optimizer bold(String... values) {
        Map<String, String> all = new TreeMap<>(BOLD);
        for (String value : values) {
            all.put(value.split("=")[0], value.split("=")[1]);
        }
        return HyperParameters.with(Optimizers.hessianFree(), all);
    }

    /// What one step comes to on the first 30 cases, with the other 10 for evaluation.
    private record Trace(double iterations, Vector delta, Vector memory, double before, double after, double held) {
        static Trace of(Optimizer optimizer) {
            try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
                Batch seen = problem.firstCases(30).batch;
                Batch unseen = problem.cases(30, Problem.CASES).batch;
                Vector theta = problem.parameters.values().copy();
                Run run = problem.start(optimizer);
                Start start = new Start(problem.model, problem.parameters, List.of(), 1, problem.ws);
                double before = new TrialObjective(start, seen).at(0, theta);
                StepReport report = run.step(new StepData(seen, seen, unseen));
                Vector delta = problem.parameters.values().copy().axpy(-1, theta);
                double after = new TrialObjective(start, seen).at(0, delta);
                double held = new TrialObjective(start, unseen).at(0, delta);
                Vector memory = delta.copy();
                run.state().arrays().forEach((name, values) -> {
                    if (name.equals("lastIterate")) {
                        memory.copyFrom(values);
                    }
                });
                return new Trace(report.figures().get("cgIterations"), delta, memory, before, after, held);
            }
        }
    }

    @Test
    void theStartIsTheIterateAskedFor() {
        Trace selected = Trace.of(bold("warmStart=selected"));
        assertArrayEquals(selected.delta().toArray(), selected.memory().toArray(), 1e-12);
        Trace last = Trace.of(bold("backtracking=false"));
        assertArrayEquals(last.delta().toArray(), Trace.of(bold()).memory().toArray(), 1e-12);
        assertTrue(selected.memory().axpy(-1, last.memory()).norm() > 1e-3, "backtracking went back");
    }

    /// With all iterates tested, the step of the lowest one and the step of the highest one enclose every other.
    @Test
    void testedIteratesAreRememberedByTheirObjective() {
        double best = objective(Trace.of(bold("warmStart=best-objective", "terminationInterval=1")).memory());
        double highest = objective(Trace.of(bold("warmStart=highest-objective", "terminationInterval=1")).memory());
        double last = objective(Trace.of(bold("terminationInterval=1")).memory());
        assertTrue(best < last && last <= highest, best + ", " + last + ", " + highest);
        assertThrows(IllegalArgumentException.class, () -> bold("warmStart=best-objective"));
    }

    private static double objective(Vector delta) {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Start start = new Start(problem.model, problem.parameters, List.of(), 1, problem.ws);
            return new TrialObjective(start, problem.firstCases(30).batch).at(1, delta);
        }
    }

    @Test
    void zetaFollowsItsSchedule() {
        WarmStart schedule = new WarmStart(WarmStart.Iterate.LAST, 0.9, 4);
        assertEquals(0.5, schedule.zeta(0.5, 1));
        assertEquals(0.7, schedule.zeta(0.5, 3), 1e-15);
        assertEquals(0.9, schedule.zeta(0.5, 100), 1e-15);
        assertEquals(0.5, WarmStart.last().zeta(0.5, 100));
    }

    @Test
    void aRisingObjectiveEndsTheIteration() {
        Trace whole = Trace.of(bold("backtracking=false"));
        Trace ended = Trace.of(bold("backtracking=false", "terminationInterval=2", "terminationWindow=4"));
        assertTrue(ended.iterations() < whole.iterations(), ended.iterations() + " < " + whole.iterations());
        assertTrue(ended.after() < whole.after(), ended.after() + " < " + whole.after());
        assertEquals(0, ended.iterations() % 2, "ends at a tested iterate");
    }

    @Test
    void theRuleOfTheRise() {
        EarlyTermination rule = new EarlyTermination(1, 1, 0.1, BatchRole.CURVATURE);
        assertTrue(rule.ends(4.5, 10, 3) && rule.ends(Double.NaN, 10, 3));
        assertTrue(!rule.ends(3.5, 10, 3) && !rule.ends(2, 10, 3));
    }

    @Test
    void theWiderTheChoiceTheLowerTheObjective() {
        double last = Trace.of(bold("backtracking=false")).after();
        double near = Trace.of(bold()).after();
        double all = Trace.of(bold("selection=all")).after();
        assertTrue(all <= near && near < last, all + ", " + near + ", " + last);
    }

    /// On its own batch and without damping M falls from iterate to iterate, so that the last is the lowest.
    @Test
    void byTheModelOfTheSameBatchTheLastIterateIsTaken() {
        Trace last = Trace.of(bold("backtracking=false", "lambda=0"));
        Trace byModel = Trace.of(bold("selection=all", "selectionMeasure=model", "lambda=0"));
        assertArrayEquals(last.delta().toArray(), byModel.delta().toArray());
    }

    @ParameterizedTest
    @CsvSource({"objective", "model"})
    void aBatchOfItsOwnChoosesForItself(String measure) {
        Trace own = Trace.of(bold("selection=all", "selectionMeasure=" + measure, "selectionBatch=evaluation"));
        Trace last = Trace.of(bold("backtracking=false"));
        assertTrue(own.held() < last.held(), own.held() + " < " + last.held());
    }

    static List<Optimizer> settings() {
        return List.of(
                bold("warmStart=best-objective", "terminationInterval=2", "zetaEnd=0.5", "zetaSteps=3"),
                bold("warmStart=selected", "selection=all", "selectionMeasure=model", "selectionBatch=evaluation"),
                bold("trustRegion=spherical", "radius=0.1"),
                bold("trustRegion=elliptic", "preconditioner=kronecker", "lambda=0.01", "radius=0.3"),
                bold("structuralDamping=0.1", "structuralStrength=by-ratio", "learningRate=0.5", "lineSearch=true"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingResumesBitForBit(Optimizer optimizer) {
        try (Problem straight = Problem.curved(Precision.FLOAT32, 1);
                Problem resumed = Problem.curved(Precision.FLOAT32, 3)) {
            Run first = straight.start(optimizer);
            for (int k = 0; k < 3; k++) {
                straight.step(first);
            }
            Run second = resumed.start(optimizer);
            second.restore(first.state());
            resumed.parameters.update(theta -> theta.copyFrom(straight.parameters.values()));
            for (int k = 0; k < 3; k++) {
                assertEquals(straight.step(first), resumed.step(second));
            }
        }
    }

    /// The length of the step without a line search, and the iterations without another end.
    @Test
    void lengthsAndLimitsFollowTheirSchedules() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(bold("learningRate=0.5", "decayShape=power", "decayPower=1", "maxIterations=9",
                    "maxIterationsEnd=3", "maxIterationsSteps=4"));
            double[] lengths = {0.5, 0.25, 0.5 / 3, 0.125, 0.1};
            double[] limits = {9, 7, 6, 4, 3};
            for (int k = 0; k < lengths.length; k++) {
                Map<String, Double> figures = problem.step(run).figures();
                assertEquals(lengths[k], figures.get("stepSize"), 1e-15);
                assertEquals(limits[k], figures.get("cgIterations"));
            }
        }
    }

    /// The first of 30 cases decides as a batch of it would.
    @Test
    void aPartOfTheBatchEndsTheIteration() {
        String[] rule = {"backtracking=false", "terminationInterval=1", "terminationWindow=1", "terminationRise=0",
            "terminationShare=0.03"};
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Batch seen = problem.firstCases(30).batch;
            Batch part = problem.firstCases(1).batch;
            Run shared = problem.start(bold(rule));
            double iterations = shared.step(new StepData(seen)).figures().get("cgIterations");
            rule[4] = "terminationBatch=evaluation";
            try (Problem again = Problem.curved(Precision.FLOAT64, 1)) {
                Run own = again.start(bold(rule));
                assertEquals(own.step(new StepData(seen, seen, part)).figures().get("cgIterations"), iterations);
            }
            rule[4] = "terminationShare=1";
            try (Problem again = Problem.curved(Precision.FLOAT64, 1)) {
                assertTrue(again.start(bold(rule)).step(new StepData(seen)).figures().get("cgIterations") != iterations,
                        "" + iterations);
            }
        }
    }

    /// The observer's figures against f, dense matrices and the step itself; it has no effect on the steps.
    @Test
    void theObserverSeesObjectiveAndModel() {
        HessianFree optimizer = (HessianFree) bold("backtracking=false", "lambda=0.1", "maxIterations=6");
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1);
                Problem again = Problem.curved(Precision.FLOAT64, 1)) {
            List<double[]> seen = new ArrayList<>();
            Start start = new Start(problem.model, problem.parameters, List.of(), 7, problem.ws);
            double before = problem.loss();
            StepReport report = optimizer.start(start, (step, j, damped, model, change) -> seen.add(
                    new double[]{j, damped, model.getAsDouble(), change.getAsDouble()}))
                    .step(new StepData(problem.batch));
            assertEquals(report, again.step(again.start(optimizer)));
            assertEquals(6, seen.size());
            Vector delta = problem.parameters.values().copy().axpy(-1, Problem.curved(Precision.FLOAT64, 1).parameters
                    .values());
            double[] last = seen.getLast();
            assertEquals(6, last[0]);
            assertEquals(report.figures().get("model"), last[2], 1e-12);
            assertEquals(last[2] + 0.05 * delta.dot(delta), last[1], 1e-12);
            assertEquals(problem.loss() - before, last[3], 1e-12);
        }
    }

    @Test
    void theSpacingDecidesWhichIteratesAreKept() {
        double near = Trace.of(bold("selection=all", "iterateSpacing=1.05")).after();
        double far = Trace.of(bold("selection=all", "iterateSpacing=6")).after();
        assertTrue(near < far, near + " < " + far);
        assertThrows(IllegalArgumentException.class, () -> bold("iterateSpacing=1"));
    }
}
