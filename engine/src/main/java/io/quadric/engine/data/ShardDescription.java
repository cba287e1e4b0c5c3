package io.quadric.engine.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.metric.Criterion;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.prepare.PreparationJson;
import io.quadric.nn.layer.Shape;
import java.util.Optional;

/// What a data set is beside its cases, as the manifest of shards says it: `data`, the text that named them; `kind` of
/// data; `targets` (labels, with `classes`, inputs, odd or given); `shape` (`vector`, `image` or `sequence`, as of the
/// input of a model); perhaps `criterion` (`steps`, `within` or `sign`) and `preparation`.
///
/// @param data the text that named them
/// @param kind of data, by its registered name
/// @param task where the targets come from
/// @param shape one case
/// @param criterion when a case is right, if that can be said
/// @param preparation how inputs and targets were made of a table, if they were
record ShardDescription(String data, String kind, Task task, Shape shape, Optional<Criterion> criterion,
        Optional<Preparation> preparation) {
    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("data", data).put("kind", kind);
        switch (task) {
            case Task.Classification labels -> node.put("targets", "labels").put("classes", labels.classes());
            case Task.Autoencoding inputs -> node.put("targets", "inputs");
            case Task.Parity parity -> node.put("targets", "odd");
            case Task.Given given -> node.put("targets", "given");
        }
        ObjectNode form = node.putObject("shape");
        switch (shape) {
            case Shape.Features f -> form.put("vector", f.size());
            case Shape.Image i -> form.putArray("image").add(i.channels()).add(i.height()).add(i.width());
            case Shape.Sequence s -> form.putArray("sequence").add(s.length()).add(s.features());
        }
        criterion.ifPresent(known -> node.set("criterion", json(known)));
        preparation.ifPresent(known -> node.set("preparation", PreparationJson.write(known)));
        return node;
    }

    private static JsonNode json(Criterion criterion) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        return switch (criterion) {
            case Criterion.Largest largest -> node.put("steps", largest.steps());
            case Criterion.Within within -> node.put("within", within.bound());
            case Criterion.Sign sign -> node.put("sign", true);
            default -> throw new InputException(
                    "a criterion of its own, which a manifest cannot name; expected one of io.quadric.engine.metric");
        };
    }

    static ShardDescription read(JsonPart part) {
        part.object("data", "kind", "targets", "classes", "shape", "criterion", "preparation");
        return InputException.unlessRefused(() -> new ShardDescription(
                part.member("data").text(),
                part.member("kind").text(),
                task(part),
                shape(part.member("shape")),
                part.optional("criterion").map(ShardDescription::criterion),
                part.optional("preparation").map(PreparationJson::read)));
    }

    private static Task task(JsonPart part) {
        return switch (part.member("targets").text()) {
            case "labels" -> new Task.Classification(part.member("classes").size());
            case "inputs" -> new Task.Autoencoding();
            case "odd" -> new Task.Parity();
            case "given" -> new Task.Given();
            default -> throw part.member("targets").unexpected("labels, inputs, odd or given");
        };
    }

    private static Shape shape(JsonPart part) {
        part.object("vector", "image", "sequence");
        if (part.optional("vector").isPresent()) {
            return new Shape.Features(part.member("vector").size());
        }
        if (part.optional("image").isPresent()) {
            int[] sizes = part.member("image").sizes(3);
            return new Shape.Image(sizes[0], sizes[1], sizes[2]);
        }
        int[] sizes = part.member("sequence").sizes(2);
        return new Shape.Sequence(sizes[0], sizes[1]);
    }

    private static Criterion criterion(JsonPart part) {
        part.object("steps", "within", "sign");
        return part.optional("steps").map(steps -> Criterion.largest(steps.size()))
                .or(() -> part.optional("within").map(bound -> Criterion.within(bound.number())))
                .orElseGet(Criterion::sign);
    }

    /// {@return what these targets are, for messages}
    ///
    /// @param task where they come from
    static String text(Task task) {
        return switch (task) {
            case Task.Classification labels -> "labels of " + labels.classes() + " classes";
            case Task.Autoencoding inputs -> "the inputs";
            case Task.Parity parity -> "whether labels are odd";
            case Task.Given given -> "those that the data say";
        };
    }
}
