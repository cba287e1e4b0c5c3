package io.quadric.engine.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.Activation;
import io.quadric.nn.DenseLayer;
import io.quadric.nn.Layer;
import io.quadric.nn.Network;
import io.quadric.nn.Shape;
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
/// - `activation` with `function`: `linear`, `tanh`, `logistic`, `relu`, `leaky-relu` or `softplus`.
public final class NetworkJson {
    private static final List<String> LATER = List.of(
            "conv2d",
            "max-pool2d",
            "avg-pool2d",
            "global-avg-pool2d",
            "flatten",
            "batch-norm",
            "residual",
            "recurrent",
            "lstm");

    private NetworkJson() {}

    /// {@return the network that is described}
    ///
    /// @param node an object with `input` and `layers`
    /// @throws InputException if something is missing, unknown or of the wrong kind, or the layers do not fit together
    /// @throws UnsupportedTypeException if a layer is of a type that this version does not have
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
        List<Layer> layers = new ArrayList<>();
        for (JsonPart layer : part.member("layers").elements()) {
            layers.add(layer(layer));
        }
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

    private static Layer layer(JsonPart part) {
        if (!part.node().isObject()) {
            throw part.unexpected("an object");
        }
        String type = part.member("type").text();
        return switch (type) {
            case "dense" -> dense(part.object("type", "units", "bias"));
            case "activation" -> new Activation(
                    function(part.object("type", "function").member("function")));
            default -> throw unknown(type, part);
        };
    }

    private static DenseLayer dense(JsonPart part) {
        boolean bias = part.optional("bias").map(JsonPart::flag).orElse(true);
        return new DenseLayer(part.member("units").size(), bias);
    }

    private static ElementaryFunction function(JsonPart part) {
        String name = part.text();
        for (ElementaryFunction function : ElementaryFunction.values()) {
            if (name(function).equals(name)) {
                return function;
            }
        }
        throw part.unexpected("one of "
                + Arrays.stream(ElementaryFunction.values()).map(NetworkJson::name).collect(Collectors.joining(", ")));
    }

    private static InputException unknown(String type, JsonPart part) {
        return LATER.contains(type)
                ? new UnsupportedTypeException("unsupported layer type '" + type + "' " + part.place())
                : new InputException("unknown layer type '" + type + "' " + part.place()
                        + ", expected one of dense, activation");
    }

    /// {@return the description of a network}
    ///
    /// @param network made of layers of the types above
    /// @throws InputException if a layer has no description
    public static ObjectNode write(Network network) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        write(network.input(), node.putObject("input"));
        var layers = node.putArray("layers");
        network.layers().forEach(layer -> write(layer, layers.addObject()));
        return node;
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
            default -> throw new InputException("the layer " + layer + " has no description in JSON");
        }
    }

    private static String name(ElementaryFunction function) {
        return function.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
