package io.quadric.engine.cli.option;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.checkpoint.Checkpoint;
import io.quadric.engine.checkpoint.CheckpointWriter;
import io.quadric.engine.checkpoint.LogHeading;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.report.CgCurves;
import io.quadric.engine.report.JsonLog;
import io.quadric.engine.report.LayerNorms;
import io.quadric.engine.report.LogFile;
import io.quadric.engine.tensorboard.EventFile;
import io.quadric.engine.train.Trainer;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The files that `quadric train` writes.
public final class TrainFiles {
    private static final String SAVE = "--save";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The trained model, for predict, evaluate, describe and export.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--log", paramLabel = "FILE", description = "Log, a JSON object for each step.")
    private Optional<Path> log = Optional.empty();

    @Option(
            names = SAVE,
            paramLabel = "FILE",
            description = "Checkpoint to go on from with --resume, written at the end and every --checkpoint-every "
                    + "seconds.")
    private Optional<Path> save = Optional.empty();

    @Option(
            names = "--cg-curves",
            paramLabel = "FILE",
            description = "The objective and its quadratic model by iteration of conjugate gradients, as CSV and, for "
                    + "the last step, as FILE.png; for the Hessian-free methods without blocks. Slows training down.")
    private Optional<Path> cgCurves = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Report with curves, settings and provenance, one HTML file that needs no network.")
    private Optional<Path> report = Optional.empty();

    @Mixin
    private TensorBoardOption tensorBoard = new TensorBoardOption();

    @Option(names = "--overwrite", description = "Lets --log replace a file that is there.")
    private boolean overwrite;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "S",
            description = "Seconds between checkpoints (default: 30), the most that a kill loses. An interrupted run "
                    + "(Ctrl-C, SIGTERM) writes one in any case.")
    @Range(from = 0)
    private double checkpointEvery = CheckpointWriter.INTERVAL_SECONDS;

    /// Before anything is read or written: that all can be written, and are different files.
    ///
    /// @return the right to write them, until the run has ended
    public ClaimedFiles claim(Optional<Path> resume, ReadFiles read) {
        Map<String, Path> files = byName();
        tensorBoard.check();
        List<String> names = List.copyOf(files.keySet());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Path file = files.get(name);
            names.subList(0, i).forEach(other -> requireDifferent(other + " and " + name, files.get(other), file));
            if (!name.equals(SAVE)) {
                resume.ifPresent(from -> requireDifferent(name + " and --resume", from, file));
            }
        }
        ClaimedFiles claimed = read.claim(files);
        if (resume.isEmpty() && !overwrite && log.filter(Files::isRegularFile).isPresent()) {
            claimed.close();
            throw new InputException("--log: " + log.get() + ": there is such a file, expected the name of a new one, "
                    + "--overwrite to replace it, or --resume to go on in it");
        }
        return claimed;
    }

    private Map<String, Path> byName() {
        Map<String, Path> files = new LinkedHashMap<>();
        log.ifPresent(file -> files.put("--log", file));
        save.ifPresent(file -> files.put(SAVE, file));
        out.ifPresent(file -> files.put("--out", file));
        cgCurves.ifPresent(file -> {
            files.put("--cg-curves", file);
            files.put("the picture of --cg-curves", CgCurves.picture(file));
        });
        report.ifPresent(file -> files.put("--report", file));
        return files;
    }

    private static void requireDifferent(String options, Path one, Path other) {
        if (OutputFile.isSame(one, other)) {
            throw new InputException(options + " are both " + other + ", expected different files");
        }
    }

    public Optional<Path> out() {
        return out;
    }

    public Optional<CgCurves> curves() {
        return cgCurves.map(CgCurves::new);
    }

    public Optional<Path> report() {
        return report;
    }

    /// The lines that a log has before the run goes on: those up to the step from which it does.
    public List<JsonNode> logSoFar(RunSpec run, Optional<Checkpoint> checkpoint) {
        if (checkpoint.isEmpty() || log.filter(Files::isRegularFile).isEmpty()) {
            return List.of();
        }
        Path file = log.get();
        List<JsonNode> lines = LogFile.lines(file);
        LogHeading.difference(run, LogFile.heading(file)).ifPresent(difference -> {
            throw new InputException("--log: " + file + ": is of another run, whose " + difference
                    + "; expected the log of the run that goes on");
        });
        long step = checkpoint.get().snapshot().at().step();
        return lines.stream().filter(line -> line.path("step").asLong() <= step).toList();
    }

    /// Of a run that goes on from a step, the log up to that step stays; others begin with a heading.
    public Optional<JsonLog> openLog(ObjectNode heading, Trainer trainer, boolean goesOn) {
        LayerNorms norms = LayerNorms.of(trainer.parameters());
        return log.map(file -> {
            if (!goesOn) {
                return JsonLog.create(file, heading, norms);
            }
            long step = trainer.at().step();
            OptionalLong last = LogFile.cut(file, step);
            if (last.isPresent() && last.getAsLong() != step) {
                throw new InputException("--log: " + file + " ends at step " + last.getAsLong()
                        + ", expected the log of the run that stopped at step " + step + ", or a new file");
            }
            return last.isPresent()
                    ? JsonLog.append(file, norms)
                    : JsonLog.create(file, heading, norms);
        });
    }

    public Optional<EventFile> events(Trainer trainer) {
        return tensorBoard.open(trainer);
    }

    public Optional<CheckpointWriter> checkpoints(RunSpec run, Trainer trainer) {
        return save.map(file -> new CheckpointWriter(file, run, trainer, checkpointEvery));
    }

    /// How an interrupted run goes on.
    public String goesOn() {
        return save.map(file -> "'quadric train --resume " + file + "' goes on")
                .orElse("without --save there is no checkpoint to go on from");
    }

    /// Which files there are now.
    public void print(PrintWriter to) {
        log.ifPresent(file -> to.println("log         " + file));
        save.ifPresent(file -> to.println("checkpoint  " + file));
        out.ifPresent(file -> to.println("model       " + file));
        cgCurves.ifPresent(file -> to.println("curves      " + file + "  " + CgCurves.picture(file)));
        report.ifPresent(file -> to.println("report      " + file));
    }
}
