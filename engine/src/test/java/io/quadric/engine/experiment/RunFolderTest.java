package io.quadric.engine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.experiment.Entry.Subject;
import io.quadric.engine.experiment.RunFolder.Ended;
import io.quadric.engine.experiment.RunFolder.Job;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.Presets;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.StepEvent;
import io.quadric.engine.train.Stop;
import io.quadric.engine.train.TrainingListener;
import io.quadric.linalg.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that are killed go on bit for bit.
class RunFolderTest {
    private static final long STEPS = 9;

    @TempDir
    private Path temp;

    private Job job(long steps, String... settings) {
        Subject subject = new Subject("digits", Presets.named("digits-classifier"), Initialization.GLOROT);
        Entry entry = new Entry("K-BFGS (L)", subject, 500, "kbfgs-l", settings).withL2(1e-4);
        Dataset dataset = entry.model().load(entry.data(), entry.precision());
        return new Job(entry.label(), entry.run(dataset, 7, Schedule.steps(steps)), dataset, Schedule.steps(steps));
    }

    private Ended train(RunFolder folder, Job job, TrainingListener... listeners) {
        try (Workspace ws = Workspace.serial()) {
            return folder.train(job, ws, trainer -> List.of(listeners), Stop.never());
        }
    }

    private RunFolder folder(String name) throws IOException {
        return new RunFolder(Files.createDirectories(temp.resolve(name)), 0);
    }

    /// Stops a run in the middle of a step's reports, before its line and its checkpoint are written.
    private record Kill(long step) implements TrainingListener {
        @Override
        public void step(StepEvent event) {
            if (event.at().step() == step) {
                throw new IllegalStateException("killed");
            }
        }
    }

    @Test
    void aKilledRunGoesOnBitForBit() throws IOException {
        RunFolder whole = folder("whole");
        RunFolder parts = folder("parts");
        Ended expected = train(whole, job(STEPS));
        for (long step : new long[]{2, 5, 8}) {
            assertThrows(IllegalStateException.class, () -> train(parts, job(STEPS), new Kill(step)));
            assertEquals(Optional.empty(), parts.ended(job(STEPS)));
            Files.writeString(log(parts), "{\"epoch\":1,\"st", StandardOpenOption.APPEND);
        }
        Ended actual = train(parts, job(STEPS));
        expected.lines().forEach(line -> ((ObjectNode) line).remove("seconds"));
        actual.lines().forEach(line -> ((ObjectNode) line).remove("seconds"));
        assertEquals(expected.lines(), actual.lines());
        assertEquals(parameters(whole), parameters(parts));
        Ended stands = parts.ended(job(STEPS)).orElseThrow();
        assertTrue(stands.isComplete(job(STEPS)) && !stands.isComplete(job(STEPS + 1)));
    }

    /// A run is known by all its hyper-parameters, given or not.
    @Test
    void defaultsThatAreGivenMakeNoOtherRun() throws IOException {
        RunFolder folder = folder("defaults");
        train(folder, job(STEPS));
        assertTrue(folder.ended(job(STEPS, "learningRate=0.03", "memory=100")).isPresent());
        String message = assertThrows(InputException.class, () -> folder.ended(job(STEPS, "learningRate=0.01")))
                .getMessage();
        assertTrue(message.contains("whose learningRate is \"0.03\" and not \"0.01\""), message);
    }

    private static Path log(RunFolder folder) {
        return folder.path().resolve(RunFolder.fileName("K-BFGS (L)") + ".log");
    }

    @Test
    void aRunWhoseLogIsMissingOrTooShortBeginsAgain() throws IOException {
        RunFolder folder = folder("shortened");
        Ended whole = train(folder, job(4));
        Files.write(log(folder), Files.readAllLines(log(folder)).subList(0, 3));
        assertEquals(whole.lines().size(), train(folder, job(4)).lines().size());
        Files.delete(log(folder));
        assertEquals(Optional.empty(), folder.ended(job(4)));
        assertEquals(whole.lines().size(), train(folder, job(4)).lines().size());
    }

    @Test
    void differentLabelsAreDifferentFiles() {
        List<String> labels = List.of("rate=1e-3 seed=1", "rate=1e+3 seed=1", "rate=1e-3  seed=1", "rate=1e-3-seed=1",
                "a/b",
                "a-b", "a:b", "..", ".", "", "x".repeat(300), "x".repeat(301), "ä", "ö");
        List<String> names = labels.stream().map(RunFolder::fileName).distinct().toList();
        assertEquals(labels.size(), names.size(), names::toString);
        assertTrue(names.stream().allMatch(name -> name.matches("[A-Za-z0-9=_+][A-Za-z0-9.=_+-]{0,120}|-[0-9a-f]{10}")),
                names::toString);
    }

    private static List<Double> parameters(RunFolder folder) {
        double[] values = CheckpointFile.read(folder.path().resolve(RunFolder.fileName("K-BFGS (L)") + ".checkpoint"))
                .snapshot().parameters().toArray();
        return Arrays.stream(values).boxed().toList();
    }

    @Test
    void aWarmUpChangesNothing() throws IOException {
        Job job = job(2);
        try (Workspace ws = Workspace.serial()) {
            new JitWarmUp(0.2).accept(job.run(), job.dataset(), ws);
            RunFolder folder = folder("warm");
            folder.train(job, ws, trainer -> List.of(), Stop.never());
            train(folder("cold"), job);
        }
        assertEquals(parameters(new RunFolder(temp.resolve("cold"))), parameters(new RunFolder(temp.resolve("warm"))));
    }

    @Test
    void aReachedGoalEndsARun() throws IOException {
        Job job = job(200);
        Job easy = new Job(job.label(), job.run(), job.dataset(), job.schedule().withGoal(0.5));
        RunFolder folder = folder("goal");
        Ended ended = train(folder, easy);
        assertTrue(ended.result().last().testError().orElseThrow() < 0.5 && ended.result().at().step() < 200);
        assertTrue(ended.isComplete(easy) && !ended.isComplete(job));
    }
}
