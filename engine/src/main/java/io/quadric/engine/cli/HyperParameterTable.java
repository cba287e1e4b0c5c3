package io.quadric.engine.cli;

import io.quadric.engine.report.Text;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import io.quadric.optim.step.Averaged;
import io.quadric.optim.step.PenaltyCutoff;
import java.io.PrintWriter;
import java.util.List;

/// Recipes and their hyper-parameters as text.
final class HyperParameterTable {
    private HyperParameterTable() {}

    static void print(Recipe recipe, PrintWriter out) {
        out.println(recipe.name() + ": " + recipe.summary());
        out.println("  source: " + recipe.source());
        print(HyperParameters.of(recipe.optimizer()), out);
    }

    /// What every method takes besides its own.
    static void printCommon(PrintWriter out) {
        Optimizer any = Optimizers.sgd();
        List<HyperParameter> own = HyperParameters.of(any);
        out.println(
                "Every optimizer: if one of these is set, an average of the parameters is evaluated in their place");
        out.println("  source: Botev et al. (2017), C.4");
        print(HyperParameters.of(new Averaged(any)).stream().filter(h -> !own.contains(h)).toList(), out);
        out.println("Every optimizer: if this is set, the steps after it are taken without the model's L2 penalty");
        out.println("  source: Martens & Sutskever (2012), §13");
        print(HyperParameters.of(new PenaltyCutoff(any, 0)).stream().filter(h -> !own.contains(h)).toList(), out);
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
