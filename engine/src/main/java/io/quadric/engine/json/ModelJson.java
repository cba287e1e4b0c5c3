package io.quadric.engine.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.data.Task;
import io.quadric.engine.file.NamedPipe;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.loss.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Models as JSON: `network` as in [NetworkJson], `loss` as in [LossJson], `targets`, which is `labels` (one output
/// for each class), `inputs` (an autoencoder), `odd` (whether the label is) or `given` (as the data set says), and
/// optionally the L2 penalty `l2`, `pool`, the side of the squares of pixels that are averaged before images enter, and
/// `initialization`, an object with the names of layers or arrays and the [Initialization] of each.
public final class ModelJson {
    private ModelJson() {}

    /// {@return the model in a file}
    ///
    /// @param file the path
    /// @throws InputException if it cannot be read or does not describe a model
    public static ModelSpec read(Path file) {
        try {
            return parse(file.toString(), Files.readString(NamedPipe.refused(file)));
        } catch (IOException e) {
            throw new InputException(file + (Files.exists(file) ? ": cannot be read" : ": no such file")
                    + ", expected a model in JSON");
        }
    }

    /// {@return the model in a text}
    ///
    /// @param name where it was found, for messages
    /// @param text a JSON document
    /// @throws InputException if it does not describe a model
    public static ModelSpec parse(String name, String text) {
        try {
            return read(name, JsonPart.parse(text));
        } catch (InputException e) {
            throw e.at(name);
        }
    }

    /// {@return a parsed text}
    ///
    /// @param text a JSON document
    /// @throws InputException if it is not JSON
    public static JsonNode document(String text) {
        return JsonPart.parse(text).node();
    }

    /// {@return the model that is described}
    ///
    /// @param name what it is called
    /// @param part an object with `network`, `loss` and `targets`
    /// @throws InputException if it does not describe a model
    public static ModelSpec read(String name, JsonPart part) {
        part.object("network", "loss", "l2", "targets", "pool", "initialization");
        Network network = NetworkJson.read(part.member("network"));
        Loss loss = loss(part.member("loss"));
        double l2 = part.optional("l2").map(JsonPart::number).orElse(0.0);
        Task task = task(part.member("targets"), network);
        int pool = part.optional("pool").map(JsonPart::size).orElse(1);
        try {
            return new ModelSpec(name, new Model(network, loss, l2), task, pool, initialization(part));
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage());
        }
    }

    private static Map<String, Initialization> initialization(JsonPart part) {
        Map<String, Initialization> chosen = new LinkedHashMap<>();
        part.optional("initialization").ifPresent(all -> {
            if (!all.node().isObject()) {
                throw all.unexpected("an object of names and initializations");
            }
            all.node().fieldNames().forEachRemaining(
                    array -> chosen.put(array, Initialization.parse(all.member(array).text())));
        });
        return chosen;
    }

    private static Loss loss(JsonPart part) {
        try {
            return LossJson.read(part.text());
        } catch (InputException e) {
            throw new InputException(e.getMessage() + " " + part.place());
        }
    }

    private static Task task(JsonPart part, Network network) {
        return switch (part.text()) {
            case "labels" -> new Task.Classification(network.output().size());
            case "inputs" -> new Task.Autoencoding();
            case "odd" -> new Task.Parity();
            case "given" -> new Task.Given();
            default -> throw part.unexpected("labels, inputs, odd or given");
        };
    }

    /// {@return the description of a model}
    ///
    /// @param spec the model
    /// @throws InputException if a layer or the loss has no description
    public static ObjectNode write(ModelSpec spec) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("network", NetworkJson.write(spec.model().network()));
        node.put("loss", LossJson.write(spec.model().loss()));
        node.put("l2", spec.model().l2());
        node.put(
                "targets",
                switch (spec.task()) {
                    case Task.Classification c -> "labels";
                    case Task.Autoencoding a -> "inputs";
                    case Task.Parity p -> "odd";
                    case Task.Given g -> "given";
                });
        if (spec.pool() > 1) {
            node.put("pool", spec.pool());
        }
        if (!spec.initialization().isEmpty()) {
            ObjectNode chosen = node.putObject("initialization");
            spec.initialization().forEach((array, initialization) -> chosen.put(array, initialization.name()));
        }
        return node;
    }
}
