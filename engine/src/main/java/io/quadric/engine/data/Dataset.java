package io.quadric.engine.data;

import io.quadric.engine.metric.Criterion;
import io.quadric.engine.prepare.Preparation;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Shape;
import java.util.Optional;

/// Cases to train on, and perhaps cases to test with, in one precision.
///
/// @param name what it is called
/// @param task where the targets come from
/// @param shape one case
/// @param train the cases to train on
/// @param test the cases to test with
/// @param criterion when a case is right, if that can be said
/// @param preparation how inputs and targets were made of a table, if they were
public record Dataset(
        String name,
        Task task,
        Shape shape,
        Batch train,
        Optional<Batch> test,
        Optional<Criterion> criterion,
        Optional<Preparation> preparation) {
    /// Checks that both parts have such cases.
    ///
    /// @throws IllegalArgumentException if the columns or precisions differ
    public Dataset {
        check(shape, train, train);
        test.ifPresent(batch -> check(shape, batch, train));
    }

    /// With the largest output as the guess, if the task is classification.
    ///
    /// @param name what it is called
    /// @param task where the targets come from
    /// @param shape one case
    /// @param train the cases to train on
    /// @param test the cases to test with
    public Dataset(String name, Task task, Shape shape, Batch train, Optional<Batch> test) {
        this(name, task, shape, train, test, guess(task), Optional.empty());
    }

    private static Optional<Criterion> guess(Task task) {
        return task instanceof Task.Classification ? Optional.of(Criterion.largest(1)) : Optional.empty();
    }

    private static void check(Shape shape, Batch batch, Batch train) {
        if (batch.inputs().columns() != shape.size()
                || batch.targets().columns() != train.targets().columns()
                || batch.inputs().precision() != train.inputs().precision()) {
            throw new IllegalArgumentException("inputs " + batch.inputs() + " and targets " + batch.targets()
                    + " do not fit cases of " + shape + " and targets " + train.targets());
        }
    }

    /// {@return the precision of all its matrices}
    public Precision precision() {
        return train.inputs().precision();
    }
}
