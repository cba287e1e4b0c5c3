package io.quadric.engine.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.linalg.Window;
import io.quadric.nn.layer.AveragePoolingLayer;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.GlobalAveragePoolingLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.MaxPoolingLayer;
import io.quadric.nn.layer.PadChannelsLayer;
import java.util.List;
import java.util.Optional;

/// The layers of image networks as JSON, see [NetworkJson].
final class ImageLayerJson {
    static final List<String> TYPES = List.of(
            "conv2d", "max-pool2d", "avg-pool2d", "global-avg-pool2d", "flatten", "pad-channels", "batch-norm");

    private static final double EPSILON = 1e-5;

    private ImageLayerJson() {}

    /// The layer, if this is one of the types.
    static Optional<Layer> read(String type, JsonPart part) {
        try {
            return Optional.ofNullable(layer(type, part));
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage() + " " + part.place());
        }
    }

    private static Layer layer(String type, JsonPart part) {
        return switch (type) {
            case "conv2d" -> convolution(part.object("type", "channels", "kernel", "stride", "padding", "bias"));
            case "max-pool2d" -> new MaxPoolingLayer(window(part.object("type", "kernel", "stride", "padding")));
            case "avg-pool2d" -> new AveragePoolingLayer(window(part.object("type", "kernel", "stride", "padding")));
            case "global-avg-pool2d" -> {
                part.object("type");
                yield new GlobalAveragePoolingLayer();
            }
            case "flatten" -> {
                part.object("type");
                yield new FlattenLayer();
            }
            case "pad-channels" ->
                new PadChannelsLayer(part.object("type", "channels").member("channels").size());
            case "batch-norm" -> new BatchNormalizationLayer(part.object("type", "epsilon")
                    .optional("epsilon")
                    .map(JsonPart::number)
                    .orElse(EPSILON));
            default -> null;
        };
    }

    private static ConvolutionLayer convolution(JsonPart part) {
        boolean bias = part.optional("bias").map(JsonPart::flag).orElse(true);
        return new ConvolutionLayer(part.member("channels").size(), window(part), bias);
    }

    private static Window window(JsonPart part) {
        int[] kernel = part.member("kernel").sizes(2);
        int[] stride = part.optional("stride").map(p -> pair(p, 1)).orElse(new int[]{1, 1});
        int[] padding = part.optional("padding").map(p -> pair(p, 0)).orElse(new int[]{0, 0});
        return new Window(kernel[0], kernel[1], stride[0], stride[1], padding[0], padding[1]);
    }

    /// A number for both directions, or [down, across].
    private static int[] pair(JsonPart part, int least) {
        if (!part.node().isArray()) {
            int both = whole(part, least);
            return new int[]{both, both};
        }
        List<JsonPart> two = part.elements();
        if (two.size() != 2) {
            throw part.unexpected("a whole number or an array of 2");
        }
        return new int[]{whole(two.get(0), least), whole(two.get(1), least)};
    }

    private static int whole(JsonPart part, int least) {
        if (!part.node().isIntegralNumber() || !part.node().canConvertToInt() || part.node().intValue() < least) {
            throw part.unexpected("a whole number of at least " + least);
        }
        return part.node().intValue();
    }

    static void write(Layer layer, ObjectNode node) {
        switch (layer) {
            case ConvolutionLayer convolution -> {
                write("conv2d", convolution.window(), node);
                node.put("channels", convolution.channels()).put("bias", convolution.bias());
            }
            case MaxPoolingLayer pooling -> write("max-pool2d", pooling.window(), node);
            case AveragePoolingLayer pooling -> write("avg-pool2d", pooling.window(), node);
            case GlobalAveragePoolingLayer pooling -> node.put("type", "global-avg-pool2d");
            case FlattenLayer flatten -> node.put("type", "flatten");
            case PadChannelsLayer pad -> node.put("type", "pad-channels").put("channels", pad.channels());
            case BatchNormalizationLayer normalization ->
                node.put("type", "batch-norm").put("epsilon", normalization.epsilon());
            default -> throw new InputException("the layer " + layer + " has no description in JSON");
        }
    }

    private static void write(String type, Window window, ObjectNode node) {
        node.put("type", type);
        node.putArray("kernel").add(window.height()).add(window.width());
        node.putArray("stride").add(window.strideDown()).add(window.strideAcross());
        node.putArray("padding").add(window.padDown()).add(window.padAcross());
    }
}
