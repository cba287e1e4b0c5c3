package io.quadric.engine.cli;

import io.quadric.engine.report.Text;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Recipe;
import java.io.PrintWriter;

/// Recipes and their hyper-parameters as text.
final class HyperParameterTable {
    private HyperParameterTable() {}

    static void print(Recipe recipe, PrintWriter out) {
        out.println(recipe.name() + ": " + recipe.summary());
        out.println("  source: " + recipe.source());
        int name = 0;
        int value = 0;
        for (HyperParameter parameter : HyperParameters.of(recipe.optimizer())) {
            name = Math.max(name, parameter.name().length());
            value = Math.max(value, parameter.value().length());
        }
        for (HyperParameter parameter : HyperParameters.of(recipe.optimizer())) {
            out.println(
                    "  " + Text.padded(parameter.name(), name) + " = " + Text.padded(parameter.value(), value) + "  "
                            + parameter.meaning() + " (" + parameter.expected() + ")");
        }
    }
}
