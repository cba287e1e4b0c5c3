package io.quadric.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.file.NamedPipe;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.file.Reason;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/// Reads what [JsonLog] wrote.
public final class LogFile {
    /// What the first line of a log has as its `format`.
    public static final String FORMAT = "quadric-log";

    /// The latest version of the format.
    public static final int VERSION = 1;

    private LogFile() {}

    /// {@return the first line of a log, which says what the run is, if it has one}
    ///
    /// @param file the path
    /// @throws InputException if it cannot be read
    public static Optional<JsonNode> heading(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(NamedPipe.refused(file))) {
            return Optional.ofNullable(reader.readLine()).filter(LogFile::isHeading).map(line -> JsonPart.parse(line)
                    .node());
        } catch (IOException e) {
            throw Reason.notRead(file, e);
        }
    }

    private static boolean isHeading(String line) {
        return line.startsWith("{\"format\":\"" + FORMAT + "\"") && line.endsWith("}");
    }

    /// {@return the complete lines of steps}; a last one without its end, as a process leaves it that is killed, is not
    /// one.
    ///
    /// @param file the path
    /// @throws InputException if it cannot be read, a line is no object in JSON with a step, or the steps are not those
    ///     of a run, one after the other
    public static List<JsonNode> lines(Path file) {
        List<JsonNode> lines = new ArrayList<>();
        read(file, (text, line) -> {
            if (!isChange(line)) {
                lines.add(line);
            }
        });
        return lines;
    }

    /// Removes the lines after a step, and an incomplete line, of a run that goes on from that step. A file that is
    /// missing, or is a device or a pipe, is left as it is.
    ///
    /// @param file the path
    /// @param step the last one that stays
    /// @return the last step that is there then, if there is one
    /// @throws InputException if it cannot be read or is no log
    public static OptionalLong cut(Path file, long step) {
        if (!Files.isRegularFile(file)) {
            return OptionalLong.empty();
        }
        StringBuilder kept = new StringBuilder();
        heading(file).ifPresent(line -> kept.append(line).append('\n'));
        List<Long> steps = new ArrayList<>();
        read(file, (text, line) -> {
            if (line.get("step").longValue() <= step) {
                kept.append(text).append('\n');
                steps.add(line.get("step").longValue());
            }
        });
        OutputFile.write(file, out -> out.write(kept.toString().getBytes(StandardCharsets.UTF_8)));
        return steps.isEmpty() ? OptionalLong.empty() : OptionalLong.of(steps.getLast());
    }

    private static void read(Path file, BiConsumer<String, JsonNode> each) {
        try {
            String all = Files.readString(NamedPipe.refused(file));
            String[] texts = all.substring(0, all.lastIndexOf('\n') + 1).split("\n");
            long next = -1;
            int first = isHeading(texts[0]) ? 1 : 0;
            requireVersion(file, heading(file));
            for (int i = first; i < texts.length && !texts[0].isEmpty(); i++) {
                next = step(texts[i], next, file + ", line " + (i + 1), each);
            }
        } catch (IOException e) {
            throw Reason.notRead(file, e);
        }
    }

    private static void requireVersion(Path file, Optional<JsonNode> heading) {
        int version = heading.map(line -> line.path("version").asInt()).orElse(VERSION);
        if (version > VERSION) {
            throw new InputException(file + ": a log of version " + version + ", expected at most " + VERSION);
        }
    }

    /// The line of a run that went on with changes has the step after which it did.
    private static boolean isChange(JsonNode line) {
        return line.has("resumed");
    }

    /// Reads a line.
    ///
    /// @param expected its step; -1 for any
    /// @return the step of the line after it
    private static long step(String text, long expected, String place, BiConsumer<String, JsonNode> each) {
        try {
            JsonNode line = JsonPart.parse(text).node();
            JsonNode step = line.path("step");
            long due = isChange(line) ? expected - 1 : expected;
            if (!step.isIntegralNumber() || step.longValue() < 0 || (expected >= 0 && step.longValue() != due)) {
                throw new InputException((step.isMissingNode() ? "no step" : "step " + step) + ", expected "
                        + (expected < 0 ? "the log of a run" : "step " + due));
            }
            each.accept(text, line);
            return step.longValue() + 1;
        } catch (InputException e) {
            throw e.at(place);
        }
    }

    /// {@return the evaluations in a log}
    ///
    /// @param name of the run
    /// @param lines of its log
    public static Curve curve(String name, List<JsonNode> lines) {
        Curve curve = new Curve(name);
        for (JsonNode line : lines) {
            if (line.has("trainLoss")) {
                Progress at = new Progress(
                        line.path("step").asLong(),
                        line.path("epoch").asDouble(),
                        line.path("seconds").asDouble());
                curve.started(at, evaluation(line));
            }
        }
        return curve;
    }

    private static Evaluation evaluation(JsonNode line) {
        return new Evaluation(
                line.path("trainLoss").asDouble(Double.NaN),
                line.path("penalty").asDouble(0),
                optional(line, "testLoss"),
                optional(line, "testError"),
                optional(line, "testSquaredError"),
                optional(line, "parametersTrainLoss"));
    }

    private static OptionalDouble optional(JsonNode line, String name) {
        return line.has(name) ? OptionalDouble.of(line.get(name).asDouble(Double.NaN)) : OptionalDouble.empty();
    }

    /// {@return the sum of a figure over all steps, if it is there}
    ///
    /// @param lines of a log
    /// @param figure its name
    public static OptionalDouble sum(List<JsonNode> lines, String figure) {
        List<JsonNode> with = lines.stream().filter(line -> line.has(figure)).toList();
        return with.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(with.stream().mapToDouble(line -> line.get(figure).asDouble()).sum());
    }
}
