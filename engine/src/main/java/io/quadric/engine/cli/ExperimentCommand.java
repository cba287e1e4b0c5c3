package io.quadric.engine.cli;

import io.quadric.engine.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/// `quadric experiment`: a comparison with published settings.
@Command(
        name = "experiment",
        description = {
            "Compares methods with the settings of a published experiment; what it takes and writes beyond that is "
                    + "what 'quadric compare' does.",
            "mnist-autoencoder: K-BFGS, K-BFGS(L), KFAC, TNT, Shampoo, Adam and SGD with momentum (Ren 2022, Tables "
                    + "2.5, 3.5 and 4.3)."
        },
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        footer = {"", "Other options, as --epochs and --out, are those of 'quadric compare'.",
            "Exit codes: 0 success, 1 a run failed, 2 wrong usage or input."})
final class ExperimentCommand implements Callable<Integer> {
    private final Main.Output output;

    @Parameters(paramLabel = "NAME", description = "mnist-autoencoder.")
    private String name = "";

    @Option(
            names = "--data",
            paramLabel = "DATA",
            required = true,
            description = "A folder with train-images-idx3-ubyte[.gz] and so on; 'digits' for a small try.")
    private String data = "";

    @Unmatched
    private List<String> others = new ArrayList<>();

    ExperimentCommand(Main.Output output) {
        this.output = output;
    }

    /// A method of an experiment.
    ///
    /// @param recipe its name
    /// @param settings other than the recipe's, as `name=value`
    private record Entry(String recipe, List<String> settings) {}

    /// The recipes of K-BFGS and K-BFGS(L) have the rates of Table 3.5, those of TNT and Shampoo the ones of Table 4.3.
    /// KFAC has α = 0.1 and λ = 3 as Table 2.5 gives for averaged momentum, since Table 3.5's diverge. Adam has
    /// α = ε = 1e-4 and β₁ = β₂ = 0.9 (§2.8.2), SGD α = 0.003 (Tables 3.5 and 4.3).
    private static final List<Entry> MNIST_AUTOENCODER = List.of(
            new Entry("kbfgs", List.of()),
            new Entry("kbfgs-l", List.of()),
            new Entry("kfac", List.of()),
            new Entry("tnt", List.of()),
            new Entry("shampoo", List.of()),
            new Entry("adam", List.of("learningRate=1e-4", "beta1=0.9", "beta2=0.9", "epsilon=1e-4")),
            new Entry("sgd", List.of("learningRate=0.003")));

    @Override
    public Integer call() {
        if (!name.equals("mnist-autoencoder")) {
            throw new InputException("unknown experiment '" + name + "', expected mnist-autoencoder");
        }
        List<String> args = new ArrayList<>(List.of("compare", "--data", data, "--model",
                data.equals("digits") ? "digits-autoencoder" : "mnist-autoencoder"));
        args.add("--optimizers");
        args.add(MNIST_AUTOENCODER.stream().map(Entry::recipe).collect(Collectors.joining(",")));
        for (Entry entry : MNIST_AUTOENCODER) {
            for (String setting : entry.settings()) {
                args.add("--set");
                args.add(entry.recipe() + "." + setting);
            }
        }
        args.addAll(others);
        return Main.run(output, args.toArray(String[]::new));
    }
}
