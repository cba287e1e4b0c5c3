package io.quadric.verify;

import io.quadric.linalg.Window;
import io.quadric.nn.Registries;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerKind;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.registry.RecordType.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Draws registered layers that take a given input. The arguments are drawn by their types; what the layer refuses is
/// drawn again.
final class RandomLayers {
    private static final int LARGEST = 6;
    private static final int MOST_CHANNELS = 3;
    private static final int LONGEST_PATH = 3;
    private static final int TRIES = 1000;
    private static final int TRIES_FOR_A_PATH = 30;

    private final RandomGenerator random;

    RandomLayers(RandomGenerator random) {
        this.random = random;
    }

    /// {@return an input of any kind}
    Shape input() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new Shape.Features(size(LARGEST));
            case 3, 4, 5 -> new Shape.Sequence(size(LARGEST), size(LARGEST));
            default -> new Shape.Image(size(MOST_CHANNELS), 1 + size(LARGEST - 1), 1 + size(LARGEST - 1));
        };
    }

    private int size(int largest) {
        return random.nextInt(1, largest + 1);
    }

    /// {@return a layer of any kind that takes such an input}; one with affine maps three times as likely as another
    Layer on(Shape input) {
        return on(input, Registries.LAYERS.all());
    }

    private Layer on(Shape input, List<LayerKind> kinds) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Layer> layer = of(kinds.get(random.nextInt(kinds.size())), input);
            if (layer.isPresent() && (!layer.get().blocks(input).isEmpty() || random.nextInt(3) == 0)) {
                return layer.get();
            }
        }
        throw new IllegalStateException("no layer takes " + input);
    }

    /// {@return a layer of some kind, unless this try gave one that does not take such an input}
    Optional<Layer> of(LayerKind kind, Shape input) {
        try {
            Paths paths = new Paths(input);
            Layer layer = kind.type().create(field -> value(field, input, paths));
            layer.output(input);
            return Optional.of(layer);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Numbers from 0.1 on, for an ε that keeps a batch of nearly equal values from being blown up.
    private Object value(Field field, Shape input, Paths paths) {
        Class<?> type = field.type();
        if (type == int.class) {
            return size(input instanceof Shape.Image ? MOST_CHANNELS : LARGEST);
        } else if (type == boolean.class) {
            return random.nextInt(3) > 0;
        } else if (type == double.class) {
            return random.nextDouble(0.1, 1);
        } else if (type.isEnum()) {
            Object[] constants = type.getEnumConstants();
            return constants[random.nextInt(constants.length)];
        } else if (type == Window.class) {
            return window(input);
        } else if (type == List.class) {
            return paths.next();
        }
        throw new IllegalStateException(
                "the argument " + field.name() + " is a " + type.getName() + ", of which no values can be drawn");
    }

    /// A window with strides up to 2 that fits into an image.
    private Window window(Shape input) {
        if (!(input instanceof Shape.Image image)) {
            throw new IllegalArgumentException("only images have windows");
        }
        int height = size(Math.min(3, image.height()));
        int width = size(Math.min(3, image.width()));
        return new Window(height, width, size(2), size(2), random.nextInt(height), random.nextInt(width));
    }

    /// The lists of layers inside a layer. The second one and those after it end where the first one does, the shorter
    /// the better.
    private final class Paths {
        private final Shape input;
        private final List<LayerKind> kinds;
        private Optional<Shape> end = Optional.empty();

        Paths(Shape input) {
            this.input = input;
            kinds = Registries.LAYERS.all().stream()
                    .filter(kind -> kind.type().fields().stream().noneMatch(field -> field.type() == List.class))
                    .toList();
        }

        List<Layer> next() {
            if (end.isEmpty()) {
                List<Layer> first = path(size(LONGEST_PATH));
                end = Optional.of(after(first));
                return first;
            }
            List<Layer> path = List.of();
            for (int i = 0; i < TRIES_FOR_A_PATH && !after(path).equals(end.get()); i++) {
                path = path(size(2));
            }
            return path;
        }

        private List<Layer> path(int count) {
            List<Layer> path = new ArrayList<>();
            Shape shape = input;
            for (int i = 0; i < count; i++) {
                Layer layer = on(shape, kinds);
                path.add(layer);
                shape = layer.output(shape);
            }
            return path;
        }

        private Shape after(List<Layer> path) {
            Shape shape = input;
            for (Layer layer : path) {
                shape = layer.output(shape);
            }
            return shape;
        }
    }
}
