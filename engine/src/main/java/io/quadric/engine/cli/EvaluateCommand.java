package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.cli.option.MatrixRows;
import io.quadric.engine.cli.option.ModelOption;
import io.quadric.engine.cli.option.ModelRows;
import io.quadric.engine.cli.option.Range;
import io.quadric.engine.cli.output.EvaluationJson;
import io.quadric.engine.cli.output.EvaluationText;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.metric.Bootstrap;
import io.quadric.engine.model.ModelEvaluation;
import io.quadric.engine.model.TrainedModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `quadric evaluate`.
@Command(
        name = "evaluate",
        description = "Predicts rows whose targets are known and says how good the predictions are: accuracy, "
                + "precision, recall and F1 of each class, confusion matrix, log loss and AUC, or RMSE, MAE and R².",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        footer = {"", "Exit codes: 0 success, 2 wrong usage or input."})
final class EvaluateCommand implements Callable<Integer> {
    private final Output output;

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private ModelRows rows = new ModelRows();

    @Option(
            names = "--bootstrap",
            paramLabel = "SAMPLES",
            arity = "0..1",
            fallbackValue = "1000",
            description = "Confidence intervals by the bootstrap, of so many samples (default: 1000).")
    @Range(from = 1, to = 1_000_000)
    private Optional<Integer> samples = Optional.empty();

    @Option(names = "--level", paramLabel = "L", description = "Of confidence (default: 0.95).")
    @Range(from = 0, to = 1, open = true)
    private double level = 0.95;

    @Option(names = "--seed", paramLabel = "N", description = "Of the bootstrap (default: 1).")
    @Range(from = Long.MIN_VALUE)
    private long seed = 1;

    @Option(names = "--json", description = "A JSON object instead.")
    private boolean json;

    EvaluateCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        Optional<Bootstrap> bootstrap = samples.map(count -> new Bootstrap(count, level, seed));
        TrainedModel trained = rows.load(model);
        ModelEvaluation evaluation = rows.matrices(trained, List.of())
                .map(MatrixRows::evaluation)
                .orElseGet(() -> ModelEvaluation.of(trained, rows.cases(trained)));
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            EvaluationJson.write(evaluation, bootstrap, node);
            output.out().println(node);
        } else {
            output.out().println(EvaluationText.full(evaluation, bootstrap));
        }
        return 0;
    }
}
