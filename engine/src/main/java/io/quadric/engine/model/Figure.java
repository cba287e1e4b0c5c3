package io.quadric.engine.model;

import io.quadric.engine.metric.ClassPredictions;
import io.quadric.engine.metric.NumberPredictions;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// A figure of predictions.
///
/// @param value of all cases; NaN if it does not exist
/// @param of of the cases at given places, which may be chosen more than once
public record Figure(double value, ToDoubleFunction<int[]> of) {
    static void addAll(ClassPredictions predictions, Map<String, Figure> figures) {
        add("accuracy", predictions, ClassPredictions::accuracy, figures);
        add("macroF1", predictions, p -> p.confusion().macroF1(), figures);
        add("logLoss", predictions, ClassPredictions::logLoss, figures);
        add("auc", predictions, p -> p.auc().orElse(Double.NaN), figures);
    }

    private static void add(
            String name,
            ClassPredictions all,
            ToDoubleFunction<ClassPredictions> figure,
            Map<String, Figure> figures) {
        figures.put(name, new Figure(figure.applyAsDouble(all), chosen -> figure.applyAsDouble(all.select(chosen))));
    }

    static void addAll(String prefix, NumberPredictions predictions, Map<String, Figure> figures) {
        add(prefix + "rmse", predictions, NumberPredictions::rmse, figures);
        add(prefix + "mae", predictions, NumberPredictions::mae, figures);
        add(prefix + "r2", predictions, NumberPredictions::r2, figures);
    }

    private static void add(
            String name,
            NumberPredictions all,
            ToDoubleFunction<NumberPredictions> figure,
            Map<String, Figure> figures) {
        figures.put(name, new Figure(figure.applyAsDouble(all), chosen -> figure.applyAsDouble(all.select(chosen))));
    }
}
