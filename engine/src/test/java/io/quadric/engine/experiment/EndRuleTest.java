package io.quadric.engine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.experiment.EndRule.Rise;
import io.quadric.engine.experiment.Entry.Subject;
import io.quadric.engine.experiment.RunFolder.Ended;
import io.quadric.engine.experiment.RunFolder.Job;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.Presets;
import io.quadric.engine.report.Curve;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.Stop;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.linalg.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs end where their evaluations say so, in one piece or in several.
class EndRuleTest {
    private static final EndRule RISE = new EndRule(OptionalDouble.empty(), Rise.ENDS);
    private static final Schedule LONG = Schedule.steps(60).withEvaluateEvery(1);

    @TempDir
    private Path temp;

    /// A run that is evaluated after every step, for a while.
    private static Job job(String preset, String data, EndRule rule) {
        Subject subject = new Subject(data, Presets.named(preset), Initialization.GLOROT);
        Entry entry = new Entry("run", subject, 50, "sgd", "learningRate=0.05");
        var dataset = entry.model().load(entry.data(), entry.precision());
        return new Job("run", entry.run(dataset, 3, LONG), dataset, LONG, rule);
    }

    private Ended train(String folder, Job job) throws IOException {
        try (Workspace ws = Workspace.serial()) {
            return new RunFolder(Files.createDirectories(temp.resolve(folder)), 0)
                    .train(job, ws, trainer -> List.of(), Stop.never());
        }
    }

    private static Evaluation last(Job job, Ended ended) {
        assertTrue(ended.result().outcome() instanceof TrainingOutcome.Stopped, ended.result()::toString);
        assertTrue(ended.isComplete(job));
        return ended.result().last();
    }

    @Test
    void aRunEndsWhenItsTestErrorRises() throws IOException {
        Ended whole = train("whole", job("digits-classifier", "digits", EndRule.none()));
        double[] errors = whole.curve().points().stream()
                .mapToDouble(point -> point.evaluation().testError().getAsDouble()).toArray();
        int expected = IntStream.range(1, errors.length)
                .filter(i -> errors[i] > errors[i - 1])
                .findFirst().orElseThrow();
        Job job = job("digits-classifier", "digits", RISE);
        Ended ended = train("rule", job);
        assertEquals(expected, ended.result().at().step());
        assertEquals(errors[expected], last(job, ended).testError().getAsDouble());
        for (int i = 1; i < expected; i++) {
            Job part = new Job("run", job.run(), job.dataset(), Schedule.steps(i).withEvaluateEvery(1), RISE);
            assertEquals(i, train("parts", part).result().at().step());
        }
        assertEquals(expected, train("parts", job).result().at().step());
    }

    @Test
    void aRunEndsWhenItHasItsLoss() throws IOException {
        Ended whole = train("whole", job("digits-classifier", "digits", EndRule.none()));
        double target = whole.curve().points().get(20).evaluation().trainLoss();
        Job job = job("digits-classifier", "digits", new EndRule(OptionalDouble.of(target), Rise.GOES_ON));
        Ended ended = train("rule", job);
        assertTrue(last(job, ended).trainLoss() <= target && ended.result().at().step() <= 20);
        assertTrue(ended.curve().points().stream().limit(ended.result().at().step())
                .allMatch(point -> point.evaluation().trainLoss() > target));
        assertTrue(job.end().isOver(whole.curve().points()));
        assertFalse(ended.isComplete(job("digits-classifier", "digits", EndRule.none())));
    }

    private static List<Curve.Point> points(Evaluation... evaluations) {
        return IntStream.range(0, evaluations.length)
                .mapToObj(i -> new Curve.Point(new Progress(i, i, i), evaluations[i]))
                .toList();
    }

    private static Evaluation evaluation(double loss, OptionalDouble error, OptionalDouble squared) {
        return new Evaluation(1, 0, OptionalDouble.of(loss), error, squared, OptionalDouble.empty());
    }

    @Test
    void theErrorDecidesBeforeTheSquaredErrorAndThatBeforeTheLoss() {
        OptionalDouble none = OptionalDouble.empty();
        OptionalDouble low = OptionalDouble.of(0.1);
        OptionalDouble high = OptionalDouble.of(0.2);
        assertTrue(RISE.isOver(points(evaluation(2, low, high), evaluation(1, high, low))));
        assertFalse(RISE.isOver(points(evaluation(1, low, low), evaluation(2, low, high))));
        assertTrue(RISE.isOver(points(evaluation(2, none, low), evaluation(1, none, high))));
        assertFalse(RISE.isOver(points(evaluation(1, none, high), evaluation(2, none, low))));
        assertTrue(RISE.isOver(points(evaluation(1, none, none), evaluation(2, none, none))));
        assertFalse(EndRule.none().isOver(points(evaluation(1, low, low), evaluation(2, high, high))));
    }
}
