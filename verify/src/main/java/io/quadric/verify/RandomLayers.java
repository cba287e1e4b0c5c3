package io.quadric.verify;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Window;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.AveragePoolingLayer;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.GlobalAveragePoolingLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.MaxPoolingLayer;
import io.quadric.nn.layer.PadChannelsLayer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws the layers of image networks, normalisation and residual blocks.
final class RandomLayers {
    private static final int MOST_CHANNELS = 3;
    private static final int LARGEST_IMAGE = 6;

    private RandomLayers() {}

    static Activation activation(RandomGenerator random) {
        ElementaryFunction[] all = ElementaryFunction.values();
        return new Activation(all[random.nextInt(all.length)]);
    }

    static Shape.Image image(RandomGenerator random) {
        return new Shape.Image(
                random.nextInt(1, MOST_CHANNELS + 1),
                random.nextInt(2, LARGEST_IMAGE + 1),
                random.nextInt(2, LARGEST_IMAGE + 1));
    }

    /// Layers from an image to features.
    static List<Layer> fromImage(Shape.Image input, RandomGenerator random) {
        List<Layer> layers = new ArrayList<>();
        Shape.Image image = input;
        int count = random.nextInt(1, 5);
        for (int i = 0; i < count; i++) {
            Layer layer = onImage(image, random);
            layers.add(layer);
            image = (Shape.Image) layer.output(image);
        }
        layers.add(random.nextBoolean() ? new FlattenLayer() : new GlobalAveragePoolingLayer());
        return layers;
    }

    private static Layer onImage(Shape.Image image, RandomGenerator random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 ->
                new ConvolutionLayer(
                        random.nextInt(1, MOST_CHANNELS + 1), window(image, 3, random), random.nextInt(3) > 0);
            case 3, 4 -> activation(random);
            case 5 -> new MaxPoolingLayer(window(image, 1, random));
            case 6 -> new AveragePoolingLayer(window(image, 2, random));
            case 7 -> normalization(random);
            case 8 -> new PadChannelsLayer(image.channels() + random.nextInt(2));
            default -> residual(image, random);
        };
    }

    /// A window with strides up to 2 and a padding below `padding` that fits.
    private static Window window(Shape.Image image, int padding, RandomGenerator random) {
        int height = random.nextInt(1, Math.min(3, image.height()) + 1);
        int width = random.nextInt(1, Math.min(3, image.width()) + 1);
        return new Window(
                height,
                width,
                random.nextInt(1, 3),
                random.nextInt(1, 3),
                random.nextInt(Math.min(padding, height)),
                random.nextInt(Math.min(padding, width)));
    }

    /// With an ε that keeps a batch of nearly equal values from being blown up.
    static BatchNormalizationLayer normalization(RandomGenerator random) {
        return new BatchNormalizationLayer(random.nextDouble(0.1, 1));
    }

    /// Identity, option B with the stride of its body, or option A.
    private static ResidualLayer residual(Shape.Image image, RandomGenerator random) {
        int stride = random.nextInt(1, 3);
        int channels = random.nextInt(image.channels(), Math.max(image.channels(), MOST_CHANNELS + 1) + 1);
        List<Layer> body = new ArrayList<>();
        boolean same = random.nextInt(3) == 0;
        int across = image.height() > 2 && image.width() > 2 ? 3 : 1;
        Window window = new Window(across, across, same ? 1 : stride, across / 2);
        body.add(new ConvolutionLayer(same ? image.channels() : channels, window, random.nextBoolean()));
        if (random.nextBoolean()) {
            body.add(normalization(random));
        }
        body.add(activation(random));
        if (same) {
            return new ResidualLayer(body, List.of());
        }
        Window one = new Window(1, 1, stride, 0);
        return new ResidualLayer(
                body,
                random.nextBoolean()
                        ? List.of(new ConvolutionLayer(channels, one, random.nextBoolean()))
                        : List.of(new AveragePoolingLayer(one), new PadChannelsLayer(channels)));
    }

    /// A block between features.
    static ResidualLayer residual(int features, RandomGenerator random) {
        List<Layer> body = List.of(
                new DenseLayer(random.nextInt(1, 4), random.nextBoolean()),
                activation(random),
                new DenseLayer(features, random.nextBoolean()));
        return new ResidualLayer(body, random.nextBoolean() ? List.of() : List.of(new DenseLayer(features, true)));
    }
}
