package io.quadric.engine.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.report.Text;
import io.quadric.optim.BatchRole;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.recipe.Decoration;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import io.quadric.optim.recipe.RecipeBatches;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;

/// Recipes and their hyper-parameters as text.
public final class HyperParameterTable {
    private HyperParameterTable() {}

    public static void print(Recipe recipe, PrintWriter out) {
        out.println(recipe.name() + ": " + recipe.summary());
        out.println("  source: " + recipe.source());
        out.println("  batches: " + batches(recipe));
        print(HyperParameters.of(recipe.optimizer()), out);
    }

    public static ObjectNode json(Recipe recipe) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", recipe.name()).put("summary", recipe.summary()).put("source", recipe.source());
        ArrayNode all = node.putArray("hyperParameters");
        for (HyperParameter parameter : HyperParameters.of(recipe.optimizer())) {
            all.addObject()
                    .put("name", parameter.name())
                    .put("value", parameter.value())
                    .put("meaning", parameter.meaning())
                    .put("expected", parameter.expected());
        }
        return node;
    }

    /// What the method is made for.
    private static String batches(Recipe recipe) {
        RecipeBatches made = recipe.batches();
        Set<BatchRole> used = recipe.optimizer().batches();
        StringBuilder text = new StringBuilder(made.gradient().isPresent()
                ? "of at most " + made.gradient().getAsInt() + " cases"
                : "of any size");
        if (used.contains(BatchRole.CURVATURE)) {
            text.append(made.curvatureShare() == 0
                    ? ", for gradient and curvature alike"
                    : ", the curvature on " + made.curvatureShare() + " of it");
        }
        if (used.contains(BatchRole.EVALUATION)) {
            text.append(", evaluation on ").append(made.evaluationShare())
                    .append(" as many cases outside the curvature batch");
        }
        return text.append(", unless given otherwise").toString();
    }

    /// What every method takes besides its own, here around one that has none.
    public static void printCommon(PrintWriter out) {
        for (Decoration decoration : Optimizers.decorations()) {
            out.println("Every optimizer: " + decoration.summary());
            out.println("  source: " + decoration.source());
            print(decoration.added(Optimizers.sgd()::start), out);
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
                            + parameter.meaning() + " (" + parameter.expected() + searched(parameter) + ")");
        }
    }

    private static String searched(HyperParameter parameter) {
        return parameter.searched().isEmpty()
                ? ""
                : "; tuned from " + Text.number(parameter.searched().getFirst()) + " to "
                        + Text.number(parameter.searched().getLast());
    }
}
