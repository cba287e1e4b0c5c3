package io.quadric.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.InputException;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.json.ModelJson;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Reads what [JsonLog] wrote.
public final class LogFile {
    private LogFile() {}

    /// {@return the lines}
    ///
    /// @param file the path
    /// @throws InputException if a line is no object in JSON
    public static List<JsonNode> lines(Path file) {
        try {
            List<JsonNode> lines = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                lines.add(ModelJson.document(line));
            }
            return lines;
        } catch (InputException e) {
            throw e.at(file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes the lines after a step, and a line that was not completed, of a run that goes on from that step.
    ///
    /// @param file the path
    /// @param step the last one that stays
    public static void cut(Path file, long step) {
        try {
            StringBuilder kept = new StringBuilder();
            for (String line : Files.readString(file).split("(?<=\n)")) {
                if (line.endsWith("}\n") && ModelJson.document(line).path("step").asLong() <= step) {
                    kept.append(line);
                }
            }
            OutputFile.write(file, out -> out.write(kept.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
                optional(line, "testError"));
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
