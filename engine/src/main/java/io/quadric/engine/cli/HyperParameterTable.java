package io.quadric.engine.cli;

import io.quadric.engine.report.Text;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.recipe.Decoration;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.io.PrintWriter;
import java.util.List;

/// Recipes and their hyper-parameters as text.
final class HyperParameterTable {
    private HyperParameterTable() {}

    static void print(Recipe recipe, PrintWriter out) {
        out.println(recipe.name() + ": " + recipe.summary());
        out.println("  source: " + recipe.source());
        recipe.batch().ifPresent(cases -> out.println("  batches: of " + cases + " cases, unless given otherwise"));
        print(HyperParameters.of(recipe.optimizer()), out);
    }

    /// What every method takes besides its own.
    static void printCommon(PrintWriter out) {
        for (Decoration decoration : Optimizers.decorations()) {
            out.println("Every optimizer: " + decoration.summary());
            out.println("  source: " + decoration.source());
            print(decoration.added(Optimizers.sgd()), out);
        }
    }

    private static void print(List<HyperParameter> parameters, PrintWriter out) {
        int name = 0;
        int value = 0;
        for (HyperParameter parameter : parameters) {
            name = Math.max(name, parameter.name().length());
            value = Math.max(value, parameter.value().length());
        }
        for (HyperParameter parameter : parameters) {
            out.println(
                    "  " + Text.padded(parameter.name(), name) + " = " + Text.padded(parameter.value(), value) + "  "
                            + parameter.meaning() + " (" + parameter.expected() + ")");
        }
    }
}
