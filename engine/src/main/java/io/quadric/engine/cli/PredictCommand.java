package io.quadric.engine.cli;

import io.quadric.engine.file.OutputFile;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.table.Table;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `quadric predict`.
@Command(
        name = "predict",
        description = "Predicts rows with a trained model. Columns are found by their names, in any order; others are "
                + "left aside, and targets need not be there.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        footer = {"", "Exit codes: 0 success, 2 wrong usage or input."})
final class PredictCommand implements Callable<Integer> {
    private final Main.Output output;

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private ModelRows rows = new ModelRows();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The predictions, separated by commas, with a header (default: the standard output).")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--probabilities", description = "The probability of each class too.")
    private boolean probabilities;

    @Option(names = "--json", description = "A JSON object for each row instead.")
    private boolean json;

    PredictCommand(Main.Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException {
        out.ifPresent(file -> rows.files(model).requireWritable("--out", file));
        TrainedModel trained = model.load();
        Table table = rows.features(trained);
        PredictionWriter predictions = new PredictionWriter(trained, table, probabilities);
        if (out.isEmpty()) {
            write(predictions, output.out());
            return 0;
        }
        OutputFile.write(out.get(), stream -> {
            Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            write(predictions, writer);
            writer.flush();
        });
        output.out().println(String.format(Locale.ROOT, "%,d predictions  %s", table.rows(), out.get()));
        return 0;
    }

    private void write(PredictionWriter predictions, Writer to) throws IOException {
        if (json) {
            predictions.writeJson(to);
        } else {
            predictions.writeCsv(to);
        }
    }
}
