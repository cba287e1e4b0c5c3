package io.quadric.engine.model;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.Cases;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.metric.ClassPredictions;
import io.quadric.engine.metric.NumberPredictions;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.NumberTarget;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.nn.Batch;
import io.quadric.nn.Inputs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A model's predictions for cases that are matrices already, some at a time.
public final class TestCases {
    /// Numbers of a block of cases, about.
    private static final int BLOCK = 1 << 20;

    private TestCases() {}

    /// {@return the predictions beside the classes, if the data have test cases of classes}
    ///
    /// @param model trained on the data
    /// @param data whose inputs enter the network as they are
    public static Optional<ClassPredictions> of(TrainedModel model, Dataset data) {
        return data.test()
                .filter(test -> !model.classes().isEmpty() && test.form().targets() == model.classes().size())
                .map(test -> classes(model, test, predicted(model, test, batch -> prepared(model, batch))));
    }

    /// {@return how many cases are read at a time}
    ///
    /// @param cases in memory or in files
    public static int block(Cases cases) {
        return Math.clamp(BLOCK / cases.form().inputs(), 1, BLOCK);
    }

    /// {@return the predictions for a batch whose inputs enter the network as they are}
    ///
    /// @param model trained on such inputs
    /// @param batch some cases
    public static Matrix prepared(TrainedModel model, Batch batch) {
        return model.predictPrepared(new Inputs(batch.inputs(), batch.lengths()));
    }

    /// {@return how good the predictions are}
    ///
    /// @param model the model
    /// @param cases with targets: 1 in the column of the class, or numbers
    /// @param predict makes predictions of the inputs of a batch
    /// @throws InputException if they have more or fewer targets than the model predicts
    public static ModelEvaluation evaluation(TrainedModel model, Cases cases, Function<Batch, Matrix> predict) {
        if (cases.form().targets() != model.preparation().target().width()) {
            throw new InputException("cases of " + cases.form().targets() + " targets, the model predicts "
                    + model.preparation().target().width());
        }
        Matrix predicted = predicted(model, cases, predict);
        return switch (model.preparation().target()) {
            case ClassTarget target -> new ModelEvaluation.Classes(classes(model, cases, predicted));
            case NumberTarget target -> new ModelEvaluation.Numbers(numbers(target, cases, predicted));
        };
    }

    private static Matrix predicted(TrainedModel model, Cases cases, Function<Batch, Matrix> predict) {
        Matrix all = Predictors.room(model, cases.cases());
        int from = 0;
        for (Batch batch : cases.blocks(block(cases))) {
            all.rows(from, from + batch.cases()).copyFrom(predict.apply(batch));
            from += batch.cases();
        }
        return all;
    }

    private static ClassPredictions classes(TrainedModel model, Cases cases, Matrix predicted) {
        int[] labels = new int[cases.cases()];
        int from = 0;
        for (Batch batch : cases.blocks(block(cases))) {
            int[] some = new int[batch.cases()];
            Elementwise.argMaxRows(batch.targets(), some);
            System.arraycopy(some, 0, labels, from, some.length);
            from += some.length;
        }
        return ClassPredictions.of(model.classes(), predicted, labels);
    }

    private static Map<String, NumberPredictions> numbers(NumberTarget target, Cases cases, Matrix predicted) {
        double[][] actual = new double[target.width()][cases.cases()];
        int from = 0;
        for (Batch batch : cases.blocks(block(cases))) {
            for (int i = 0; i < batch.cases(); i++) {
                for (int j = 0; j < target.width(); j++) {
                    actual[j][from + i] = target.decode(j, batch.targets().get(i, j));
                }
            }
            from += batch.cases();
        }
        Map<String, NumberPredictions> all = new LinkedHashMap<>();
        for (int j = 0; j < target.width(); j++) {
            double[] column = predicted.columns(j, j + 1).copy().flat().toArray();
            all.put(target.columns().get(j), new NumberPredictions(column, actual[j]));
        }
        return all;
    }
}
