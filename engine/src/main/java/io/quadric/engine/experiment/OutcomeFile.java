package io.quadric.engine.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.file.NamedPipe;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.file.Reason;
import io.quadric.engine.report.MachineLoad;
import io.quadric.engine.train.TrainingOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The file that says how a run ended, a line of JSON: `outcome`, its `reason` where it has one, `seed`, and `machine`
/// with `threads`, `wallSeconds`, `cpuSeconds`, `loadBefore` and `loadAfter`, the last three as far as the system tells
/// them.
public final class OutcomeFile {
    private static final String SEED = "seed";
    private static final String MACHINE = "machine";

    private OutcomeFile() {}

    /// Writes one, in place of what is there.
    ///
    /// @param file where to
    /// @param end how the run ended
    public static void write(Path file, RunEnd end) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (end.outcome()) {
            case TrainingOutcome.Completed c -> node.put("outcome", "completed");
            case TrainingOutcome.Stalled s -> node.put("outcome", "stalled").put("reason", s.reason());
            case TrainingOutcome.Stopped s -> node.put("outcome", "stopped").put("reason", s.reason());
            case TrainingOutcome.Failed f -> node.put("outcome", "failed").put("reason", f.reason());
        }
        end.seed().ifPresent(seed -> node.put(SEED, seed));
        end.load().ifPresent(load -> write(load, node));
        OutputFile.write(file, out -> out.write((node + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /// Adds what the machine did during a run, as the member `machine`.
    ///
    /// @param load what was measured
    /// @param run of the run
    public static void write(MachineLoad load, ObjectNode run) {
        ObjectNode node = run.putObject(MACHINE);
        node.put("threads", load.threads()).put("wallSeconds", load.wallSeconds());
        load.cpuSeconds().ifPresent(value -> node.put("cpuSeconds", value));
        load.before().ifPresent(value -> node.put("loadBefore", value));
        load.after().ifPresent(value -> node.put("loadAfter", value));
    }

    /// {@return how the run ended}
    ///
    /// @param file written by [#write], also by an earlier version
    /// @throws InputException if it cannot be read or is something else
    public static RunEnd read(Path file) {
        try {
            JsonPart part = JsonPart.parse(Files.readString(NamedPipe.refused(file)));
            OptionalLong seed = part.optional(SEED).map(OutcomeFile::whole).orElse(OptionalLong.empty());
            return new RunEnd(outcome(part), seed, part.optional(MACHINE).map(OutcomeFile::load));
        } catch (InputException e) {
            throw e.at(file.toString());
        } catch (IOException e) {
            throw Reason.notRead(file, e);
        }
    }

    private static OptionalLong whole(JsonPart part) {
        if (!part.node().canConvertToExactIntegral() || !part.node().canConvertToLong()) {
            throw part.unexpected("a whole number");
        }
        return OptionalLong.of(part.node().longValue());
    }

    private static TrainingOutcome outcome(JsonPart part) {
        String reason = part.optional("reason").map(JsonPart::text).orElse("");
        return switch (part.member("outcome").text()) {
            case "completed" -> new TrainingOutcome.Completed();
            case "stalled" -> new TrainingOutcome.Stalled(reason);
            case "stopped" -> new TrainingOutcome.Stopped(reason);
            case "failed" -> new TrainingOutcome.Failed(reason);
            default -> throw part.member("outcome").unexpected("completed, stalled, stopped or failed");
        };
    }

    private static MachineLoad load(JsonPart part) {
        return new MachineLoad(
                amount(part.optional("loadBefore")),
                amount(part.optional("loadAfter")),
                part.member("threads").size(),
                amount(Optional.of(part.member("wallSeconds"))).orElse(0),
                amount(part.optional("cpuSeconds")));
    }

    private static OptionalDouble amount(Optional<JsonPart> part) {
        part.filter(amount -> amount.number() < 0).ifPresent(amount -> {
            throw amount.unexpected("a number of at least 0");
        });
        return part.map(amount -> OptionalDouble.of(amount.number())).orElse(OptionalDouble.empty());
    }
}
