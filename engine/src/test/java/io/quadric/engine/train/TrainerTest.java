package io.quadric.engine.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Digits;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.engine.metric.Criterion;
import io.quadric.engine.model.ParameterFiles;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Parameters;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.StepReport;
import io.quadric.optim.recipe.Optimizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static Problem problem;
    private static Workspace ws;

    @BeforeAll
    static void load() {
        ModelSpec spec = Presets.named("digits-classifier");
        problem = new Problem(spec.model(), new Digits().load(spec.task(), Precision.FLOAT32));
        ws = Workspace.serial();
    }

    @AfterAll
    static void close() {
        ws.close();
    }

    private static Trainer trainer(Optimizer optimizer) {
        return new Trainer(new TrainingSetup(problem, optimizer, 500, 1), ws);
    }

    private static Optimizer sgd(String rate) {
        return HyperParameters.with(Optimizers.sgd(), Map.of("learningRate", rate));
    }

    @Test
    void theFirstLimitReachedEndsTheRun() {
        Trainer trainer = trainer(sgd("0.1"));
        Schedule schedule = Schedule.epochs(2);
        assertEquals(5, trainer.train(schedule.withSteps(5), List.of()).at().step());
        assertEquals(6, trainer.train(schedule.withSteps(50), List.of()).at().step());
        assertEquals(6, trainer.train(Schedule.seconds(0), List.of()).at().step());
    }

    @Test
    void listenersHearOfEveryStepAndEpochInOrder() {
        List<String> heard = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void started(Progress at, Evaluation evaluation) {
                heard.add("started " + at.step());
            }

            @Override
            public void step(StepEvent event) {
                heard.add((event.evaluation().isPresent() ? "evaluated " : "step ") + event.at().step());
            }

            @Override
            public void epoch(Progress at) {
                heard.add("epoch " + at.epoch());
            }

            @Override
            public void finished(TrainingResult result) {
                heard.add("finished " + result.at().step());
            }
        };
        trainer(sgd("0.1")).train(Schedule.steps(4).withEvaluateEvery(2), List.of(listener));
        assertEquals(
                List.of("started 0", "step 1", "evaluated 2", "step 3", "epoch 1.0", "evaluated 4", "finished 4"),
                heard);
    }

    @Test
    void aRunThatDivergesHasFailed() {
        TrainingResult result = trainer(sgd("1e30")).train(Schedule.epochs(20), List.of());
        assertInstanceOf(TrainingOutcome.Failed.class, result.outcome());
    }

    @Test
    void aLossThatDoesNotFallIsAFailure() {
        TrainingResult result = trainer(sgd("1000")).train(Schedule.steps(1), List.of());
        TrainingOutcome.Failed failed = assertInstanceOf(TrainingOutcome.Failed.class, result.outcome());
        assertTrue(failed.reason().contains("did not fall"), failed.reason());
    }

    /// A penalty draws the parameters to where the loss is higher.
    @Test
    void anObjectiveThatFallsIsNoFailure() {
        Trainer before = trainer(sgd("0.5"));
        before.train(Schedule.epochs(5), List.of());
        Model model = new Model(problem.model().network(), problem.model().loss(), 1000);
        TrainingSetup penalised = new TrainingSetup(new Problem(model, problem.data()), sgd("0.0009"),
                new TrainingPlan(problem.data().train().cases(), 500, 0, 1),
                ParameterFiles.initializer(before.parameters()));
        TrainingResult result = new Trainer(penalised, ws).train(Schedule.steps(3), List.of());
        assertTrue(result.last().trainLoss() > result.initial().trainLoss(), result::toString);
        assertInstanceOf(TrainingOutcome.Completed.class, result.outcome());
    }

    @Test
    void theSeedDecidesTheFirstParameters() {
        TrainingSetup one = new TrainingSetup(problem, sgd("0.1"), 500, 1);
        TrainingSetup two = new TrainingSetup(problem, sgd("0.1"), 500, 2);
        double[] first = new Trainer(one, ws).parameters().values().toArray();
        assertArrayEquals(first, new Trainer(one, ws).parameters().values().toArray());
        assertTrue(first[0] != new Trainer(two, ws).parameters().values().get(0));
    }

    @Test
    void modelAndDataMustFit() {
        Dataset digits = problem.data();
        InputException e = assertThrows(
                InputException.class, () -> new Problem(Presets.named("mnist-autoencoder").model(), digits));
        assertTrue(e.getMessage().contains("784") && e.getMessage().contains("(64 values)"), e.getMessage());
        e = assertThrows(
                InputException.class, () -> new Problem(Presets.named("digits-autoencoder").model(), digits));
        assertTrue(e.getMessage().contains("has targets of 10 values"), e.getMessage());
    }

    /// Rejects every step.
    private static final class Stuck implements Run {
        private final double loss;
        private final Runnable gradient;
        private long steps;

        /// At a gradient that is finite.
        Stuck(double loss, Start start) {
            this(loss, () -> start.gradients().accept(start.parameters().values()));
        }

        Stuck(double loss, Runnable gradient) {
            this.loss = loss;
            this.gradient = gradient;
        }

        @Override
        public StepReport step(StepData data) {
            gradient.run();
            return new StepReport(++steps, loss, new StepOutcome.Rejected("stuck"), Map.of());
        }

        @Override
        public long steps() {
            return steps;
        }

        @Override
        public State state() {
            return new State("stuck");
        }

        @Override
        public void restore(State state) {}
    }

    /// Of evaluated steps alone, and as a linearization at the parameters before the step has it.
    @Test
    void gradientNormsAreThoseOfTheStep() {
        List<StepEvent> events = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void step(StepEvent event) {
                events.add(event);
            }
        };
        TrainingSetup setup = new TrainingSetup(problem, Optimizers.kfac(), 500, 1);
        Trainer trainer = new Trainer(setup, ws);
        trainer.train(Schedule.steps(2), List.of(listener));
        Parameters before = trainer.parameters().copy(Precision.FLOAT32);
        trainer.train(Schedule.steps(5), List.of(listener));
        assertEquals(List.of(false, true, true, false, true),
                events.stream().map(event -> !event.gradientNorms().isEmpty()).toList());
        Vector g = Vector.zeros(Precision.FLOAT32, before.values().size());
        Batch batch = (Batch) new Batches(setup.plan(), problem.data().train()).step(3).gradient();
        try (var at = Linearization.at(problem.model(), before, batch, ws)) {
            at.gradient(g);
        }
        assertEquals(before.layout().slices().stream().map(slice -> slice.of(g).norm()).toList(),
                events.get(2).gradientNorms());
    }

    @Test
    void aResumedRunStallsWhereTheWholeOneDoes() {
        TrainingSetup setup = new TrainingSetup(problem, start -> new Stuck(1, start), 500, 1);
        long whole = new Trainer(setup, ws).train(Schedule.steps(100), List.of()).at().step();
        Trainer first = new Trainer(setup, ws);
        first.train(Schedule.steps(whole / 2), List.of());
        Trainer second = new Trainer(setup, first.snapshot(), ws);
        assertEquals(whole, second.train(Schedule.steps(100), List.of()).at().step());
        assertTrue(whole < 100);
        Trainer third = new Trainer(setup, second.snapshot(), ws);
        assertEquals(whole, third.train(Schedule.steps(100), List.of()).at().step());
    }

    private TrainingOutcome outcome(Optimizer optimizer, int steps) {
        TrainingSetup setup = new TrainingSetup(problem, optimizer, 500, 1);
        return new Trainer(setup, ws).train(Schedule.steps(steps), List.of()).outcome();
    }

    @Test
    void stepsThatFailForWantOfALossOrAGradientAreAFailure() {
        for (int steps : new int[]{3, 100}) {
            for (double loss : new double[]{Double.NaN, Double.POSITIVE_INFINITY}) {
                assertEquals(new TrainingOutcome.Failed("stuck"), outcome(start -> new Stuck(loss, start), steps));
            }
            assertEquals(new TrainingOutcome.Failed("stuck"), outcome(start -> new Stuck(1, () -> {}), steps));
        }
    }

    @Test
    void aResumedRunThatStalledForWantOfAGradientIsAFailureAgain() {
        TrainingSetup setup = new TrainingSetup(problem, start -> new Stuck(1, () -> {}), 500, 1);
        Trainer first = new Trainer(setup, ws);
        first.train(Schedule.steps(100), List.of());
        TrainingResult again = new Trainer(setup, first.snapshot(), ws).train(Schedule.steps(100), List.of());
        assertInstanceOf(TrainingOutcome.Failed.class, again.outcome());
    }

    @Test
    void stepsThatAreAllUndoneAreNoFailure() {
        for (int steps : new int[]{3, 100}) {
            assertEquals(new TrainingOutcome.Stalled("stuck"), outcome(start -> new Stuck(1, start), steps));
        }
    }

    @Test
    void aTestLossThatIsNoNumberIsAFailure() {
        Dataset data = problem.data();
        Batch test = data.test().orElseThrow().batch();
        Matrix inputs = test.inputs().copy();
        inputs.set(0, 0, Double.NaN);
        Dataset spoiled = new Dataset(data.name(), data.task(), data.shape(), data.train().batch(),
                Optional.of(test.with(inputs, test.targets())));
        TrainingSetup setup = new TrainingSetup(new Problem(problem.model(), spoiled), sgd("0.1"), 500, 1);
        TrainingResult result = new Trainer(setup, ws).train(Schedule.steps(3), List.of());
        assertTrue(assertInstanceOf(TrainingOutcome.Failed.class, result.outcome()).reason().contains("test loss"));
        assertTrue(result.last().testError().getAsDouble() > 0);
    }

    @Test
    void outputsThatAreNoNumbersAreWrong() {
        Matrix outputs = Matrix.of(3, 2, Double.NaN, 1, 0, Double.NaN, 0, 1);
        Matrix targets = Matrix.of(3, 2, 0, 1, 1, 0, 0, 1);
        assertEquals(2, Criterion.largest(1).failures(outputs, targets));
        assertEquals(2, Criterion.sign().failures(Matrix.of(3, 1, Double.NaN, Double.NaN, -1), targets.columns(0, 1)));
    }
}
