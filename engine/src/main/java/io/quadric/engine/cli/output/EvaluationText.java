package io.quadric.engine.cli.output;

import io.quadric.engine.metric.Bootstrap;
import io.quadric.engine.metric.ClassPredictions;
import io.quadric.engine.metric.Confusion;
import io.quadric.engine.metric.Interval;
import io.quadric.engine.model.ModelEvaluation;
import io.quadric.engine.report.Text;
import io.quadric.engine.table.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Evaluations in words.
public final class EvaluationText {
    /// More classes than these make no matrix that fits a screen.
    private static final int CLASSES = 20;

    private EvaluationText() {}

    /// One line.
    public static String summary(ModelEvaluation evaluation) {
        return evaluation.figures().entrySet().stream()
                .map(figure -> label(figure.getKey()) + " " + value(figure.getValue().value()))
                .collect(Collectors.joining("  "));
    }

    public static String label(String name) {
        return name.replace("macroF1", "macro F1")
                .replace("logLoss", "log loss")
                .replace("auc", "AUC")
                .replace("rmse", "RMSE")
                .replace("mae", "MAE")
                .replace("r2", "R²");
    }

    public static String value(double value) {
        return Double.isNaN(value) ? "–" : Text.number(value);
    }

    public static String full(ModelEvaluation evaluation, Optional<Bootstrap> bootstrap) {
        List<String> parts = new ArrayList<>();
        parts.add(String.format(Locale.ROOT, "%,d cases", evaluation.cases()));
        parts.add(figures(evaluation, bootstrap));
        if (evaluation instanceof ModelEvaluation.Classes classes) {
            parts.add("");
            parts.add(classes(classes.predictions()));
            if (classes.predictions().classes().size() <= CLASSES) {
                parts.add("");
                parts.add(confusion(classes.predictions()));
            }
        }
        return String.join(System.lineSeparator(), parts);
    }

    private static String figures(ModelEvaluation evaluation, Optional<Bootstrap> bootstrap) {
        List<List<String>> rows = new ArrayList<>();
        evaluation.figures().forEach((name, figure) -> {
            List<String> row = new ArrayList<>(List.of(label(name), value(figure.value())));
            bootstrap.ifPresent(how -> {
                Interval interval = evaluation.interval(figure, how);
                row.add(value(interval.low()) + " … " + value(interval.high()));
            });
            rows.add(row);
        });
        String note = bootstrap
                .map(how -> System.lineSeparator() + String.format(
                        Locale.ROOT, "(%.0f %% intervals of %,d samples)", 100 * how.level(), how.samples()))
                .orElse("");
        return Text.table(rows) + note;
    }

    private static String classes(ClassPredictions predictions) {
        Confusion confusion = predictions.confusion();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("class", "precision", "recall", "F1", "cases"));
        for (int k = 0; k < confusion.classes(); k++) {
            rows.add(List.of(
                    Names.shown(predictions.classes().get(k)),
                    Text.number(confusion.precision(k)),
                    Text.number(confusion.recall(k)),
                    Text.number(confusion.f1(k)),
                    Long.toString(confusion.support(k))));
        }
        return Text.table(rows);
    }

    private static String confusion(ClassPredictions predictions) {
        Confusion confusion = predictions.confusion();
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("actual \\ predicted"));
        predictions.classes().forEach(name -> header.add(Names.shown(name)));
        rows.add(header);
        for (int k = 0; k < confusion.classes(); k++) {
            List<String> row = new ArrayList<>(List.of(Names.shown(predictions.classes().get(k))));
            for (int j = 0; j < confusion.classes(); j++) {
                row.add(Long.toString(confusion.count(k, j)));
            }
            rows.add(row);
        }
        return Text.table(rows);
    }
}
