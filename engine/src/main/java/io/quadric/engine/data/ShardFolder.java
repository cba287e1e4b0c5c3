package io.quadric.engine.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.cases.CaseForm;
import io.quadric.engine.cases.Cases;
import io.quadric.engine.cases.shard.ShardFiles;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.Preparation;
import io.quadric.linalg.Precision;
import io.quadric.nn.layer.Shape;
import java.nio.file.Path;
import java.util.Optional;

/// A folder of shards, which `quadric data pack` makes of any other data: `shards.json` and the files that it names.
/// Batches are read as they are needed, so that the data may be larger than the memory. Steps and figures are bit for
/// bit those of the data in memory, in the precision in which they were packed.
///
/// @param folder the path
public record ShardFolder(Path folder) implements DataSource {
    /// {@return whether a folder is one of shards}
    ///
    /// @param folder the path
    static boolean isOne(Path folder) {
        return ShardFiles.isOne(folder);
    }

    /// {@return what the manifest says of a data set}
    ///
    /// @param source where it comes from
    /// @param dataset its cases
    /// @throws InputException if the manifest cannot name its criterion
    public static JsonNode description(DataSource source, Dataset dataset) {
        DataSource whole = source;
        while (whole != whole.whole()) {
            whole = whole.whole();
        }
        String kind = whole instanceof ShardFolder shards
                ? shards.described().kind()
                : DataSources.kind(whole).map(DataSourceKind::name).orElse("");
        return new ShardDescription(source.name(), kind, dataset.task(), dataset.shape(), dataset.criterion(),
                dataset.preparation()).json();
    }

    private ShardDescription described() {
        return described(ShardFiles.open(folder));
    }

    private ShardDescription described(ShardFiles files) {
        try {
            return ShardDescription.read(JsonPart.document(files.description()));
        } catch (InputException e) {
            throw e.at(folder.toString());
        }
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public Optional<Path> path() {
        return Optional.of(folder);
    }

    /// {@return the name of the kind of data that were packed; empty if they have none}
    public String kind() {
        return described().kind();
    }

    /// {@return whether a table was packed}
    public boolean isTable() {
        return DataSources.KINDS.find(kind())
                .filter(kind -> TabularSource.class.isAssignableFrom(kind.type().type()))
                .isPresent();
    }

    /// {@return the text that named the data that were packed}
    public String origin() {
        return described().data();
    }

    /// {@return where the targets come from}
    public Task task() {
        return described().task();
    }

    /// {@return whether the data were packed with the targets of a model}
    ///
    /// @param targets where those of the model come from
    public boolean isFor(Task targets) {
        return fits(described(), targets);
    }

    /// {@return one case}
    public Shape shape() {
        return described().shape();
    }

    /// {@return how inputs and targets were made of a table, if they were}
    public Optional<Preparation> preparation() {
        return described().preparation();
    }

    /// {@return the number of cases to train on}
    public int cases() {
        return ShardFiles.open(folder).cases(ShardFiles.TRAIN);
    }

    @Override
    public Dataset load(Task task, Precision precision) {
        ShardFiles files = ShardFiles.open(folder);
        ShardDescription known = described(files);
        requireTask(known, task);
        boolean reconstructs = task instanceof Task.Autoencoding;
        CaseForm stored = files.form().in(precision);
        CaseForm form = reconstructs ? stored.reconstructing() : stored;
        Cases train = files.open(ShardFiles.TRAIN, form)
                .orElseThrow(() -> new InputException(folder + ": no cases to train on, expected the part 'train'"));
        return InputException.unlessRefused(() -> new Dataset(
                name(), task, known.shape(), train, files.open(ShardFiles.TEST, form),
                reconstructs ? Optional.empty() : known.criterion(), known.preparation()));
    }

    private void requireTask(ShardDescription known, Task task) {
        boolean fits = task instanceof Task.Autoencoding || fits(known, task);
        if (!fits) {
            throw new InputException(folder + ": packed with the targets " + ShardDescription.text(known.task())
                    + ", the model has the targets " + ShardDescription.text(task) + "; expected shards "
                    + "packed for this model");
        }
    }

    private static boolean fits(ShardDescription known, Task task) {
        return switch (task) {
            case Task.Autoencoding inputs -> known.task() instanceof Task.Autoencoding;
            case Task.Given given -> !(known.task() instanceof Task.Autoencoding);
            case Task.Classification labels -> labels.equals(known.task()) || known.preparation()
                    .filter(p -> p.target() instanceof ClassTarget t && t.classes().size() == labels.classes())
                    .isPresent();
            case Task.Parity parity -> known.task() instanceof Task.Parity;
        };
    }
}
