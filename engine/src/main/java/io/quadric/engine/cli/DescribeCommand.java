package io.quadric.engine.cli;

import io.quadric.engine.cli.option.ProblemOptions;
import io.quadric.engine.cli.option.Range;
import io.quadric.engine.cli.output.ModelDescription;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.model.TrainedModel;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `quadric describe`.
@Command(
        name = "describe",
        description = "Describes a model, trained or not: columns, layers with shapes, parameters and multiply-adds, "
                + "where it comes from, and the memory that a run by each method would take.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        footer = {"", "Exit codes: 0 success, 2 wrong usage or input."})
final class DescribeCommand implements Callable<Integer> {
    private final Output output;

    @Mixin
    private ProblemOptions problem = new ProblemOptions();

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Cases of a batch, for the memory of a run (default: 100).")
    @Range(from = 1)
    private int batch = 100;

    @Option(names = "--json", description = "A JSON object instead.")
    private boolean json;

    DescribeCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        Optional<TrainedModel> trained = problem.trained();
        ModelDescription description = trained
                .map(model -> new ModelDescription(model.model(), model.parameters().values().precision(), batch))
                .orElseGet(() -> {
                    ModelSpec spec = problem.model();
                    return new ModelDescription(spec.model(), problem.precision(), batch);
                });
        output.out().println(json ? description.json(trained).toString() : description.text(trained));
        return 0;
    }
}
