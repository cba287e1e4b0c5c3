package io.quadric.engine.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.file.NamedPipe;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.file.Reason;
import io.quadric.engine.train.TrainingOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file that says how a run ended, a line of JSON.
public final class OutcomeFile {
    private OutcomeFile() {}

    /// Writes one, in place of what is there.
    ///
    /// @param file where to
    /// @param outcome how the run ended
    public static void write(Path file, TrainingOutcome outcome) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (outcome) {
            case TrainingOutcome.Completed c -> node.put("outcome", "completed");
            case TrainingOutcome.Stalled s -> node.put("outcome", "stalled").put("reason", s.reason());
            case TrainingOutcome.Stopped s -> node.put("outcome", "stopped").put("reason", s.reason());
            case TrainingOutcome.Failed f -> node.put("outcome", "failed").put("reason", f.reason());
        }
        OutputFile.write(file, out -> out.write((node + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /// {@return how the run ended}
    ///
    /// @param file written by [#write]
    /// @throws InputException if it cannot be read or is something else
    public static TrainingOutcome read(Path file) {
        try {
            JsonPart part = JsonPart.parse(Files.readString(NamedPipe.refused(file)));
            String reason = part.optional("reason").map(JsonPart::text).orElse("");
            return switch (part.member("outcome").text()) {
                case "completed" -> new TrainingOutcome.Completed();
                case "stalled" -> new TrainingOutcome.Stalled(reason);
                case "stopped" -> new TrainingOutcome.Stopped(reason);
                case "failed" -> new TrainingOutcome.Failed(reason);
                default -> throw part.member("outcome").unexpected("completed, stalled, stopped or failed");
            };
        } catch (InputException e) {
            throw e.at(file.toString());
        } catch (IOException e) {
            throw Reason.notRead(file, e);
        }
    }
}
