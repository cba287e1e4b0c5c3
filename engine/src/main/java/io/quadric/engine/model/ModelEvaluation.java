package io.quadric.engine.model;

import io.quadric.engine.metric.Bootstrap;
import io.quadric.engine.metric.ClassPredictions;
import io.quadric.engine.metric.Interval;
import io.quadric.engine.metric.NumberPredictions;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.NumberTarget;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import java.util.LinkedHashMap;
import java.util.Map;

/// How good a model's predictions are on cases whose targets are known.
public sealed interface ModelEvaluation {
    /// Of classes.
    ///
    /// @param predictions probabilities beside the classes
    record Classes(ClassPredictions predictions) implements ModelEvaluation {}

    /// Of numbers.
    ///
    /// @param predictions predicted beside actual numbers, by the name of the target
    record Numbers(Map<String, NumberPredictions> predictions) implements ModelEvaluation {}

    /// {@return the predictions for a table beside its targets}
    ///
    /// @param model the model
    /// @param table has the columns of features and targets
    /// @throws io.quadric.engine.InputException if a column is missing or a value cannot be used
    static ModelEvaluation of(TrainedModel model, Table table) {
        Matrix predicted = model.predict(table);
        Table cases = model.preparation().targets(table);
        return switch (model.preparation().target()) {
            case ClassTarget target ->
                new Classes(ClassPredictions.of(target.classes(), predicted, target.labels(cases)));
            case NumberTarget target -> {
                Map<String, NumberPredictions> all = new LinkedHashMap<>();
                for (int j = 0; j < target.width(); j++) {
                    String name = target.columns().get(j);
                    double[] column = predicted.columns(j, j + 1).copy().flat().toArray();
                    all.put(name, new NumberPredictions(column, cases.numeric(name).toArray()));
                }
                yield new Numbers(all);
            }
        };
    }

    /// {@return the figures by name}: accuracy, macroF1, logLoss and auc, or rmse, mae and r2.
    default Map<String, Figure> figures() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        switch (this) {
            case Classes classes -> Figure.addAll(classes.predictions(), figures);
            case Numbers numbers -> {
                boolean one = numbers.predictions().size() == 1;
                numbers.predictions().forEach((name, p) -> Figure.addAll(one ? "" : name + " ", p, figures));
            }
        }
        return figures;
    }

    /// {@return the number of cases}
    default int cases() {
        return switch (this) {
            case Classes classes -> classes.predictions().cases();
            case Numbers numbers -> numbers.predictions().values().iterator().next().cases();
        };
    }

    /// {@return the interval of a figure}
    ///
    /// @param figure one of the figures
    /// @param bootstrap how it is found
    default Interval interval(Figure figure, Bootstrap bootstrap) {
        return bootstrap.interval(cases(), figure.of());
    }
}
