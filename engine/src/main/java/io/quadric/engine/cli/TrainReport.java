package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.model.ModelEvaluation;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.engine.train.TrainingResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/// What a run came to, in words or in JSON.
///
/// @param setup what was trained
/// @param result how the run ended
/// @param trained the model
/// @param files what was written
record TrainReport(TrainSetup setup, TrainingResult result, TrainedModel trained, TrainFiles files) {
    void print(PrintWriter out, Optional<PrintWriter> json) {
        Optional<ModelEvaluation> validation = setup.validation().map(table -> ModelEvaluation.of(trained, table));
        out.println();
        out.println(Summary.table(List.of(new Summary.Row(setup.run().optimizer().recipe(), result))));
        validation.ifPresent(figures -> {
            out.println();
            out.println("best parameters on the " + figures.cases() + " rows that validate:");
            out.println(EvaluationText.summary(figures));
        });
        files.print(out);
        json.ifPresent(to -> to.println(json(validation)));
    }

    private ObjectNode json(Optional<ModelEvaluation> validation) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        write(setup.run(), node);
        write(result, node);
        node.put("parameters", trained.parameters().values().size());
        validation.ifPresent(figures -> EvaluationJson.figures(figures, node.putObject("validation")));
        files.out().ifPresent(file -> node.put("out", file.toString()));
        return node;
    }

    /// Which run it was.
    static void write(RunSpec run, ObjectNode node) {
        node.put("data", run.data()).put("model", run.model().name());
        node.put("optimizer", run.optimizer().recipe()).put("seed", run.plan().seed());
    }

    /// How a run ended, and how far it came.
    static void write(TrainingResult result, ObjectNode node) {
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
    }
}
