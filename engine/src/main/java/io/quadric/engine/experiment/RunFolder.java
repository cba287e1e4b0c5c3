package io.quadric.engine.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.InputException;
import io.quadric.engine.checkpoint.Checkpoint;
import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.checkpoint.CheckpointWriter;
import io.quadric.engine.checkpoint.LogHeading;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.report.Curve;
import io.quadric.engine.report.JsonLog;
import io.quadric.engine.report.LayerNorms;
import io.quadric.engine.report.LogFile;
import io.quadric.engine.report.MachineLoad;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.Stop;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingListener;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.engine.train.TrainingResult;
import io.quadric.engine.train.TrainingSetup;
import io.quadric.linalg.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/// A folder of runs that go on where they stopped, bit for bit, also after a kill. Each run has three files, named
/// after its label: `.checkpoint`, `.log`, which is [JsonLog]'s, and, once it has ended, `.end`, an [OutcomeFile]. A
/// run whose log is missing, or ends before the checkpoint, begins again.
///
/// @param path the folder
/// @param interval seconds between checkpoints
public record RunFolder(Path path, double interval) {
    private static final int LONGEST_NAME = 100;
    private static final int DIGEST_BYTES = 5;

    /// With a checkpoint every half minute.
    ///
    /// @param path the folder
    public RunFolder(Path path) {
        this(path, CheckpointWriter.INTERVAL_SECONDS);
    }

    /// A run to be made.
    ///
    /// @param label of the run
    /// @param run what it is
    /// @param dataset its data
    /// @param schedule how far it should come
    /// @param end what ends it before
    public record Job(String label, RunSpec run, Dataset dataset, Schedule schedule, EndRule end) {
        /// With the limits of the schedule alone.
        ///
        /// @param label of the run
        /// @param run what it is
        /// @param dataset its data
        /// @param schedule how far it should come
        public Job(String label, RunSpec run, Dataset dataset, Schedule schedule) {
            this(label, run, dataset, schedule, EndRule.none());
        }
    }

    /// What a run came to, and how.
    ///
    /// @param result its end
    /// @param curve its evaluations
    /// @param lines of its log
    /// @param load of the machine meanwhile; empty if an earlier version made the run
    public record Ended(
            TrainingResult result, Curve curve, List<JsonNode> lines, Optional<MachineLoad> load) {
        /// {@return whether it has come as far as the job wants, or cannot go on}
        ///
        /// @param job the run
        public boolean isComplete(Job job) {
            return result.outcome() instanceof TrainingOutcome.Stalled
                    || job.schedule().isOver(result.at(), result.last())
                    || job.end().isOver(curve.points());
        }
    }

    /// {@return the label as the name of a file}; different labels have different names.
    ///
    /// @param label of a run
    public static String fileName(String label) {
        String plain = label.replaceAll("[^A-Za-z0-9.=_+-]+", "-").replaceAll("^[-.]+|-+$", "");
        boolean same = plain.equals(label) && !label.isEmpty() && label.length() <= LONGEST_NAME;
        return same ? label : plain.substring(0, Math.min(plain.length(), LONGEST_NAME)) + "-" + digest(label);
    }

