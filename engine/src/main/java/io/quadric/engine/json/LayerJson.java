package io.quadric.engine.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.Words;
import io.quadric.linalg.Window;
import io.quadric.nn.Registries;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerKind;
import io.quadric.nn.registry.RecordType.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Registered layers as JSON: `type` is the name, the other members are the components of the record.
final class LayerJson {
    private LayerJson() {}

    static List<Layer> read(JsonPart array) {
        return array.elements().stream().map(LayerJson::layer).toList();
    }

    private static Layer layer(JsonPart part) {
        if (!part.node().isObject()) {
            throw part.unexpected("an object");
        }
        String type = part.member("type").text();
        LayerKind kind = Registries.LAYERS.find(type)
                .orElseThrow(() -> new InputException("unknown layer type '" + type + "' " + part.place() + ", "
                        + Registries.LAYERS.expected(type)));
        part.object(Stream.concat(Stream.of("type"), kind.type().fields().stream().flatMap(LayerJson::members))
                .toArray(String[]::new));
        try {
            return kind.type().create(field -> value(field, part));
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage() + " " + part.place());
        }
    }

    private static Stream<String> members(Field field) {
        return field.type() == Window.class ? WindowJson.MEMBERS.stream() : Stream.of(field.name());
    }

    private static Object value(Field field, JsonPart layer) {
        if (field.type() == Window.class) {
            return WindowJson.read(layer);
        }
        return layer.optional(field.name())
                .map(part -> value(field.type(), part))
                .orElseGet(() -> field.otherwise().isEmpty()
                        ? value(field.type(), layer.member(field.name()))
                        : otherwise(field));
    }

    private static Object value(Class<?> type, JsonPart part) {
        if (type == int.class) {
            return part.size();
        } else if (type == double.class) {
            return part.number();
        } else if (type == boolean.class) {
            return part.flag();
        } else if (type == List.class) {
            return read(part);
        } else if (type.isEnum()) {
            return part.word(type);
        }
        throw unknown(type);
    }

    /// The default as the text of a JSON value, or a word.
    private static Object otherwise(Field field) {
        String text = field.type().isEnum() ? '"' + field.otherwise() + '"' : field.otherwise();
        return value(field.type(), JsonPart.document(ModelJson.document(text)));
    }

    private static IllegalStateException unknown(Class<?> type) {
        return new IllegalStateException("a layer has an argument of " + type
                + ", expected int, double, boolean, an enum, a Window or a list of layers");
    }

    static void write(List<Layer> layers, ArrayNode array) {
        layers.forEach(layer -> write(layer, array.addObject()));
    }

    private static void write(Layer layer, ObjectNode node) {
        LayerKind kind = Registries.LAYERS.all().stream()
                .filter(one -> one.type().type().isInstance(layer))
                .findFirst()
                .orElseThrow(() -> new InputException("the layer " + layer + " has no description in JSON"));
        node.put("type", kind.name());
        for (Field field : kind.type().fields()) {
            write(field.name(), field.of(layer), node);
        }
    }

    private static void write(String name, Object value, ObjectNode node) {
        switch (value) {
            case Integer number -> node.put(name, number);
            case Double number -> node.put(name, number);
            case Boolean flag -> node.put(name, flag);
            case Enum<?> constant -> node.put(name, Words.of(constant));
            case Window window -> WindowJson.write(window, node);
            case List<?> layers -> {
                List<Layer> inner = new ArrayList<>();
                layers.forEach(layer -> inner.add((Layer) layer));
                write(inner, node.putArray(name));
            }
            default -> throw unknown(value.getClass());
        }
    }
}
