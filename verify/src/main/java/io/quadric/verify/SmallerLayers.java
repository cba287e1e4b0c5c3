package io.quadric.verify;

import io.quadric.linalg.Window;
import io.quadric.nn.layer.AveragePoolingLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.MaxPoolingLayer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a layer or a shape could become to be smaller, boldest first.
final class SmallerLayers {
    private static final Window PLAIN = new Window(1, 1, 1, 0);

    private SmallerLayers() {}

    /// {@return lists of layers that may stand in the place of one}
    static List<List<Layer>> of(Layer layer) {
        return switch (layer) {
            case DenseLayer d ->
                lists(Stream.concat(
                        sizes(d.units()).map(units -> new DenseLayer(units, d.bias())),
                        d.bias() ? Stream.of(new DenseLayer(d.units(), false)) : Stream.empty()));
            case ConvolutionLayer c ->
                lists(Stream.concat(
                        sizes(c.channels()).map(channels -> new ConvolutionLayer(channels, c.window(), c.bias())),
                        smaller(c)));
            case RecurrentLayer r ->
                lists(sizes(r.units())
                        .map(units -> new RecurrentLayer(units, r.function(), r.bias(), r.output(), r.memory())));
            case LstmLayer l -> lists(smaller(l));
            case MaxPoolingLayer p when !p.window().equals(PLAIN) -> List.of(List.of(new MaxPoolingLayer(PLAIN)));
            case AveragePoolingLayer p when !p.window().equals(PLAIN) ->
                List.of(List.of(new AveragePoolingLayer(PLAIN)));
            case ResidualLayer r -> ofBlock(r);
            default -> List.of();
        };
    }

    private static List<List<Layer>> lists(Stream<? extends Layer> layers) {
        List<List<Layer>> lists = new ArrayList<>();
        layers.forEach(layer -> lists.add(List.of(layer)));
        return lists;
    }

    private static Stream<Layer> smaller(ConvolutionLayer c) {
        return Stream.of(
                new ConvolutionLayer(c.channels(), PLAIN, c.bias()),
                new ConvolutionLayer(c.channels(), c.window(), false))
                .filter(other -> !other.equals(c))
                .map(Layer.class::cast);
    }

    private static Stream<Layer> smaller(LstmLayer l) {
        Stream<Layer> fewer = sizes(l.units()).map(
                units -> new LstmLayer(units, l.peepholes(), l.output(), l.memory()));
        Layer plain = new LstmLayer(l.units(), false, SequenceOutput.LAST, StateMemory.ALL_STEPS);
        return Stream.concat(fewer, Stream.of(plain).filter(other -> !other.equals(l)));
    }

    /// The body alone, the shortcut alone, or a block around a smaller body.
    private static List<List<Layer>> ofBlock(ResidualLayer block) {
        List<List<Layer>> lists = new ArrayList<>();
        lists.add(block.body());
        lists.add(block.shortcut());
        for (int i = 0; i < block.body().size(); i++) {
            List<Layer> body = new ArrayList<>(block.body());
            body.remove(i);
            if (!body.isEmpty()) {
                lists.add(List.of(new ResidualLayer(body, block.shortcut())));
            }
        }
        return lists;
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
