package io.quadric.engine.learn;

import io.quadric.engine.InputException;
import io.quadric.engine.data.PreparedTable;
import io.quadric.engine.model.ModelEvaluation;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.split.Fold;
import io.quadric.engine.table.SequenceRows;
import io.quadric.engine.table.Table;
import io.quadric.nn.layer.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How good models are on cases that they were not trained on: of k folds each is predicted by a model that was
/// prepared and trained on the others.
///
/// @param evaluations one for each fold
public record CrossValidation(List<ModelEvaluation> evaluations) {
    /// Copies the list.
    public CrossValidation {
        evaluations = List.copyOf(evaluations);
    }

    /// Trains a model for each fold. Folds have equally many cases of each class, up to one. The seed of the learner's
    /// rules decides which cases they are.
    ///
    /// @param learner how each model is trained; early stopping uses a part of the other folds
    /// @param table with at least one feature and a target
    /// @param folds k
    /// @return what the models came to
    /// @throws InputException if k is below 2 or above the number of cases, or a part of the table cannot be prepared
    public static CrossValidation of(Learner learner, Table table, int folds) {
        return of(learner, table, new Shape.Features(1), folds);
    }

    /// As [#of(Learner, Table, int)], of rows that may be images or sequences.
    ///
    /// @param learner how each model is trained
    /// @param table with at least one feature and a target
    /// @param row what a row is, see [Learner#fit(Table, Shape)]
    /// @param folds k
    /// @return what the models came to
    /// @throws InputException if k is below 2 or above the number of cases, or a part of the table cannot be prepared
    public static CrossValidation of(Learner learner, Table table, Shape row, int folds) {
        PreparedTable all = InputException.unlessRefused(
                () -> new Learner(
                        learner.network(), learner.method(), learner.stop(), learner.rules().withValidation(0),
                        learner.l2(), learner.precision(), learner.seed(), learner.threads()).prepared(table));
        List<ModelEvaluation> evaluations = new ArrayList<>();
        for (Fold fold : InputException.unlessRefused(() -> folds(all.preparation(), table, learner, folds))) {
            TrainedModel model = learner.fit(cases(all.preparation(), table, fold.train()), row);
            evaluations.add(ModelEvaluation.of(model, cases(all.preparation(), table, fold.test())));
        }
        return new CrossValidation(evaluations);
    }

    private static List<Fold> folds(Preparation preparation, Table table, Learner learner, int folds) {
        Table cases = preparation.targets(table);
        long seed = learner.rules().splitSeed();
        return preparation.target() instanceof ClassTarget classes
                ? Fold.stratified(classes.labels(cases), folds, seed)
                : Fold.plain(cases.rows(), folds, seed);
    }

    private static Table cases(Preparation preparation, Table table, int[] chosen) {
        Optional<SequenceRows> sequences = preparation.sequence().map(column -> SequenceRows.of(table, column));
        return table.select(sequences.map(rows -> rows.rows(chosen)).orElse(chosen));
    }

    /// A figure over the folds.
    ///
    /// @param mean of the folds
    /// @param deviation the standard deviation over the folds, with k − 1
    public record Spread(double mean, double deviation) {
        static Spread of(double[] values) {
            double mean = 0;
            for (double value : values) {
                mean += value / values.length;
            }
            double squares = 0;
            for (double value : values) {
                squares += (value - mean) * (value - mean);
            }
            return new Spread(mean, Math.sqrt(squares / (values.length - 1)));
        }
    }

    /// {@return the figures of [ModelEvaluation#figures] by name, over the folds}
    public Map<String, Spread> figures() {
        Map<String, Spread> figures = new LinkedHashMap<>();
        for (String name : evaluations.getFirst().figures().keySet()) {
            figures.put(name, Spread.of(evaluations.stream()
                    .mapToDouble(evaluation -> evaluation.figures().get(name).value())
                    .toArray()));
        }
        return figures;
    }
}
