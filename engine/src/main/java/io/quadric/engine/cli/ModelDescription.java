package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.json.LossJson;
import io.quadric.engine.json.NetworkJson;
import io.quadric.engine.model.Provenance;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.report.Text;
import io.quadric.engine.table.Field;
import io.quadric.engine.table.Names;
import io.quadric.linalg.Precision;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.MultiplyAdds;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// A model in words or in JSON.
///
/// @param model network and loss
/// @param precision of its numbers
/// @param batch cases of a batch in a run
record ModelDescription(Model model, Precision precision, int batch) {
    private Network network() {
        return model.network();
    }

    private static double operations(Layer layer, Network network, int i) {
        MultiplyAdds count = layer.multiplyAdds(network.shape(i));
        return count.ofInputs() + count.others();
    }

    /// Numbers of a forward pass that are kept for a case: the outputs of all layers.
    private long floats() {
        long sum = 0;
        for (int i = 0; i < network().layers().size(); i++) {
            sum += kept(network().layers().get(i), i);
        }
        return sum;
    }

    private long kept(Layer layer, int i) {
        long inside = layer.paths().stream().mapToLong(List::size).sum();
        return Math.max(1, inside) * network().shape(i + 1).size();
    }

    private double operations() {
        double sum = 0;
        for (int i = 0; i < network().layers().size(); i++) {
            sum += operations(network().layers().get(i), network(), i);
        }
        return sum;
    }

    private OptionalLong memory(Recipe recipe) {
        OptionalLong kept = recipe.optimizer().memory(network().layout());
        long beside = network().layout().size() + batch * floats();
        return kept.isEmpty() ? kept : OptionalLong.of((kept.getAsLong() + beside) * precision.bytes());
    }

    String text(Optional<TrainedModel> trained) {
        List<String> parts = new ArrayList<>();
        trained.ifPresent(known -> parts.add(origin(known)));
        parts.add(layers());
        parts.add(String.format(
                Locale.ROOT,
                "%,d parameters, %s, loss %s; for a case %,d numbers kept and %,.0f multiply-adds forward",
                network().layout().size(),
                precision,
                LossJson.write(model.loss()),
                floats(),
                operations()));
        parts.add(arrays());
        parts.add("memory of a run with batches of " + batch + " cases, the batch's activations included:");
        parts.add(methods());
        return String.join(System.lineSeparator() + System.lineSeparator(), parts);
    }

    private static String origin(TrainedModel trained) {
        Provenance from = trained.provenance();
        List<String> lines = new ArrayList<>();
        lines.add("predicts    " + Names.list(trained.preparation().target().schema().names())
                + (trained.classes().isEmpty()
                        ? ""
                        : ", one of " + trained.classes().size() + " classes: " + Names.list(trained.classes())));
        lines.add("from        " + trained.features().fields().stream()
                .limit(20)
                .map(field -> Names.shown(field.name()) + " (" + field.type().label() + ")")
                .collect(Collectors.joining(", ")) + (trained.features().fields().size() > 20 ? " …" : ""));
        lines.add(
                "trained by  " + from.recipe() + (from.hyperParameters().isEmpty() ? "" : " " + from.hyperParameters())
                        + ", seed " + from.seed() + ", " + from.date() + ", version " + from.version());
        lines.add("on          " + from.data());
        lines.add("fingerprint " + from.fingerprint());
        lines.add("reached     " + from.figures().entrySet().stream()
                .map(figure -> figure.getKey() + " " + Text.number(figure.getValue()))
                .collect(Collectors.joining(", ")));
        return String.join(System.lineSeparator(), lines);
    }

    private String layers() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("layer", "output", "parameters", "multiply-adds"));
        rows.add(List.of("input", network().input().toString(), "", ""));
        for (int i = 0; i < network().layers().size(); i++) {
            Layer layer = network().layers().get(i);
            int parameters = network().slices(i).stream().mapToInt(ParameterSlice::size).sum();
            rows.add(List.of(
                    i + " " + layer,
                    network().shape(i + 1).toString(),
                    String.format(Locale.ROOT, "%,d", parameters),
                    String.format(Locale.ROOT, "%,.0f", operations(layer, network(), i))));
        }
        return Text.table(rows);
    }

    private String arrays() {
        return "arrays  " + network().layout().slices().stream()
                .map(slice -> slice.name() + slice.spec().dimensions())
                .collect(Collectors.joining("  "));
    }

    private String methods() {
        List<List<String>> rows = new ArrayList<>();
        for (Recipe recipe : Optimizers.all()) {
            OptionalLong bytes = memory(recipe);
            rows.add(List.of(recipe.name(), bytes.isEmpty()
                    ? "–"
                    : String.format(Locale.ROOT, "%,.1f MB", bytes.getAsLong() / 1e6)));
        }
        return Text.table(rows);
    }

    ObjectNode json(Optional<TrainedModel> trained) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("network", NetworkJson.write(network()));
        node.put("loss", LossJson.write(model.loss())).put("l2", model.l2()).put("precision", precision.name());
        ArrayNode layers = node.putArray("layers");
        for (int i = 0; i < network().layers().size(); i++) {
            layers.addObject()
                    .put("layer", network().layers().get(i).toString())
                    .put("output", network().shape(i + 1).toString())
                    .put("parameters", network().slices(i).stream().mapToInt(ParameterSlice::size).sum())
                    .put("multiplyAdds", operations(network().layers().get(i), network(), i));
        }
        ArrayNode arrays = node.putArray("arrays");
        network().layout().slices().forEach(slice -> {
            ArrayNode shape = arrays.addObject().put("name", slice.name()).putArray("shape");
            slice.spec().dimensions().forEach(shape::add);
        });
        node.put("parameters", network().layout().size()).put("floatsPerCase", floats()).put("multiplyAdds",
                operations());
        ObjectNode memory = node.putObject("memoryBytes");
        Optimizers.all().forEach(recipe -> memory(recipe).ifPresent(bytes -> memory.put(recipe.name(), bytes)));
        trained.ifPresent(known -> describe(known, node.putObject("trained")));
        return node;
    }

    private static void describe(TrainedModel trained, ObjectNode node) {
        ArrayNode columns = node.putArray("columns");
        for (Field field : trained.schema().fields()) {
            columns.addObject().put("name", field.name()).put("type", field.type().label()).put("role",
                    field.role().label());
        }
        trained.classes().forEach(node.putArray("classes")::add);
        Provenance from = trained.provenance();
        node.put("recipe", from.recipe()).put("seed", from.seed()).put("data", from.data());
        node.put("fingerprint", from.fingerprint()).put("version", from.version()).put("date", from.date().toString());
        ObjectNode figures = node.putObject("figures");
        from.figures().forEach((name, value) -> EvaluationJson.number(figures, name, value));
    }
}
