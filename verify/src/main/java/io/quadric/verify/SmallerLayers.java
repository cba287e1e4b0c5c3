package io.quadric.verify;

import io.quadric.linalg.Window;
import io.quadric.nn.Registries;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerKind;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.registry.RecordType.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a registered layer or a shape could become to be smaller, boldest first.
final class SmallerLayers {
    private static final Window PLAIN = new Window(1, 1, 1, 0);

    private SmallerLayers() {}

    /// {@return lists of layers that may take the place of one}: the lists of layers inside it, and the layer with one
    /// argument made smaller
    static List<List<Layer>> of(Layer layer) {
        List<List<Layer>> lists = new ArrayList<>(layer.paths());
        for (LayerKind kind : Registries.LAYERS.all()) {
            if (kind.type().type().isInstance(layer)) {
                kind.type().fields().forEach(field -> add(kind, layer, field, lists));
            }
        }
        return lists;
    }

    private static void add(LayerKind kind, Layer layer, Field changed, List<List<Layer>> lists) {
        values(changed.of(layer)).forEach(value -> {
            try {
                lists.add(List.of(
                        kind.type().create(field -> field.name().equals(changed.name()) ? value : field.of(layer))));
            } catch (IllegalArgumentException e) {
                // the layer refuses this value
            }
        });
    }

    private static Stream<?> values(Object value) {
        return switch (value) {
            case Integer size -> sizes(size);
            case Boolean flag -> flag ? Stream.of(false) : Stream.empty();
            case Enum<?> choice -> Stream.of(choice.getDeclaringClass().getEnumConstants()[0])
                    .filter(first -> first != choice);
            case Window window -> Stream.of(PLAIN).filter(plain -> !plain.equals(window));
            case List<?> layers -> IntStream.range(0, layers.size()).mapToObj(i -> {
                List<Object> fewer = new ArrayList<>(layers);
                fewer.remove(i);
                return fewer;
            });
            default -> Stream.empty();
        };
    }

    /// 1, the half, one less.
    private static Stream<Integer> sizes(int size) {
        return IntStream.of(1, size / 2, size - 1)
                .filter(n -> n >= 1 && n < size)
                .distinct()
                .boxed();
    }

    /// {@return smaller inputs of the same kind}
    static List<Shape> shapes(Shape shape) {
        return switch (shape) {
            case Shape.Features(int size) -> shapes(sizes(size).map(Shape.Features::new));
            case Shape.Sequence(int length, int features) ->
                shapes(Stream.concat(
                        sizes(length).map(n -> new Shape.Sequence(n, features)),
                        sizes(features).map(n -> new Shape.Sequence(length, n))));
            case Shape.Image(int channels, int height, int width) ->
                shapes(Stream.of(
                        sizes(channels).map(n -> new Shape.Image(n, height, width)),
                        sizes(height).map(n -> new Shape.Image(channels, n, width)),
                        sizes(width).map(n -> new Shape.Image(channels, height, n)))
                        .flatMap(s -> s));
        };
    }

    private static List<Shape> shapes(Stream<? extends Shape> shapes) {
        return shapes.map(Shape.class::cast).toList();
    }
}
