package io.quadric.engine.cli;

import io.quadric.engine.InputException;
import io.quadric.engine.checkpoint.CheckpointWriter;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.report.JsonLog;
import io.quadric.engine.report.LogFile;
import io.quadric.engine.train.Trainer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/// The files that `quadric train` writes.
final class TrainFiles {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The trained model, for predict, evaluate, describe and export.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--log", paramLabel = "FILE", description = "Log, a JSON object for each step.")
    private Optional<Path> log = Optional.empty();

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Checkpoint to go on from with --resume, written at the end and every --checkpoint-every "
                    + "seconds.")
    private Optional<Path> save = Optional.empty();

    @Option(
            names = "--checkpoint-every",
            paramLabel = "S",
            description = "Seconds between checkpoints (default: 30), the most that a kill loses. An interrupted run "
                    + "(Ctrl-C, SIGTERM) writes one in any case.")
    private double checkpointEvery = CheckpointWriter.INTERVAL_SECONDS;

    /// Before anything is written: that all can be, and are different files.
    void check(Optional<Path> resume, ReadFiles read) {
        Checks.notNegative("--checkpoint-every", checkpointEvery);
        byName().forEach(read::requireWritable);
        requireDifferent("--log and --save", log, save);
        requireDifferent("--log and --resume", log, resume);
        requireDifferent("--out and --log", out, log);
        requireDifferent("--out and --save", out, save);
        requireDifferent("--out and --resume", out, resume);
    }

    private Map<String, Path> byName() {
        Map<String, Path> files = new LinkedHashMap<>();
        log.ifPresent(file -> files.put("--log", file));
        save.ifPresent(file -> files.put("--save", file));
        out.ifPresent(file -> files.put("--out", file));
        return files;
    }

    private static void requireDifferent(String options, Optional<Path> one, Optional<Path> other) {
        if (one.isPresent() && absolute(one).equals(absolute(other))) {
            throw new InputException(options + " are both " + one.get() + ", expected different files");
        }
    }

    private static Optional<Path> absolute(Optional<Path> file) {
        return file.map(path -> path.toAbsolutePath().normalize());
    }

    static void requireWritable(String option, Path file) {
        try {
            OutputFile.requireWritable(file);
        } catch (InputException e) {
            throw e.at(option);
        }
    }

    Optional<Path> out() {
        return out;
    }

    /// Of a run that goes on from a step, the log up to that step stays.
    Optional<JsonLog> openLog(Optional<Long> step) {
        return log.map(file -> {
            if (step.isEmpty()) {
                return JsonLog.create(file);
            }
            OptionalLong last = LogFile.cut(file, step.get());
            if (last.isPresent() && last.getAsLong() != step.get()) {
                throw new InputException("--log: " + file + " ends at step " + last.getAsLong()
                        + ", expected the log of the run that stopped at step " + step.get() + ", or a new file");
            }
            return JsonLog.append(file);
        });
    }

    Optional<CheckpointWriter> checkpoints(RunSpec run, Trainer trainer) {
        return save.map(file -> new CheckpointWriter(file, run, trainer, checkpointEvery));
    }

    /// How an interrupted run goes on.
    String goesOn() {
        return save.map(file -> "'quadric train --resume " + file + "' goes on")
                .orElse("without --save there is no checkpoint to go on from");
    }

    /// Which files there are now.
    void print(PrintWriter to) {
        log.ifPresent(file -> to.println("log         " + file));
        save.ifPresent(file -> to.println("checkpoint  " + file));
        out.ifPresent(file -> to.println("model       " + file));
    }
}
