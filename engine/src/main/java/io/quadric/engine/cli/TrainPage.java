package io.quadric.engine.cli;

import io.quadric.engine.cli.output.EvaluationText;
import io.quadric.engine.html.HtmlReport;
import io.quadric.engine.html.Part;
import io.quadric.engine.html.RunGroup;
import io.quadric.engine.html.RunParts;
import io.quadric.engine.metric.ClassPredictions;
import io.quadric.engine.model.ModelEvaluation;
import io.quadric.engine.model.TestCases;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.report.RunHistory;
import io.quadric.engine.report.Text;
import io.quadric.engine.table.Table;
import io.quadric.engine.train.TrainingResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The report of `quadric train` on a run.
///
/// @param setup what was trained
/// @param result how the run ended
/// @param trained the model
/// @param history of the run
/// @param command that was given
record TrainPage(TrainSetup setup, TrainingResult result, TrainedModel trained, RunHistory history, String command) {
    HtmlReport report() {
        String method = setup.run().optimizer().recipe();
        String model = setup.run().model().name();
        List<Part> parts = new ArrayList<>();
        parts.add(RunParts.results(List.of(new RunParts.Outcomes(method, List.of(result)))));
        parts.add(new Part.Curves("Curves", List.of(new RunGroup(method, List.of(history)))));
        evaluation().ifPresent(parts::add);
        predictions().ifPresent(parts::add);
        parts.add(RunParts.settings(setup.run(), setup.training().problem().data()));
        parts.add(RunParts.hyperParameters(setup.run().optimizer()));
        parts.add(RunParts.provenance(Map.of("command", command, "fingerprint of the training data",
                trained.provenance().fingerprint())));
        parts.add(RunParts.model(setup.run()));
        return new HtmlReport(
                model + " trained by " + method,
                "On " + setup.training().problem().data().name() + ": " + Text.evaluation(result.last()) + " after "
                        + result.at().step() + " steps and " + Text.seconds(result.at().seconds())
                        + " seconds of training.",
                parts);
    }

    private Optional<Table> validation() {
        return setup.validation();
    }

    private Optional<Part> evaluation() {
        return validation().map(table -> {
            Map<String, String> figures = new LinkedHashMap<>();
            ModelEvaluation.of(trained, table).figures()
                    .forEach((name, figure) -> figures.put(EvaluationText.label(name), Text.number(figure.value())));
            return new Part.Facts("Best parameters on the rows that validate", figures);
        });
    }

    private Optional<Part> predictions() {
        Optional<ClassPredictions> classes = setup.table().isEmpty()
                ? TestCases.of(trained, setup.training().problem().data())
                : validation()
                        .map(table -> ModelEvaluation.of(trained, table))
                        .filter(ModelEvaluation.Classes.class::isInstance)
                        .map(found -> ((ModelEvaluation.Classes) found).predictions());
        return classes.map(found -> new Part.Classes("Which class was taken for which", found));
    }
}
