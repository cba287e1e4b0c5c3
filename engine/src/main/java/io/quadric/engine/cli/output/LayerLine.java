package io.quadric.engine.cli.output;

import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.MultiplyAdds;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;

/// A layer of a description. A layer made of layers comes before those inside it.
///
/// @param name its place, such as `0` or `0.body.2`
/// @param layer the layer
/// @param input the shape of one case before it
/// @param inside whether it is inside another layer
public record LayerLine(String name, Layer layer, Shape input, boolean inside) {
    /// All layers of a chain, and those inside them.
    public static List<LayerLine> of(Shape input, List<Layer> layers) {
        List<LayerLine> lines = new ArrayList<>();
        append("", input, layers, lines);
        return lines;
    }

    private static void append(String prefix, Shape input, List<Layer> layers, List<LayerLine> lines) {
        Shape shape = input;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            String name = prefix + i;
            lines.add(new LayerLine(name, layer, shape, !prefix.isEmpty()));
            List<List<Layer>> paths = layer.paths();
            for (int k = 0; k < paths.size(); k++) {
                append(name + '.' + pathName(layer, k) + '.', shape, paths.get(k), lines);
            }
            shape = layer.output(shape);
        }
    }

    /// As the names of its parameters begin; the number of the path in a layer of one's own.
    private static String pathName(Layer layer, int k) {
        return layer instanceof ResidualLayer ? List.of("body", "shortcut").get(k) : Integer.toString(k);
    }

    public Shape output() {
        return layer.output(input);
    }

    public boolean isMadeOfLayers() {
        return !layer.paths().isEmpty();
    }

    /// What it is, without what is inside it.
    public String text() {
        String kind = isMadeOfLayers() ? layer.getClass().getSimpleName() : layer.toString();
        return name + " " + kind;
    }

    public long parameters() {
        return layer.parameters(input).stream().mapToLong(ParameterSpec::size).sum();
    }

    public double multiplyAdds() {
        MultiplyAdds count = layer.multiplyAdds(input);
        return count.ofInputs() + count.others();
    }
}
