package io.quadric.engine.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import io.quadric.engine.train.StepEvent;
import io.quadric.optim.StepOutcome;

/// The lines of a log; [JsonLog] says what is in them.
public final class LogLine {
    private LogLine() {}

    /// {@return the line of step 0}
    ///
    /// @param at where the run begins
    /// @param evaluation of its first parameters
    /// @param norms of the parameters
    public static ObjectNode started(Progress at, Evaluation evaluation, LayerNorms norms) {
        ObjectNode line = line(at);
        number(line, "loss", evaluation.objective());
        evaluation(line, evaluation);
        norms.write(line);
        return line;
    }

    /// {@return the line of a step}
    ///
    /// @param event the step
    /// @param norms of the parameters, for the line of an evaluated step
    public static ObjectNode step(StepEvent event, LayerNorms norms) {
        ObjectNode line = line(event.at());
        number(line, "loss", event.report().loss());
        event.evaluation().ifPresent(evaluation -> evaluation(line, evaluation));
        event.report().figures().forEach((name, value) -> number(line, name, value));
        if (event.report().outcome() instanceof StepOutcome.Rejected rejected) {
            line.put("rejected", rejected.reason());
        }
        if (event.evaluation().isPresent()) {
            norms.write(line);
            norms.write(event.gradientNorms(), line);
        }
        return line;
    }

    /// The beginning of every line.
    static ObjectNode line(Progress at) {
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
        evaluation.testSquaredError().ifPresent(value -> number(line, "testSquaredError", value));
        evaluation.parametersTrainLoss().ifPresent(value -> number(line, "parametersTrainLoss", value));
    }

    static void number(ObjectNode line, String name, double value) {
        if (Double.isFinite(value)) {
            line.put(name, value);
        } else {
            line.putNull(name);
        }
    }
}