    private static String digest(String label) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(label.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file(String label, String extension) {
        return path.resolve(fileName(label) + extension);
    }

    /// {@return where the run ended when it was last made, if it was}
    ///
    /// @param job the run
    /// @throws InputException if the folder has another run by that label
    public Optional<Ended> ended(Job job) {
        String label = job.label();
        boolean files = Stream.of(".end", ".checkpoint", ".log")
                .allMatch(extension -> Files.exists(file(label, extension)));
        if (!files) {
            return Optional.empty();
        }
        checkpoint(job);
        return Optional.of(read(label));
    }

    /// {@return what the run came to}; it begins, or goes on from its checkpoint.
    ///
    /// @param job the run
    /// @param ws threads and scratch
    /// @param listeners makes listeners for the trainer, which are told beside the files
    /// @param stop asked after every step
    /// @throws InputException if the folder has another run by that label
    public Ended train(Job job, Workspace ws, Function<Trainer, List<TrainingListener>> listeners, Stop stop) {
        TrainingSetup setup = job.run().on(job.dataset());
        Path log = file(job.label(), ".log");
        Optional<Checkpoint> from = checkpoint(job).filter(checkpoint -> isLoggedTo(checkpoint, log));
        Trainer trainer = from.map(checkpoint -> new Trainer(setup, checkpoint.snapshot(), ws))
                .orElseGet(() -> new Trainer(setup, ws));
        LayerNorms norms = LayerNorms.of(trainer.parameters());
        try (JsonLog lines = from.isPresent()
                ? JsonLog.append(log, norms)
                : JsonLog.create(log, LogHeading.of(job.run()), norms)) {
            List<TrainingListener> all = new ArrayList<>(listeners.apply(trainer));
            all.add(lines);
            all.add(new CheckpointWriter(file(job.label(), ".checkpoint"), job.run(), trainer, interval));
            Optional<MachineLoad> before = from.flatMap(checkpoint -> loadBefore(job));
            MachineLoad.Meter meter = MachineLoad.meter(ws.threads());
            Stop end = job.end().stop(lastEvaluation(from.isPresent(), log, trainer));
            TrainingResult result = trainer.train(job.schedule(), all, Stop.any(List.of(end, stop)));
            MachineLoad load = meter.load();
            OutcomeFile.write(file(job.label(), ".end"), new RunEnd(
                    result.outcome(), OptionalLong.of(job.run().plan().seed()),
                    Optional.of(before.map(earlier -> earlier.and(load)).orElse(load))));
        }
        return read(job.label());
    }

    /// Of a run that goes on, the last one in its log. The trainer's own is of the checkpoint, a step at which a run
    /// without interruption need not be evaluated.
    private static Evaluation lastEvaluation(boolean goesOn, Path log, Trainer trainer) {
        List<Curve.Point> points = goesOn ? LogFile.curve("", LogFile.lines(log)).points() : List.of();
        return points.isEmpty() ? trainer.evaluation() : points.getLast().evaluation();
    }

    /// That of a run that goes on, as far as it has ended before.
    private Optional<MachineLoad> loadBefore(Job job) {
        Path end = file(job.label(), ".end");
        return Files.exists(end) ? OutcomeFile.read(end).load() : Optional.empty();
    }

    /// What the log has after the checkpoint is removed; one that ends before it is of no use.
    private static boolean isLoggedTo(Checkpoint checkpoint, Path log) {
        long step = checkpoint.snapshot().at().step();
        return LogFile.cut(log, step).equals(OptionalLong.of(step));
    }

    private Optional<Checkpoint> checkpoint(Job job) {
        Path file = file(job.label(), ".checkpoint");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Checkpoint checkpoint = CheckpointFile.read(file);
        job.run().difference(checkpoint.run()).ifPresent(difference -> {
            throw new InputException(file + ": is of another run, whose " + difference + "; expected another folder");
        });
        try {
            checkpoint.requireData(job.dataset());
        } catch (InputException e) {
            throw e.at(file.toString());
        }
        return Optional.of(checkpoint);
    }

    private Ended read(String label) {
        List<JsonNode> lines = LogFile.lines(file(label, ".log"));
        Curve curve = LogFile.curve(label, lines);
        if (curve.points().isEmpty()) {
            throw new InputException(file(label, ".log") + ": has no evaluation, expected the log of a run");
        }
        Curve.Point first = curve.points().getFirst();
        Curve.Point last = curve.points().getLast();
        RunEnd end = OutcomeFile.read(file(label, ".end"));
        TrainingResult result = new TrainingResult(end.outcome(), last.at(), first.evaluation(), last.evaluation());
        return new Ended(result, curve, lines, end.load());
    }
}
