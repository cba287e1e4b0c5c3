package io.quadric.engine.tensorboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.InputException;
import io.quadric.engine.proto.ProtoMessage;
import io.quadric.engine.report.LayerNorms;
import io.quadric.engine.report.LogLine;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import io.quadric.engine.train.StepEvent;
import io.quadric.engine.train.TrainingListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;

/// The curves of a run as an event file, which TensorBoard shows: `loss/train`, `loss/test`, `loss/batch`,
/// `error/test`, `error/squared`, the method's own figures as `method/damping` and so on, and norms of the parameter
/// arrays and of their gradients as `norm/0.weight` and `gradient/0.weight`. A number that is not finite is left out.
///
/// An event file consists of records, each an `Event` in Protocol Buffers: time (field 1, seconds), step (2), and the
/// version of the format (3, in the first record) or a `Summary` (5) of values (1) with tag (1) and number (2).
public final class EventFile implements TrainingListener, AutoCloseable {
    private static final Map<String, String> TAGS = Map.of(
            "trainLoss", "loss/train",
            "testLoss", "loss/test",
            "loss", "loss/batch",
            "penalty", "loss/penalty",
            "testError", "error/test",
            "testSquaredError", "error/squared");
    private static final String VERSION = "brain.Event:2";

    private final RecordWriter out;
    private final LayerNorms norms;

    private EventFile(RecordWriter out, LayerNorms norms) {
        this.out = out;
        this.norms = norms;
    }

    /// {@return a new event file in a folder}, beside those of earlier parts of the same run
    ///
    /// @param folder made if it is missing
    /// @param norms of the run's parameters
    /// @throws InputException if it cannot be made
    public static EventFile create(Path folder, LayerNorms norms) {
        try {
            EventFile events = new EventFile(new RecordWriter(newFile(Files.createDirectories(folder))), norms);
            events.write(event().text(3, VERSION));
            return events;
        } catch (IOException e) {
            throw new InputException(folder + ": no folder that can be written, expected one for event files");
        }
    }

    /// TensorBoard takes the files of a folder in the order of their names. Another run may have made one at the same
    /// time.
    private static OutputStream newFile(Path folder) throws IOException {
        for (long now = System.currentTimeMillis();; now++) {
            Path file = folder.resolve(String.format(Locale.ROOT, "events.out.tfevents.%013d.quadric", now));
            try {
                return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
        }
    }

    private static ProtoMessage event() {
        return new ProtoMessage().real64(1, System.currentTimeMillis() / 1e3);
    }

    @Override
    public void started(Progress at, Evaluation evaluation) {
        if (at.step() == 0) {
            write(LogLine.started(at, evaluation, norms));
        }
    }

    @Override
    public void step(StepEvent event) {
        write(LogLine.step(event, norms));
    }

    private void write(JsonNode line) {
        ProtoMessage summary = new ProtoMessage();
        line.properties().forEach(member -> value(
                TAGS.getOrDefault(member.getKey(), "method/" + member.getKey()), member.getValue(), summary));
        line.path("norms").properties().forEach(
                member -> value("norm/" + member.getKey(), member.getValue(), summary));
        line.path("gradientNorms").properties().forEach(
                member -> value("gradient/" + member.getKey(), member.getValue(), summary));
        write(event().number(2, line.path("step").asLong()).message(5, summary));
    }

    private static void value(String tag, JsonNode number, ProtoMessage summary) {
        if (number.isNumber() && !tag.equals("method/step")) {
            summary.message(1, new ProtoMessage().text(1, tag).real(2, (float) number.asDouble()));
        }
    }

    private void write(ProtoMessage event) {
        try {
            out.write(event.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
