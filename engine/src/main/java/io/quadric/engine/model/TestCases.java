package io.quadric.engine.model;

import io.quadric.engine.data.Dataset;
import io.quadric.engine.metric.ClassPredictions;
import io.quadric.linalg.Elementwise;
import io.quadric.nn.Batch;
import java.util.Optional;

/// A model's predictions for the test cases of data that are no table.
public final class TestCases {
    private TestCases() {}

    /// {@return the predictions beside the classes, if the data have test cases of classes}; sequences of different
    /// lengths have no matrix of theirs.
    ///
    /// @param model trained on the data
    /// @param data whose inputs enter the network as they are
    public static Optional<ClassPredictions> of(TrainedModel model, Dataset data) {
        return data.test()
                .filter(test -> !model.classes().isEmpty() && test.lengths().areFull())
                .filter(test -> test.targets().columns() == model.classes().size())
                .map(test -> predictions(model, test));
    }

    private static ClassPredictions predictions(TrainedModel model, Batch test) {
        int[] labels = new int[test.cases()];
        Elementwise.argMaxRows(test.targets(), labels);
        return ClassPredictions.of(model.classes(), model.predict(test.inputs()), labels);
    }
}
