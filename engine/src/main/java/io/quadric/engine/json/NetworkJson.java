package io.quadric.engine.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Networks as JSON:
///
/// ```json
/// {"input": {"vector": 64},
///  "layers": [{"type": "dense", "units": 32, "bias": true},
///             {"type": "activation", "function": "tanh"},
///             {"type": "dense", "units": 10, "bias": true}]}
/// ```
///
/// `input` is one of `{"vector": d}`, `{"image": [channels, height, width]}` and `{"sequence": [length, features]}`.
/// Layers, each with its `type`:
/// - `dense` with `units` and `bias`, which may be left out and is then true;
/// - `activation` with `function`: `linear`, `tanh`, `logistic`, `relu`, `leaky-relu` or `softplus`;
/// - of images, with `kernel` [height, width], `stride` and `padding`, each a number or [down, across]: `conv2d` with
///   `channels` and `bias` as above, `max-pool2d`, `avg-pool2d`; `stride` may be left out and is then 1, `padding` 0;
/// - `global-avg-pool2d`, `flatten`, and `pad-channels` with `channels`;
/// - `batch-norm` with `epsilon`, which may be left out and is then 10⁻⁵;
/// - `residual` with the layers of its `body` and its `shortcut`, which may be left out;
/// - `recurrent` with `units`, `activation` (a function as above), `bias` and `output`, which is `all` (the hidden
///   state of every time step) or `last`;
/// - `lstm` with `units`, `peepholes` (left out: true) and `output`.
///
/// Recurrent layers may have `memory`: `all-steps`, or `checkpoints`, which remembers every √T-th state and computes
/// the others again.
public final class NetworkJson {
    private NetworkJson() {}

    /// {@return the network that is described}
    ///
    /// @param node an object with `input` and `layers`
    /// @throws InputException if something is missing, unknown or of the wrong kind, or the layers do not fit together
    public static Network read(JsonNode node) {
        return read(JsonPart.document(node));
    }

