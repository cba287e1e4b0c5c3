package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.FeatureEncoding;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.prepare.PreparationRules;
import io.quadric.engine.prepare.Scaling;
import io.quadric.engine.prepare.TargetEncoding;
import io.quadric.engine.prepare.TargetKind;
import io.quadric.engine.split.Shares;
import io.quadric.engine.split.Split;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Shape;
import java.util.Optional;

/// A table with its split and the preparation that fits its training part.
///
/// @param name what it is called
/// @param train the cases to train on
/// @param validation the cases to validate with
/// @param preparation fitted on the training part; the classes are those of both
public record PreparedTable(String name, Table train, Optional<Table> validation, Preparation preparation) {
    /// {@return a table, split and prepared}
    ///
    /// @param name what it is called
    /// @param table all cases
    /// @param rules how
    /// @param scaling of the features unless the rules say
    /// @throws InputException if a column cannot be prepared or no case is left to train on
    public static PreparedTable of(String name, Table table, TableRules rules, Scaling scaling) {
        PreparationRules preparation = rules.preparation(scaling);
        TargetEncoding target = TargetEncoding.fit(table, rules.task(), preparation.targets());
        Split split = split(table, target, rules);
        Table train = table.select(split.train());
        return new PreparedTable(
                name,
                train,
                split.validation().length == 0 ? Optional.empty() : Optional.of(table.select(split.validation())),
                new Preparation(FeatureEncoding.fit(train, preparation), fitted(target, train, preparation)));
    }

    /// {@return a table with other cases to validate with, prepared}
    ///
    /// @param name what it is called
    /// @param train all cases of the table
    /// @param validation the others
    /// @param rules how; their share to validate with does not matter
    /// @param scaling of the features unless the rules say
    /// @throws InputException if a column cannot be prepared
    public static PreparedTable of(String name, Table train, Table validation, TableRules rules, Scaling scaling) {
        PreparedTable whole = of(name, train, rules.withValidation(0), scaling);
        return new PreparedTable(name, train, Optional.of(validation), whole.preparation());
    }

    private static TargetEncoding fitted(TargetEncoding target, Table train, PreparationRules rules) {
        return target instanceof ClassTarget
                ? target
                : TargetEncoding.fit(train, TargetKind.REGRESSION, rules.targets());
    }

    private static Split split(Table table, TargetEncoding target, TableRules rules) {
        try {
            Shares shares = new Shares(rules.validation(), 0);
            return target instanceof ClassTarget classes
                    ? Split.stratified(classes.labels(table), shares, rules.splitSeed())
                    : Split.plain(table.rows(), shares, rules.splitSeed());
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage());
        }
    }

    /// {@return the cases as matrices}
    ///
    /// @param task where the targets come from
    /// @param shape what a case is
    /// @param precision of the matrices
    /// @throws InputException if a value cannot be encoded, or the table does not have the targets of the task
    public Dataset dataset(Task task, Shape shape, Precision precision) {
        requireTask(task);
        boolean labelled = preparation.target() instanceof ClassTarget && !(task instanceof Task.Autoencoding);
        return new Dataset(
                name,
                task,
                shape,
                batch(train, task, precision),
                validation.map(table -> batch(table, task, precision)),
                labelled ? Optional.of(Criterion.largest(1)) : Optional.empty(),
                Optional.of(preparation));
    }

    private Batch batch(Table table, Task task, Precision precision) {
        if (task instanceof Task.Autoencoding) {
            Matrix inputs = preparation.features().encode(table, precision);
            return new Batch(inputs, inputs);
        }
        return preparation.batch(table, precision);
    }

    private void requireTask(Task task) {
        boolean fits = switch (task) {
            case Task.Given given -> true;
            case Task.Autoencoding inputs -> true;
            case Task.Parity parity -> false;
            case Task.Classification classes -> preparation.target() instanceof ClassTarget target
                    && target.classes().size() == classes.classes();
        };
        if (!fits) {
            throw new InputException(name + ": the target is " + (preparation.target() instanceof ClassTarget target
                    ? "one of " + target.classes().size() + " classes"
                    : "a number") + ", the model has the targets of another task; expected 'given'");
        }
    }
}
