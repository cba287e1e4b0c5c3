package io.quadric.engine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Digits;
import io.quadric.engine.data.Task;
import io.quadric.engine.experiment.HalvingPlan.Rung;
import io.quadric.engine.experiment.Tuning.Candidate;
import io.quadric.engine.experiment.Tuning.End;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.engine.train.Cancellation;
import io.quadric.engine.train.Problem;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.engine.train.TrainingSetup;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SquaredError;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.recipe.Optimizers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalvingTest {
    private static final double[][] X = {{1, 0.5}, {-1, 0.2}, {0.3, -2}, {0.8, 1.1}, {-0.4, 0.9}, {2, -1}};
    private static final double[] T = {1, -0.5, 0.3, 2, 0.1, -1};

    private static HyperParameter rate(double least, double largest) {
        String middle = Double.toString(Math.sqrt(least * largest));
        return new HyperParameter("learningRate", "rate", middle, "a number", List.of(least, largest));
    }

    private static SearchSpace rates(double least, double largest) {
        return new SearchSpace(new OptimizerSpec("sgd", Map.of("momentum", "0.0")), List.of(rate(least, largest)));
    }

    /// A quadratic: ½ mean (w·x + b − t)², all cases in each step.
    private static TrainingSetup quadratic() {
        double[][] t = new double[T.length][1];
        for (int i = 0; i < T.length; i++) {
            t[i][0] = T[i];
        }
        Shape shape = new Shape.Features(2);
        Model model = new Model(new Network(shape, List.of(new DenseLayer(1, true))), new SquaredError());
        Dataset data = new Dataset("line", new Task.Given(), shape, new Batch(Matrix.of(X), Matrix.of(t)),
                Optional.empty());
        return new TrainingSetup(new Problem(model, data), Optimizers.sgd(), T.length, 3);
    }

    private static double loss(double[] w) {
        double sum = 0;
        for (int i = 0; i < T.length; i++) {
            sum += Math.pow(w[0] * X[i][0] + w[1] * X[i][1] + w[2] - T[i], 2) / (2 * T.length);
        }
        return sum;
    }

    private static void descend(double[] w, double rate) {
        double[] g = new double[3];
        for (int i = 0; i < T.length; i++) {
            double residual = (w[0] * X[i][0] + w[1] * X[i][1] + w[2] - T[i]) / T.length;
            g[0] += residual * X[i][0];
            g[1] += residual * X[i][1];
            g[2] += residual;
        }
        for (int k = 0; k < g.length; k++) {
            w[k] -= rate * g[k];
        }
    }

    private static double lossAfter(Vector start, double rate, long updates) {
        double[] w = start.toArray();
        for (long i = 0; i < updates; i++) {
            descend(w, rate);
        }
        return loss(w);
    }

    private static Tuning search(SearchSpace space, TrainingSetup setup, HalvingPlan plan, long memory) {
        try (Workspace ws = Workspace.serial()) {
            return new Halving(space, setup, plan, ws, memory).search(new Cancellation(), _ -> {}).orElseThrow();
        }
    }

    /// Every loss is that of gradient descent written out, and the better half goes on.
    @Test
    void theBestOfAQuadraticWins() {
        TrainingSetup setup = quadratic();
        Vector start;
        try (Workspace ws = Workspace.serial()) {
            start = new Trainer(setup, ws).parameters().values().copy();
        }
        Tuning tuning = search(rates(1e-4, 1e2), setup, new HalvingPlan(120, 8), Long.MAX_VALUE);
        List<Candidate> in = new ArrayList<>(tuning.candidates());
        List<Rung> rungs = tuning.plan().rungs();
        for (int k = 0; k < rungs.size(); k++) {
            for (Candidate candidate : in) {
                double rate = Double.parseDouble(candidate.values().get("learningRate"));
                double expected = lossAfter(start, rate, rungs.get(k).updates());
                assertEquals(expected, candidate.losses().get(k), 1e-10 * expected, candidate.toString());
                boolean fell = expected < loss(start.toArray());
                assertEquals(!fell, candidate.end() instanceof End.Failed, candidate.toString());
            }
            in.removeIf(candidate -> candidate.end() instanceof End.Failed);
            int rung = k;
            in.sort(Comparator.comparingDouble(candidate -> candidate.losses().get(rung)));
            in = new ArrayList<>(in.subList(0, Math.min(in.size(), Math.ceilDiv(rungs.get(k).candidates(), 2))));
        }
        assertEquals(in.getFirst(), tuning.best().orElseThrow());
        assertTrue(tuning.candidates().stream().anyMatch(candidate -> candidate.end() instanceof End.Failed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kfac", "adam"})
    void neitherThreadsNorMemoryChangeTheResult(String recipe) {
        ModelSpec spec = Presets.named("digits-classifier");
        Dataset digits = new Digits().load(spec.task(), Precision.FLOAT32);
        TrainingSetup setup = new TrainingSetup(
                new Problem(spec.model(), digits), Optimizers.named(recipe).optimizer(), 300, 7);
        SearchSpace space = SearchSpace.of(new OptimizerSpec(recipe, Map.of()));
        HalvingPlan plan = new HalvingPlan(24, 4);
        Tuning once = search(space, setup, plan, Long.MAX_VALUE);
        try (Workspace ws = Workspace.withThreads(2)) {
            Tuning again = new Halving(space, setup, plan, ws, 0).search(new Cancellation(), _ -> {}).orElseThrow();
            assertEquals(once, again);
        }
        assertTrue(once.best().isPresent());
    }

    @Test
    void ifAllFailTheReasonIsTold() {
        Tuning tuning = search(rates(1e4, 1e6), quadratic(), new HalvingPlan(8, 4), 0);
        assertEquals(Optional.empty(), tuning.best());
        End.Failed first = assertInstanceOf(End.Failed.class, tuning.candidates().getLast().end());
        assertTrue(first.reason().contains("did not fall"), first.reason());
    }

    @Test
    void aCancelledSearchHasNoResult() {
        Cancellation cancellation = new Cancellation();
        cancellation.request();
        try (Workspace ws = Workspace.serial()) {
            assertEquals(Optional.empty(), new Halving(rates(1e-3, 1), quadratic(), new HalvingPlan(8, 4), ws)
                    .search(cancellation, _ -> {}));
        }
    }

    /// Never more updates than there are, and in each rung at least one more than before.
    @Test
    void aPlanSpendsWhatItHas() {
        for (int candidates = 2; candidates < 40; candidates++) {
            for (long updates = 1; updates < 300; updates += 7) {
                HalvingPlan plan;
                try {
                    plan = new HalvingPlan(updates, candidates);
                } catch (InputException tooFew) {
                    assertTrue(updates < candidates * Math.ceil(Math.log(candidates) / Math.log(2)));
                    continue;
                }
                long spent = 0;
                long before = 0;
                for (Rung rung : plan.rungs()) {
                    assertTrue(rung.updates() > before);
                    spent += rung.candidates() * (rung.updates() - before);
                    before = rung.updates();
                }
                assertTrue(spent <= updates, plan.toString());
                assertTrue(plan.rungs().getLast().candidates() == 2, plan.toString());
            }
        }
        assertEquals(List.of(new Rung(8, 2), new Rung(4, 7), new Rung(2, 17)), new HalvingPlan(60, 8).rungs());
    }

    @Test
    void secondsAreTwentyEpochs() {
        TrainingPlan plan = new TrainingPlan(1000, 100, 0, 1);
        assertEquals(200, HalvingPlan.updates(Schedule.seconds(5), plan));
        assertEquals(30, HalvingPlan.updates(Schedule.epochs(3), plan));
        assertEquals(7, HalvingPlan.updates(Schedule.epochs(3).withSteps(7).withSeconds(1), plan));
        assertEquals(16, HalvingPlan.of(10_000, OptionalInt.empty()).candidates());
        assertThrows(InputException.class, () -> HalvingPlan.of(1, OptionalInt.empty()));
    }
}
