package io.quadric.engine.data;

import io.quadric.engine.cases.CaseForm;
import io.quadric.engine.cases.Cases;
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
        Cases train,
        Optional<Cases> test,
        Optional<Criterion> criterion,
        Optional<Preparation> preparation) {
    /// Checks that both parts have such cases.
    ///
    /// @throws IllegalArgumentException if the columns or precisions differ
    public Dataset {
        check(shape, train.form(), train.form());
        CaseForm form = train.form();
        test.ifPresent(cases -> check(shape, cases.form(), form));
    }

    /// With the largest output as the guess, if the task is classification.
    ///
    /// @param name what it is called
    /// @param task where the targets come from
    /// @param shape one case
    /// @param train the cases to train on
    /// @param test the cases to test with
    public Dataset(String name, Task task, Shape shape, Batch train, Optional<Batch> test) {
        this(name, task, shape, Cases.of(train), test.map(Cases::of));
    }

    /// With the largest output as the guess, if the task is classification.
    ///
    /// @param name what it is called
    /// @param task where the targets come from
    /// @param shape one case
    /// @param train the cases to train on
    /// @param test the cases to test with
    public Dataset(String name, Task task, Shape shape, Cases train, Optional<Cases> test) {
        this(name, task, shape, train, test, guess(task), Optional.empty());
    }

    /// {@return the same with other cases}
    ///
    /// @param otherTrain the cases to train on
    /// @param otherTest the cases to test with
    /// @throws IllegalArgumentException if they are no such cases
    public Dataset with(Cases otherTrain, Optional<Cases> otherTest) {
        return with(shape, otherTrain, otherTest);
    }

    /// {@return the same with other cases of another shape}
    ///
    /// @param otherShape one case
    /// @param otherTrain the cases to train on
    /// @param otherTest the cases to test with
    /// @throws IllegalArgumentException if they are no such cases
    public Dataset with(Shape otherShape, Cases otherTrain, Optional<Cases> otherTest) {
        return new Dataset(name, task, otherShape, otherTrain, otherTest, criterion, preparation);
    }

    private static Optional<Criterion> guess(Task task) {
        return task instanceof Task.Classification ? Optional.of(Criterion.largest(1)) : Optional.empty();
    }

    private static void check(Shape shape, CaseForm form, CaseForm train) {
        if (form.inputs() != shape.size()
                || form.targets() != train.targets()
                || form.precision() != train.precision()) {
            throw new IllegalArgumentException("cases of " + form + " do not fit cases of " + shape + " and the "
                    + "training cases of " + train);
        }
    }

    /// {@return the precision of all its matrices}
    public Precision precision() {
        return train.form().precision();
    }
}
