package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.Cases;
import io.quadric.engine.metric.Criterion;
import io.quadric.engine.prepare.AffineMap;
import io.quadric.engine.prepare.CaseWeights;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.ClassWeights;
import io.quadric.engine.prepare.FeatureEncoding;
import io.quadric.engine.prepare.NumberTarget;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.prepare.PreparationRules;
import io.quadric.engine.prepare.Scaling;
import io.quadric.engine.prepare.TargetEncoding;
import io.quadric.engine.prepare.TargetKind;
import io.quadric.engine.split.Shares;
import io.quadric.engine.split.Split;
import io.quadric.engine.table.ColumnType;
import io.quadric.engine.table.SequenceRows;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import io.quadric.nn.Inputs;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A table with its split and the preparation that fits its training part.
///
/// @param name what it is called
/// @param train the cases to train on
/// @param validation the cases to validate with
/// @param preparation fitted on the training part; the classes are those of both
/// @param classWeights how much the cases of a class count
public record PreparedTable(
        String name,
        Table train,
        Optional<Table> validation,
        Preparation preparation,
        ClassWeights classWeights) {
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
        Optional<String> sequence = Preparation.sequence(table.schema());
        Optional<SequenceRows> sequences = sequence.map(column -> SequenceRows.of(table, column));
        Split split = split(sequences.map(rows -> table.select(rows.last())).orElse(table), target, rules);
        Table train = rows(table, sequences, split.train());
        return new PreparedTable(
                name,
                train,
                split.validation().length == 0
                        ? Optional.empty()
                        : Optional.of(rows(table, sequences, split.validation())),
                new Preparation(
                        FeatureEncoding.fit(train, preparation), fitted(target, train, preparation), sequence),
                rules.classWeights());
    }

    private static Table rows(Table table, Optional<SequenceRows> sequences, int[] cases) {
        return table.select(sequences.map(rows -> rows.rows(cases)).orElse(cases));
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
        return new PreparedTable(
                name, train, Optional.of(validation), whole.preparation(), rules.classWeights());
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

    /// {@return the same with another preparation}, that of a model which goes on
    ///
    /// @param other of the same columns
    public PreparedTable withPreparation(Preparation other) {
        return new PreparedTable(name, train, validation, other, classWeights);
    }

    /// {@return the number of cases to train on}
    public int cases() {
        return preparation.targets(train).rows();
    }

    /// {@return what a case is}: a sequence as long as the longest one, or else what the source says
    ///
    /// @param otherwise what a row is
    public Shape shape(Shape otherwise) {
        if (preparation.sequence().isEmpty()) {
            return otherwise;
        }
        int longest = Stream.concat(Stream.of(train), validation.stream())
                .flatMapToInt(table -> Arrays.stream(preparation.sequences(table).lengths()))
                .max()
                .orElse(1);
        return new Shape.Sequence(longest, preparation.features().width());
    }

    /// {@return the cases as matrices}
    ///
    /// @param task where the targets come from
    /// @param row what a row is
    /// @param precision of the matrices
    /// @throws InputException if a value cannot be encoded, or the table does not have the targets of the task
    public Dataset dataset(Task task, Shape row, Precision precision) {
        requireTask(task);
        Shape shape = shape(row);
        Preparation used = task instanceof Task.Parity
                ? new Preparation(preparation.features(), binary(), preparation.sequence())
                : preparation;
        return new Dataset(
                name,
                task,
                shape,
                cases(train, task, used.target(), shape, precision),
                validation.map(table -> cases(table, task, used.target(), shape, precision)),
                criterion(task),
                Optional.of(used));
    }

    private Optional<Criterion> criterion(Task task) {
        return switch (task) {
            case Task.Parity parity -> Optional.of(Criterion.sign());
            case Task.Autoencoding inputs -> Optional.empty();
            case Task.Given given -> largest();
            case Task.Classification classes -> largest();
        };
    }

    private Optional<Criterion> largest() {
        return preparation.target() instanceof ClassTarget ? Optional.of(Criterion.largest(1)) : Optional.empty();
    }

    /// The two classes as one target, 0 and 1; predictions are in the units of the classes.
    private NumberTarget binary() {
        if (preparation.target() instanceof ClassTarget target
                && target.type() == ColumnType.NUMERIC && target.classes().size() == 2) {
            double first = Double.parseDouble(target.classes().get(0));
            double second = Double.parseDouble(target.classes().get(1));
            return new NumberTarget(List.of(target.column()), List.of(new AffineMap(first, 1 / (second - first))));
        }
        throw new InputException(name + ": the target is not one of two classes that are numbers, expected them for a "
                + "model with the targets 'odd'");
    }

    private Cases cases(Table table, Task task, TargetEncoding encoding, Shape shape, Precision precision) {
        int steps = shape instanceof Shape.Sequence sequence && preparation.sequence().isPresent()
                ? sequence.length()
                : 1;
        Inputs inputs = preparation.inputs(table, precision, steps);
        Table cases = preparation.targets(table);
        Matrix targets = task instanceof Task.Autoencoding
                ? inputs.rows()
                : encoding.encode(cases, precision);
        Weights weights = CaseWeights.of(cases, preparation.target(), classWeights)
                .map(Weights::of)
                .orElse(Weights.EQUAL);
        return Cases.of(new Batch(inputs.rows(), targets, inputs.lengths(), weights));
    }

    private void requireTask(Task task) {
        boolean fits = switch (task) {
            case Task.Given given -> true;
            case Task.Autoencoding inputs -> true;
            case Task.Parity parity -> true;
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
