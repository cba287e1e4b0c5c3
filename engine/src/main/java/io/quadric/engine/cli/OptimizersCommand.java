package io.quadric.engine.cli;

import io.quadric.engine.InputException;
import io.quadric.engine.cli.option.RegisteredNames;
import io.quadric.engine.cli.output.HyperParameterTable;
import io.quadric.engine.report.Text;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `quadric optimizers`.
@Command(
        name = "optimizers",
        description = "Lists the optimizers, or shows one with its hyper-parameters, their defaults and its source.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class)
final class OptimizersCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = RegisteredNames.Methods.class,
            description = "The one to be shown.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--all", description = "Shows all of them.")
    private boolean all;

    @Option(names = "--json", description = "A JSON object for each, with its hyper-parameters, instead.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            name.map(n -> List.of(recipe(n))).orElse(Optimizers.all())
                    .forEach(recipe -> out.println(HyperParameterTable.json(recipe)));
            return 0;
        }
        if (name.isEmpty() && !all) {
            out.println(list());
            return 0;
        }
        show(name.map(n -> List.of(recipe(n))).orElse(Optimizers.all()), out);
        return 0;
    }

    private static String list() {
        int width = Optimizers.all().stream().mapToInt(recipe -> recipe.name().length()).max().orElse(0);
        return Optimizers.all().stream()
                .map(recipe -> Text.padded(recipe.name(), width) + "  " + recipe.summary())
                .collect(Collectors.joining(System.lineSeparator()))
                + System.lineSeparator() + System.lineSeparator()
                + "'quadric optimizers NAME' shows hyper-parameters, defaults and source of one, 'quadric optimizers "
                + "--all' those of all.";
    }

    private static void show(List<Recipe> recipes, PrintWriter out) {
        for (int i = 0; i < recipes.size(); i++) {
            if (i > 0) {
                out.println();
            }
            HyperParameterTable.print(recipes.get(i), out);
        }
        out.println();
        HyperParameterTable.printCommon(out);
    }

    static Recipe recipe(String name) {
        return InputException.unlessRefused(() -> Optimizers.named(name));
    }
}
