package io.quadric.nn;

import io.quadric.linalg.Precision;
import io.quadric.nn.ParameterLayout.LayerSlices;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A chain of layers and the layout of their parameters. It owns no numbers.
public final class Network {
    private final Shape input;
    private final List<Layer> layers;
    private final List<Shape> shapes = new ArrayList<>();
    private final List<LayerSlices> slices = new ArrayList<>();
    private final ParameterLayout layout;

    /// Chains the layers.
    ///
    /// @param input the shape of one case
    /// @param layers from input to output
    /// @throws IllegalArgumentException if there is no layer, or one cannot take the output of the one before it
    public Network(Shape input, List<Layer> layers) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one layer");
        }
        this.input = input;
        this.layers = List.copyOf(layers);
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        Shape shape = input;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            shapes.add(shape);
            Shape next = output(i, layer, shape);
            slices.add(builder.append(Integer.toString(i), layer.parameters(shape), layer.blocks(shape)));
            shape = next;
        }
        shapes.add(shape);
        layout = builder.build();
    }

    private static Shape output(int i, Layer layer, Shape input) {
        try {
            return layer.output(input);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("layer " + i + ": " + e.getMessage(), e);
        }
    }

    /// {@return the shape of one case before the first layer}
    public Shape input() {
        return input;
    }

    /// {@return the shape of one case behind the last layer}
    public Shape output() {
        return shapes.getLast();
    }

    /// {@return the layers in order}
    public List<Layer> layers() {
        return layers;
    }

    /// {@return the shape of one case before layer `i`}; behind the last one for `i` = number of layers.
    ///
    /// @param i the layer, from 0
    public Shape shape(int i) {
        return shapes.get(i);
    }

    /// {@return names and places of the parameters}
    public ParameterLayout layout() {
        return layout;
    }

    /// {@return the parameters of layer `i`}
    ///
    /// @param i the layer, from 0
    public List<ParameterSlice> slices(int i) {
        return slices.get(i).slices();
    }

    /// {@return the blocks of layer `i`}
    ///
    /// @param i the layer, from 0
    public List<AffineBlock> blocks(int i) {
        return slices.get(i).blocks();
    }

    /// {@return the first layer on whose outputs parameters have an influence}; where there is none, the last one.
    int firstParametric() {
        int first = 0;
        while (first < layers.size() - 1 && slices(first).isEmpty()) {
            first++;
        }
        return first;
    }

    /// {@return how many numbers of a batch's [NormalizationStatistics] layer `i` has}
    ///
    /// @param i the layer, from 0
    int statisticsSize(int i) {
        return layers.get(i).statisticsSize(shapes.get(i));
    }

    /// {@return whether some layer normalises by statistics of the batch}, so that outputs depend on all its cases
    public boolean hasStatistics() {
        return statisticsSize() > 0;
    }

    int statisticsSize() {
        int size = 0;
        for (int i = 0; i < layers.size(); i++) {
            size += statisticsSize(i);
        }
        return size;
    }

    /// {@return fresh parameters}
    ///
    /// @param initializer draws the values
    /// @param precision the element type
    /// @param random the source of the draws
    public Parameters initialize(Initializer initializer, Precision precision, RandomGenerator random) {
        Parameters parameters = Parameters.zeros(layout, precision);
        parameters.update(values -> layout.slices()
                .forEach(slice -> initializer.initialize(slice.spec(), slice.matrixOf(values), random)));
        return parameters;
    }

    @Override
    public String toString() {
        return "Network[" + input + ", " + layers + "]";
    }
}