    /// {@return the network that is described}
    ///
    /// @param part an object with `input` and `layers`
    /// @throws InputException as [#read(JsonNode)]
    public static Network read(JsonPart part) {
        part.object("input", "layers");
        Shape input = input(part.member("input"));
        List<Layer> layers = layers(part.member("layers"));
        try {
            return new Network(input, layers);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage() + " " + part.place());
        }
    }

    private static Shape input(JsonPart part) {
        part.object("vector", "image", "sequence");
        if (part.node().size() != 1) {
            throw part.unexpected("one of vector, image, sequence");
        }
        if (part.optional("vector").isPresent()) {
            return new Shape.Features(part.member("vector").size());
        }
        if (part.optional("sequence").isPresent()) {
            int[] sizes = part.member("sequence").sizes(2);
            return new Shape.Sequence(sizes[0], sizes[1]);
        }
        int[] sizes = part.member("image").sizes(3);
        return new Shape.Image(sizes[0], sizes[1], sizes[2]);
    }

    private static List<Layer> layers(JsonPart part) {
        List<Layer> layers = new ArrayList<>();
        for (JsonPart layer : part.elements()) {
            layers.add(layer(layer));
        }
        return layers;
    }

    private static Layer layer(JsonPart part) {
        if (!part.node().isObject()) {
            throw part.unexpected("an object");
        }
        String type = part.member("type").text();
        return switch (type) {
            case "dense" -> dense(part.object("type", "units", "bias"));
            case "activation" -> new Activation(
                    choice(part.object("type", "function").member("function"), ElementaryFunction.values()));
            case "recurrent" -> recurrent(part.object("type", "units", "activation", "bias", "output", "memory"));
            case "lstm" -> new LstmLayer(
                    part.object("type", "units", "peepholes", "output", "memory").member("units").size(),
                    flag(part, "peepholes"),
                    choice(part.member("output"), SequenceOutput.values()),
                    memory(part));
            case "residual" -> residual(part.object("type", "body", "shortcut"));
            default -> ImageLayerJson.read(type, part).orElseThrow(() -> unknown(type, part));
        };
    }

    private static ResidualLayer residual(JsonPart part) {
        List<Layer> body = layers(part.member("body"));
        if (body.isEmpty()) {
            throw part.member("body").unexpected("at least one layer");
        }
        return new ResidualLayer(body, part.optional("shortcut").map(NetworkJson::layers).orElse(List.of()));
    }

    private static RecurrentLayer recurrent(JsonPart part) {
        return new RecurrentLayer(
                part.member("units").size(),
                choice(part.member("activation"), ElementaryFunction.values()),
                flag(part, "bias"),
                choice(part.member("output"), SequenceOutput.values()),
                memory(part));
    }

    private static StateMemory memory(JsonPart part) {
        return part.optional("memory")
                .map(how -> choice(how, StateMemory.values()))
                .orElse(StateMemory.ALL_STEPS);
    }

    /// A truth value that is true where it is left out.
    private static boolean flag(JsonPart part, String name) {
        return part.optional(name).map(JsonPart::flag).orElse(true);
    }

    private static DenseLayer dense(JsonPart part) {
        return new DenseLayer(part.member("units").size(), flag(part, "bias"));
    }

    private static <E extends Enum<E>> E choice(JsonPart part, E[] values) {
        String name = part.text();
        for (E value : values) {
            if (name(value).equals(name)) {
                return value;
            }
        }
        throw part.unexpected("one of "
                + Arrays.stream(values).map(NetworkJson::name).collect(Collectors.joining(", ")));
    }

    private static InputException unknown(String type, JsonPart part) {
        return new InputException("unknown layer type '" + type + "' " + part.place()
                + ", expected one of dense, activation, recurrent, lstm, residual, "
                + String.join(", ", ImageLayerJson.TYPES));
    }

    /// {@return the description of a network}
    ///
    /// @param network made of layers of the types above
    /// @throws InputException if a layer has no description
    public static ObjectNode write(Network network) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        write(network.input(), node.putObject("input"));
        write(network.layers(), node.putArray("layers"));
        return node;
    }

    private static void write(List<Layer> layers, ArrayNode array) {
        layers.forEach(layer -> write(layer, array.addObject()));
    }

    private static void write(Shape input, ObjectNode node) {
        switch (input) {
            case Shape.Features f -> node.put("vector", f.size());
            case Shape.Image i -> node.putArray("image").add(i.channels()).add(i.height()).add(i.width());
            case Shape.Sequence s -> node.putArray("sequence").add(s.length()).add(s.features());
        }
    }

    private static void write(Layer layer, ObjectNode node) {
        switch (layer) {
            case DenseLayer dense ->
                node.put("type", "dense").put("units", dense.units()).put("bias", dense.bias());
            case Activation activation -> node.put("type", "activation").put("function", name(activation.function()));
            case RecurrentLayer recurrent -> {
                node.put("type", "recurrent").put("units", recurrent.units());
                node.put("activation", name(recurrent.function())).put("bias", recurrent.bias());
                write(recurrent.output(), recurrent.memory(), node);
            }
            case LstmLayer lstm -> {
                node.put("type", "lstm").put("units", lstm.units()).put("peepholes", lstm.peepholes());
                write(lstm.output(), lstm.memory(), node);
            }
            case ResidualLayer residual -> {
                node.put("type", "residual");
                write(residual.body(), node.putArray("body"));
                write(residual.shortcut(), node.putArray("shortcut"));
            }
            default -> ImageLayerJson.write(layer, node);
        }
    }

    private static void write(SequenceOutput output, StateMemory memory, ObjectNode node) {
        node.put("output", name(output));
        if (memory != StateMemory.ALL_STEPS) {
            node.put("memory", name(memory));
        }
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
