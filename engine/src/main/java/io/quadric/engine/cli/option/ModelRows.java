package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.TabularSource;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.table.Blocks;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.ColumnType;
import io.quadric.engine.table.Field;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; the predictions do not depend on it (default: one for each processor).")
    @Range(from = 1, to = LimitOptions.MOST_THREADS)
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private TextOptions text = new TextOptions();

    private DataSource source() {
        return TableOptions.named(data, text.arguments());
    }

    /// The model, to predict the rows.
    public TrainedModel load(ModelOption model) {
        return model.load().withThreads(threads);
    }

    /// What a command with these rows and a model reads.
    public ReadFiles files(ModelOption model) {
        return new ReadFiles(Stream.concat(Stream.of(model.file()), source().path().stream()).toList());
    }

    /// The cases, if they are no table.
    public Optional<MatrixRows> matrices(TrainedModel model, List<String> kept) {
        DataSource source = source();
        if (source instanceof TabularSource) {
            return Optional.empty();
        }
        if (!kept.isEmpty()) {
            throw new InputException("--keep " + kept.getFirst() + ": " + source.description() + " is no table");
        }
        return Optional.of(new MatrixRows(model, source));
    }

    private TabularSource table() {
        if (source() instanceof TabularSource table) {
            return table;
        }
        throw new IllegalStateException("the data are no table");
    }

    /// The features of the rows, some at a time where the data and the model allow it.
    ///
    /// @param kept further columns
    public void features(TrainedModel model, List<String> kept, Consumer<Table> each) {
        TabularSource table = table();
        boolean sequences = model.preparation().sequence().isPresent();
        int columns = model.features().fields().size();
        int rows = sequences ? Integer.MAX_VALUE : Math.clamp(CELLS / columns, LEAST_ROWS, MOST_ROWS);
        at(table, () -> {
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
        TabularSource table = table();
        return at(table, () -> table.read(model.schema()));
    }

    /// Messages name the data once.
    private static <T> T at(DataSource source, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InputException e) {
            throw e.getMessage().contains(source.description()) ? e : e.at(source.description());
        }
    }

    /// The arguments of the data.
    public Map<String, String> arguments() {
        return text.arguments();
    }
}
