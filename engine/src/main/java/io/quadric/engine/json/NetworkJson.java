package io.quadric.engine.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Shape;

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
/// Layers are those of [io.quadric.nn.Registries#LAYERS]. `type` is the name; the other members are the components of
/// the layer's record, by their [names][io.quadric.nn.registry.Argument] and with their defaults. By the type of the
/// component:
/// - `int`: a whole number of at least 1; `double`: a number; `boolean`: true or false;
/// - an enum: the constant as a [word][io.quadric.engine.Words], such as `leaky-relu`;
/// - a [Window][io.quadric.linalg.Window]: the members `kernel` [height, width], `stride` and `padding`, each a number
///   or [down, across]; `stride` may be left out and is then 1, `padding` 0;
/// - a list: an array of layers.
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
        try {
            Shape input = input(part.member("input"));
            return new Network(input, LayerJson.read(part.member("layers")));
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

    /// {@return the description of a network}
    ///
    /// @param network made of layers of the types above
    /// @throws InputException if a layer has no description
    public static ObjectNode write(Network network) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        write(network.input(), node.putObject("input"));
        LayerJson.write(network.layers(), node.putArray("layers"));
        return node;
    }

    private static void write(Shape input, ObjectNode node) {
        switch (input) {
            case Shape.Features f -> node.put("vector", f.size());
            case Shape.Image i -> node.putArray("image").add(i.channels()).add(i.height()).add(i.width());
            case Shape.Sequence s -> node.putArray("sequence").add(s.length()).add(s.features());
        }
    }
}
