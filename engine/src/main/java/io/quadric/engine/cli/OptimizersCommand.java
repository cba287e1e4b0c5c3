package io.quadric.engine.cli;

import io.quadric.engine.InputException;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `quadric optimizers`.
@Command(
        name = "optimizers",
        description = "Lists the optimizers with their hyper-parameters, defaults and sources.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class)
final class OptimizersCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this one.")
    private Optional<String> name = Optional.empty();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Recipe> recipes = name.map(n -> List.of(recipe(n))).orElse(Optimizers.all());
        for (int i = 0; i < recipes.size(); i++) {
            if (i > 0) {
                out.println();
            }
            HyperParameterTable.print(recipes.get(i), out);
        }
        out.println();
        HyperParameterTable.printCommon(out);
        return 0;
    }

    static Recipe recipe(String name) {
        return InputException.unlessRefused(() -> Optimizers.named(name));
    }
}
