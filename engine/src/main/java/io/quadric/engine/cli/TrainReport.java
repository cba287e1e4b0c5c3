package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.cli.option.TrainFiles;
import io.quadric.engine.cli.output.EvaluationJson;
import io.quadric.engine.cli.output.EvaluationText;
import io.quadric.engine.cli.output.RunJson;
import io.quadric.engine.cli.output.Summary;
import io.quadric.engine.model.ModelEvaluation;
import io.quadric.engine.model.TrainedModel;
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
        RunJson.write(setup.run(), node);
        RunJson.write(result, node);
        node.put("parameters", trained.parameters().values().size());
        validation.ifPresent(figures -> EvaluationJson.figures(figures, node.putObject("validation")));
        files.out().ifPresent(file -> node.put("out", file.toString()));
        return node;
    }
}
