package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.DataSourceKind;
import io.quadric.engine.data.DataSources;
import io.quadric.engine.data.Task;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelJson;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Preset;
import io.quadric.engine.json.Presets;
import io.quadric.engine.model.ModelFile;
import io.quadric.engine.model.TrainedModel;
import io.quadric.linalg.Precision;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that choose model and data.
public final class ProblemOptions {
    private static final String DEFAULT_DATA = "digits";

    @Option(
            names = "--data",
            paramLabel = "DATA",
            completionCandidates = RegisteredNames.Data.class,
            description = "${COMPLETION-CANDIDATES} (default: that of the model if it is made up, else digits).")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            completionCandidates = RegisteredNames.Models.class,
            description = "${COMPLETION-CANDIDATES}, or a JSON file, or a trained model (default: for the digits "
                    + "digits-classifier, for "
                    + "other data the first one that is made for them).")
    private Optional<String> model = Optional.empty();

    @Option(names = "--l2", paramLabel = "ETA", description = "L2 penalty, instead of the model's.")
    @Range(from = 0)
    private Optional<Double> l2 = Optional.empty();

    @Option(names = "--precision", paramLabel = "P", description = "float32 or float64 (default: float32).")
    private Precision precision = Precision.FLOAT32;

    @Option(
            names = "--initialization",
            paramLabel = "INIT",
            completionCandidates = RegisteredNames.Initializations.class,
            description = "First parameters: ${COMPLETION-CANDIDATES} (default: glorot), and those of some layers or"
                    + " arrays as in 'glorot;0.wh=orthogonal;2=sparse,connections=10'.")
    private Initialization initialization = Initialization.GLOROT;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random (default: 1).")
    @Range(from = Long.MIN_VALUE)
    private long seed = 1;

    @Mixin
    private TableOptions table = new TableOptions();

    @Mixin
    private ImageOptions images = new ImageOptions();

    private Optional<DataSource> opened = Optional.empty();

    /// The data, read once if they are a table.
    public DataSource source() {
        if (opened.isEmpty()) {
            opened = Optional.of(images.applied(named()).opened());
        }
        return opened.get();
    }

    /// Further data, by their name.
    public DataSource further(String further) {
        return table.named(further).opened();
    }

    private DataSource named() {
        return table.named(name());
    }

    private String name() {
        return data.or(() -> model.flatMap(Presets.ALL::find)
                .flatMap(preset -> DataSources.KINDS.find(preset.data()))
                .filter(DataSourceKind::isComplete)
                .map(DataSourceKind::name))
                .orElse(DEFAULT_DATA);
    }

    /// What a command with these options reads.
    ///
    /// @param other a further file
    public ReadFiles files(Optional<Path> other) {
        List<Path> files = new ArrayList<>();
        other.ifPresent(files::add);
        named().path().ifPresent(files::add);
        model.filter(ProblemOptions::isFile).map(Path::of).ifPresent(files::add);
        return new ReadFiles(files);
    }

    public long seed() {
        return seed;
    }

    public Precision precision() {
        return precision;
    }

    public Initialization initialization() {
        return initialization;
    }

    public ModelSpec model() {
        ModelSpec spec = model.map(this::named).orElseGet(() -> Presets.forData(source()));
        return l2.map(spec::withL2).orElse(spec);
    }

    private ModelSpec named(String name) {
        Optional<Preset> preset = Presets.ALL.find(name);
        if (preset.isPresent()) {
            return preset.get().model().apply(source());
        }
        if (isFile(name) && ModelFile.isOne(Path.of(name))) {
            TrainedModel known = TrainedModel.load(Path.of(name));
            Task task = known.classes().isEmpty() ? new Task.Given() : new Task.Classification(known.classes().size());
            return new ModelSpec(name, known.model(), task, 1);
        }
        if (name.endsWith(".json") || isFile(name)) {
            return ModelJson.read(Path.of(name));
        }
        throw new InputException("unknown model '" + name + "', " + Presets.ALL.expected(name, "or a JSON file"));
    }

    /// The trained model that is named, if one is.
    public Optional<TrainedModel> trained() {
        return model.filter(name -> isFile(name) && ModelFile.isOne(Path.of(name)))
                .map(name -> TrainedModel.load(Path.of(name)));
    }

    private static boolean isFile(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
