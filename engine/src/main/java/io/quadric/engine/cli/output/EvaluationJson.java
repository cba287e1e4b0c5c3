package io.quadric.engine.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.metric.Bootstrap;
import io.quadric.engine.metric.ClassPredictions;
import io.quadric.engine.metric.Confusion;
import io.quadric.engine.metric.Interval;
import io.quadric.engine.model.ModelEvaluation;
import java.util.Optional;

/// Evaluations as JSON. A number that is not finite is null.
public final class EvaluationJson {
    private EvaluationJson() {}

    public static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    /// The figures without anything else.
    public static void figures(ModelEvaluation evaluation, ObjectNode node) {
        evaluation.figures().forEach((name, figure) -> number(node, name, figure.value()));
    }

    public static void write(ModelEvaluation evaluation, Optional<Bootstrap> bootstrap, ObjectNode node) {
        node.put("cases", evaluation.cases());
        figures(evaluation, node.putObject("figures"));
        bootstrap.ifPresent(how -> {
            ObjectNode intervals = node.putObject("intervals").put("level", how.level()).put("samples", how.samples());
            evaluation.figures().forEach((name, figure) -> {
                Interval interval = evaluation.interval(figure, how);
                ObjectNode ends = intervals.putObject(name);
                number(ends, "low", interval.low());
                number(ends, "high", interval.high());
            });
        });
        if (evaluation instanceof ModelEvaluation.Classes classes) {
            write(classes.predictions(), node);
        }
    }

    private static void write(ClassPredictions predictions, ObjectNode node) {
        Confusion confusion = predictions.confusion();
        ArrayNode classes = node.putArray("classes");
        ArrayNode matrix = node.putArray("confusion");
        for (int k = 0; k < confusion.classes(); k++) {
            classes.addObject()
                    .put("class", predictions.classes().get(k))
                    .put("precision", confusion.precision(k))
                    .put("recall", confusion.recall(k))
                    .put("f1", confusion.f1(k))
                    .put("cases", confusion.support(k));
            ArrayNode row = matrix.addArray();
            for (int j = 0; j < confusion.classes(); j++) {
                row.add(confusion.count(k, j));
            }
        }
    }
}
