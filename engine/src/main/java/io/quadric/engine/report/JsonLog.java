package io.quadric.engine.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.file.NamedPipe;
import io.quadric.engine.file.Reason;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import io.quadric.engine.train.StepEvent;
import io.quadric.engine.train.TrainingListener;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/// A log with one JSON object a line. The first one says what the run is: `format` ("quadric-log"), `version` (1),
/// method, seed, model and data. The others are one for step 0, the parameters a run begins with, and one for each
/// step:
///
/// - `epoch`: passes over the data, in fractions; `step`; `seconds` of training, without evaluation;
/// - `loss`: the objective with its penalty on the step's batch before the move; in step 0 on all training cases;
/// - in lines of evaluated steps `trainLoss` and `testLoss`, the mean losses after the move, without the penalty, which
///   is `penalty` if there is one, and for classification `testError`, the share of test cases not recognised, for an
///   autoencoder `testSquaredError`, the mean squared error of the numbers of its test cases; those of the test only if
///   there are test cases;
/// - there too, `norms`, the Euclidean norm of each array of parameters by its name, and `gradientNorms`, those of the
///   gradient of `loss`; without the latter if the end of the run came by a limit of seconds or by a rule;
/// - if the method keeps an average of its parameters, the losses and the error are of the average, and
///   `parametersTrainLoss` is the training loss at the parameters themselves;
/// - the method's own figures, such as `damping`; `stepSize` is 0 if the parameters were not moved, and `rejected`
///   says why.
///
/// A run that goes on by another method or with other hyper-parameters has a line more there, see [#changed].
///
/// A number that is not finite is `null`.
///
/// Two runs would write into each other's lines; who opens a log has the right to write it, see
/// [io.quadric.engine.file.WriteLock].
public final class JsonLog implements TrainingListener, AutoCloseable {
    private final Path file;
    private final Writer out;
    private final LayerNorms norms;
    private final boolean goesOn;

    private JsonLog(Path file, Writer out, LayerNorms norms, boolean goesOn) {
        this.file = file;
        this.out = out;
        this.norms = norms;
        this.goesOn = goesOn;
    }

    /// {@return a log with its first line, in place of an older one}
    ///
    /// @param file the path
    /// @param heading what the run is
    /// @param norms of its parameters
    /// @throws InputException if it cannot be written
    public static JsonLog create(Path file, ObjectNode heading, LayerNorms norms) {
        JsonLog log = open(file, false, norms);
        log.write(heading);
        return log;
    }

    /// {@return a log that appends to the lines that are there}
    ///
    /// @param file the path
    /// @param norms of the parameters of the run
    /// @throws InputException if it cannot be written
    public static JsonLog append(Path file, LayerNorms norms) {
        return open(file, true, norms);
    }

    private static JsonLog open(Path file, boolean goesOn, LayerNorms norms) {
        try {
            FileChannel out = FileChannel.open(
                    NamedPipe.refused(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (Files.isRegularFile(file)) {
                out.truncate(goesOn ? out.size() : 0).position(out.size());
            }
            return new JsonLog(file, Channels.newWriter(out, StandardCharsets.UTF_8), norms, goesOn);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be written (" + Reason.of(e) + "), expected a file for the log");
        }
    }

    @Override
    public void started(Progress at, Evaluation evaluation) {
        if (at.step() == 0 && !goesOn) {
            write(LogLine.started(at, evaluation, norms));
        }
    }

    @Override
    public void step(StepEvent event) {
        write(LogLine.step(event, norms));
    }

    /// Writes a line for a run that goes on with changes: `optimizer`, its `hyperParameters` other than the defaults,
    /// and in `resumed` what of its memory is kept.
    ///
    /// @param at where it goes on
    /// @param optimizer the recipe from here on
    /// @param values its hyper-parameters other than the defaults
    /// @param notes what is kept, begins anew and is dropped
    public void changed(Progress at, String optimizer, Map<String, String> values, List<String> notes) {
        ObjectNode line = LogLine.line(at).put("optimizer", optimizer);
        values.forEach(line.putObject("hyperParameters")::put);
        notes.forEach(line.putArray("resumed")::add);
        write(line);
    }

    private void write(ObjectNode line) {
        try {
            out.write(line.toString());
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw Reason.notWritten(file, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw Reason.notWritten(file, e);
        }
    }
}
