package io.quadric.engine.cli;

import io.quadric.engine.cli.option.ClaimedFiles;
import io.quadric.engine.cli.option.ProblemOptions;
import io.quadric.engine.cli.output.FileReport;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.model.ModelImport;
import io.quadric.engine.model.TrainedModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `quadric import`.
@Command(
        name = "import",
        description = "Makes a trained model of parameters that come from elsewhere: a safetensors file or an archive "
                + "of NumPy, with the names and shapes that 'quadric describe' shows.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        footer = {
            "",
            "'quadric train --initial FILE' goes on from such parameters by any method.",
            "Exit codes: 0 success, 2 wrong usage or input."
        })
final class ImportCommand implements Callable<Integer> {
    private final Output output;

    @Mixin
    private ProblemOptions problem = new ProblemOptions();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            required = true,
            description = "The parameters, a tensor for each array; with normalising layers also their means and "
                    + "variances.")
    private Path from = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The trained model.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Prints a JSON object at the end.")
    private boolean json;

    ImportCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        try (ClaimedFiles _ = problem.files(Optional.of(from)).claim("--out", Optional.of(out))) {
            imported().save(out);
        }
        FileReport.print(output.out(), json, "model", out);
        return 0;
    }

    private TrainedModel imported() {
        return problem.trained()
                .map(like -> ModelImport.like(like, from))
                .orElseGet(() -> {
                    ModelSpec spec = problem.model();
                    return ModelImport.of(spec.model(), spec.task(), from, problem.precision());
                });
    }
}
