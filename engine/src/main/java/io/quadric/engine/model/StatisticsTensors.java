package io.quadric.engine.model;

import io.quadric.engine.InputException;
import io.quadric.engine.array.NdArray;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Network;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The statistics of a network's normalising layers as tensors: `<layer>.mean` and `<layer>.variance`, with the name of
/// the layer as for its parameters, or `<layer>.statistics` for layers of other kinds.
final class StatisticsTensors {
    private StatisticsTensors() {}

    /// A tensor and how many numbers it has.
    private record Part(String name, int size) {}

    private static List<Part> parts(Network network) {
        List<Part> parts = new ArrayList<>();
        collect("", network.layers(), network.input(), parts);
        return parts;
    }

    private static void collect(String prefix, List<Layer> layers, Shape input, List<Part> parts) {
        Shape shape = input;
        for (int i = 0; i < layers.size(); i++) {
            collect(prefix + i + ".", layers.get(i), shape, parts);
            shape = layers.get(i).output(shape);
        }
    }

    private static void collect(String name, Layer layer, Shape input, List<Part> parts) {
        int size = layer.statisticsSize(input);
        if (layer instanceof ResidualLayer residual) {
            collect(name + "body.", residual.body(), input, parts);
            collect(name + "shortcut.", residual.shortcut(), input, parts);
        } else if (layer instanceof BatchNormalizationLayer) {
            parts.add(new Part(name + "mean", size / 2));
            parts.add(new Part(name + "variance", size / 2));
        } else if (size > 0) {
            parts.add(new Part(name + "statistics", size));
        }
    }

    static Map<String, NdArray> write(Network network, Vector statistics) {
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        int from = 0;
        for (Part part : parts(network)) {
            tensors.put(part.name(), NdArray.of(statistics.slice(from, from + part.size()), part.size()));
            from += part.size();
        }
        return tensors;
    }

    static Vector read(Network network, Map<String, NdArray> tensors) {
        List<Part> parts = parts(network);
        Vector statistics = Vector.zeros(Precision.FLOAT64, parts.stream().mapToInt(Part::size).sum());
        int from = 0;
        for (Part part : parts) {
            NdArray tensor = tensors.get(part.name());
            if (tensor == null || tensor.size() != part.size()) {
                throw new InputException("tensor '" + part.name() + "' is " + (tensor == null ? "missing" : tensor)
                        + ", expected " + part.size() + " numbers");
            }
            statistics.slice(from, from + part.size()).copyFrom(tensor.toVector(Precision.FLOAT64));
            from += part.size();
        }
        return statistics;
    }

    static List<String> names(Network network) {
        return parts(network).stream().map(Part::name).toList();
    }
}
