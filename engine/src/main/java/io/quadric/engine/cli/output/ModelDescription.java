package io.quadric.engine.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.json.LossJson;
import io.quadric.engine.json.NetworkJson;
import io.quadric.engine.model.Provenance;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.report.Text;
import io.quadric.engine.table.ColumnType;
import io.quadric.engine.table.Field;
import io.quadric.engine.table.Names;
import io.quadric.engine.train.RunMemory;
import io.quadric.linalg.Precision;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
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
public record ModelDescription(Model model, Precision precision, int batch) {
    private Network network() {
        return model.network();
    }

    private List<LayerLine> lines() {
        return LayerLine.of(network().input(), network().layers());
    }

    /// Numbers of a forward pass that are kept for a case: the outputs of all layers.
    private long floats() {
        return RunMemory.kept(network());
    }

    private double operations() {
        return lines().stream().filter(line -> !line.inside()).mapToDouble(LayerLine::multiplyAdds).sum();
    }

    private OptionalLong memory(Recipe recipe) {
        return RunMemory.bytes(model, precision, recipe.optimizer(), batch);
    }

    public String text(Optional<TrainedModel> trained) {
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
        parts.add("memory of a run with batches of " + batch + " cases, predicted; data sets come on top:");
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
        for (ColumnType type : ColumnType.values()) {
            List<String> names = trained.features().fields().stream()
                    .filter(field -> field.type() == type)
                    .map(Field::name)
                    .toList();
            if (!names.isEmpty()) {
                lines.add("from        " + names.size() + " " + type.label() + ": " + Names.list(names));
            }
        }
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
        for (LayerLine line : lines()) {
            rows.add(List.of(
                    line.text(),
                    line.output().toString(),
                    String.format(Locale.ROOT, "%,d", line.parameters()),
                    String.format(Locale.ROOT, "%,.0f", line.multiplyAdds())));
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

    public ObjectNode json(Optional<TrainedModel> trained) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("network", NetworkJson.write(network()));
        node.put("loss", LossJson.write(model.loss())).put("l2", model.l2()).put("precision", precision.name());
        ArrayNode layers = node.putArray("layers");
        for (LayerLine line : lines()) {
            layers.addObject()
                    .put("name", line.name())
                    .put("layer", line.layer().toString())
                    .put("output", line.output().toString())
                    .put("parameters", line.parameters())
                    .put("multiplyAdds", line.multiplyAdds());
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
