package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quadric.engine.cli.option.ClaimedFiles;
import io.quadric.engine.cli.option.ModelOption;
import io.quadric.engine.cli.option.ModelRows;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.cli.output.PredictionWriter;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.model.TrainedModel;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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
    private final Output output;

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private ModelRows rows = new ModelRows();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The predictions, separated by commas, with a header (default: the standard output).")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--keep",
            paramLabel = "COLUMN",
            split = ",",
            description = "Columns of the data that are written before the predictions, such as an identifier.")
    private List<String> kept = List.of();

    @Option(names = "--probabilities", description = "The probability of each class too.")
    private boolean probabilities;

    @Option(names = "--json", description = "A JSON object for each row instead.")
    private boolean json;

    PredictCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException {
        try (ClaimedFiles _ = rows.files(model).claim("--out", out)) {
            TrainedModel trained = rows.load(model);
            if (out.isEmpty()) {
                write(trained, output.out());
                return 0;
            }
            long[] count = {0};
            OutputFile.write(out.get(), stream -> count[0] = write(
                    trained, new OutputStreamWriter(stream, StandardCharsets.UTF_8)));
            output.out().println(report(count[0], out.get()));
            return 0;
        }
    }

    /// How many predictions there are.
    private long write(TrainedModel trained, Writer to) throws IOException {
        PredictionWriter predictions = new PredictionWriter(trained,
                new PredictionWriter.Form(kept, probabilities, json), to);
        try {
            rows.matrices(trained, kept).ifPresentOrElse(
                    cases -> cases.predictions(predictions::write),
                    () -> rows.features(trained, kept, predictions::write));
        } catch (PredictionWriter.Failed e) {
            throw e.getCause();
        }
        to.flush();
        return predictions.count();
    }

    private String report(long count, Path file) {
        return json
                ? JsonNodeFactory.instance.objectNode().put("out", file.toString()).put("predictions", count).toString()
                : String.format(Locale.ROOT, "%,d predictions  %s", count, file);
    }
}
