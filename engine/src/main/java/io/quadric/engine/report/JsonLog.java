package io.quadric.engine.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.file.Reason;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import io.quadric.engine.train.StepEvent;
import io.quadric.engine.train.TrainingListener;
import io.quadric.optim.StepOutcome;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A log with one JSON object a line: one for step 0, the parameters a run begins with, and one for each step.
///
/// - `epoch`: passes over the data, in fractions; `step`; `seconds` of training, without evaluation;
/// - `loss`: the objective with its penalty on the step's batch before the move; in step 0 on all training cases;
/// - in lines of evaluated steps `trainLoss` and `testLoss`, the mean losses after the move, without the penalty, which
///   is `penalty` if there is one, and for classification `testError`, the share of test cases not recognised; those of
///   the test only if there are test cases;
/// - if the method keeps an average of its parameters, these are figures of the average, and `parametersTrainLoss` is the
///   training loss at the parameters themselves;
/// - the method's own figures, such as `damping`; `stepSize` is 0 if the parameters were not moved, and `rejected`
///   says why.
///
/// A number that is not finite is `null`.
public final class JsonLog implements TrainingListener, AutoCloseable {
    private final Path file;
    private final Writer out;

    private JsonLog(Path file, Writer out) {
        this.file = file;
        this.out = out;
    }

    /// {@return an empty log, in place of an older one}
    ///
    /// @param file the path
    /// @throws InputException if it cannot be written
    public static JsonLog create(Path file) {
        return open(file, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /// {@return a log that appends to the lines that are there}
    ///
    /// @param file the path
    /// @throws InputException if it cannot be written
    public static JsonLog append(Path file) {
        return open(file, StandardOpenOption.APPEND);
    }

    private static JsonLog open(Path file, OpenOption option) {
        try {
            return new JsonLog(
                    file,
                    Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, option));
        } catch (IOException e) {
            throw new InputException(file + ": cannot be written (" + Reason.of(e) + "), expected a file for the log");
        }
    }

    @Override
    public void started(Progress at, Evaluation evaluation) {
        if (at.step() == 0) {
            ObjectNode line = line(at);
            number(line, "loss", evaluation.objective());
            evaluation(line, evaluation);
            write(line);
        }
    }

    @Override
    public void step(StepEvent event) {
        ObjectNode line = line(event.at());
        number(line, "loss", event.report().loss());
        event.evaluation().ifPresent(evaluation -> evaluation(line, evaluation));
        event.report().figures().forEach((name, value) -> number(line, name, value));
        if (event.report().outcome() instanceof StepOutcome.Rejected rejected) {
            line.put("rejected", rejected.reason());
        }
        write(line);
    }

    private static ObjectNode line(Progress at) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("epoch", at.epoch())
                .put("step", at.step())
                .put("seconds", Math.round(at.seconds() * 1e6) / 1e6);
    }

    private static void evaluation(ObjectNode line, Evaluation evaluation) {
        number(line, "trainLoss", evaluation.trainLoss());
        if (evaluation.penalty() != 0) {
            number(line, "penalty", evaluation.penalty());
        }
        evaluation.testLoss().ifPresent(value -> number(line, "testLoss", value));
        evaluation.testError().ifPresent(value -> number(line, "testError", value));
        evaluation.parametersTrainLoss().ifPresent(value -> number(line, "parametersTrainLoss", value));
    }

    private static void number(ObjectNode line, String name, double value) {
        if (Double.isFinite(value)) {
            line.put(name, value);
        } else {
            line.putNull(name);
        }
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
