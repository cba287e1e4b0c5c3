package io.quadric.engine.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.experiment.Campaign;
import io.quadric.engine.experiment.OutcomeFile;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.engine.train.TrainingResult;

/// A run and its end as JSON.
public final class RunJson {
    private RunJson() {}

    /// Appends one of several runs.
    public static ObjectNode append(String label, RunSpec run, TrainingResult result, ArrayNode runs) {
        ObjectNode node = runs.addObject().put("label", label);
        write(run, node);
        write(result, node);
        return node;
    }

    /// Appends a run of a campaign, with what else the machine did.
    public static void append(Campaign.Done done, ArrayNode runs) {
        ObjectNode node = append(done.job().label(), done.job().run(), done.ended().result(), runs);
        done.ended().load().ifPresent(load -> OutcomeFile.write(load, node));
    }

    /// Which run it was.
    public static void write(RunSpec run, ObjectNode node) {
        node.put("data", run.data()).put("model", run.model().name());
        node.put("optimizer", run.optimizer().recipe()).put("seed", run.plan().seed());
        run.optimizer().values().forEach(node.putObject("hyperParameters")::put);
    }

    /// How a run ended, and how far it came.
    public static void write(TrainingResult result, ObjectNode node) {
        switch (result.outcome()) {
            case TrainingOutcome.Completed completed -> node.put("outcome", "completed");
            case TrainingOutcome.Stopped s -> node.put("outcome", "stopped").put("reason", s.reason());
            case TrainingOutcome.Stalled s -> node.put("outcome", "stalled").put("reason", s.reason());
            case TrainingOutcome.Failed f -> node.put("outcome", "failed").put("reason", f.reason());
        }
        node.put("steps", result.at().step()).put("epochs", result.at().epoch()).put("seconds", result.at().seconds());
        write(result.last(), node.putObject("last"));
    }

    private static void write(Evaluation evaluation, ObjectNode node) {
        EvaluationJson.number(node, "trainLoss", evaluation.trainLoss());
        evaluation.parametersTrainLoss()
                .ifPresent(value -> EvaluationJson.number(node, "parametersTrainLoss", value));
        evaluation.testLoss().ifPresent(value -> EvaluationJson.number(node, "testLoss", value));
        evaluation.testError().ifPresent(value -> EvaluationJson.number(node, "testError", value));
        evaluation.testSquaredError().ifPresent(value -> EvaluationJson.number(node, "testSquaredError", value));
    }
}
