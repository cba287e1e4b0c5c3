package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.TabularSource;
import io.quadric.engine.data.Task;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.NumberTarget;
import io.quadric.engine.table.Blocks;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.ColumnType;
import io.quadric.engine.table.Field;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say which rows a model predicts.
public final class ModelRows {
    /// Cells that are held at a time, and rows in any case.
    private static final int CELLS = 1 << 21;
    private static final int LEAST_ROWS = 1 << 10;
    private static final int MOST_ROWS = 1 << 16;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            required = true,
            completionCandidates = RegisteredNames.Data.class,
            description = "${COMPLETION-CANDIDATES}; of data that are no table the test cases.")
    private String data = "";

    @Mixin
    private TextOptions text = new TextOptions();

    private DataSource source() {
        return DataSource.named(data, text.arguments());
    }

    /// What a command with these rows and a model reads.
    public ReadFiles files(ModelOption model) {
        return new ReadFiles(Stream.concat(Stream.of(model.file()), source().path().stream()).toList());
    }

    /// The features of the rows, some at a time where the data and the model allow it.
    ///
    /// @param kept further columns
    public void features(TrainedModel model, List<String> kept, Consumer<Table> each) {
        DataSource source = source();
        if (!(source instanceof TabularSource table)) {
            if (!kept.isEmpty()) {
                throw new InputException("--keep " + kept.getFirst() + ": " + source.description() + " is no table");
            }
            each.accept(inputs(model, source));
            return;
        }
        boolean sequences = model.preparation().sequence().isPresent();
        int columns = model.features().fields().size();
        int rows = sequences ? Integer.MAX_VALUE : Math.clamp(CELLS / columns, LEAST_ROWS, MOST_ROWS);
        at(source, () -> {
            table.read(withKept(model.features(), kept), new Blocks(rows, each));
            return true;
        });
    }

    private static Schema withKept(Schema features, List<String> kept) {
        Stream<Field> more = kept.stream()
                .distinct()
                .filter(name -> features.find(name).isEmpty())
                .map(name -> new Field(name, ColumnType.CATEGORICAL, ColumnRole.IGNORED));
        return new Schema(Stream.concat(features.fields().stream(), more).toList());
    }

    /// The features and targets of the rows.
    public Table cases(TrainedModel model) {
        DataSource source = source();
        return source instanceof TabularSource table
                ? at(source, () -> table.read(model.schema()))
                : cases(model, source);
    }

    /// Messages name the data once.
    private static <T> T at(DataSource source, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InputException e) {
            throw e.getMessage().contains(source.description()) ? e : e.at(source.description());
        }
    }

    private static Batch batch(DataSource source, Task task, Precision precision) {
        Dataset loaded = source.load(task, precision);
        return loaded.test().orElse(loaded.train());
    }

    private static Table inputs(TrainedModel model, DataSource source) {
        Batch batch = batch(source, new Task.Autoencoding(), model.parameters().values().precision());
        return only(Table.of(batch.inputs()), model.features(), source);
    }

    private static Table only(Table table, Schema schema, DataSource source) {
        int wanted = schema.of(ColumnRole.FEATURE).size();
        int there = table.schema().of(ColumnRole.FEATURE).size();
        if (wanted != there) {
            throw new InputException(
                    source.description() + ": cases of " + there + " numbers, the model takes " + wanted);
        }
        return at(source, () -> table.only(schema));
    }

    private static Table cases(TrainedModel model, DataSource source) {
        Precision precision = model.parameters().values().precision();
        return switch (model.preparation().target()) {
            case ClassTarget target -> {
                Batch batch = batch(source, new Task.Classification(target.classes().size()), precision);
                int[] labels = new int[batch.cases()];
                Elementwise.argMaxRows(batch.targets(), labels);
                double[] numbers = new double[labels.length];
                for (int i = 0; i < labels.length; i++) {
                    numbers[i] = labels[i];
                }
                Table table = Table.of(batch.inputs()).with(target.column(), ColumnRole.TARGET,
                        NumericColumn.of(numbers));
                yield only(table, model.schema(), source);
            }
            case NumberTarget target -> {
                Matrix inputs = batch(source, new Task.Autoencoding(), precision).inputs();
                boolean same = target.width() == inputs.columns();
                Batch batch = same ? new Batch(inputs, inputs) : batch(source, new Task.Given(), precision);
                Table table = Table.of(batch.inputs());
                for (int j = 0; j < target.width(); j++) {
                    table = table.with(
                            target.columns().get(j), ColumnRole.TARGET, NumericColumn.of(batch.targets(), j));
                }
                yield only(table, model.schema(), source);
            }
        };
    }

    /// The arguments of the data.
    public Map<String, String> arguments() {
        return text.arguments();
    }
}
